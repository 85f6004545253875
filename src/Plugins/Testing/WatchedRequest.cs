using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Testing;

/// <summary>Sees what happens in one request of a client, and keeps its context when asked to.</summary>
/// <param name="keeps">True: the request does not end before <see cref="ReleaseAsync"/>.</param>
/// <param name="follows">True: redirects are not the last answer, and are not kept.</param>
sealed class WatchedRequest(bool keeps, bool follows)
{
    readonly Lock _gate = new();
    readonly List<object> _seen = [];
    readonly TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    HttpResponseMessage? _message;
    IHttpResponseBodyFeature? _original;
    MemoryStream? _body;

    /// <summary>What was told, first one first.</summary>
    internal IReadOnlyList<object> Seen
    {
        get
        {
            lock (_gate) return [.. _seen];
        }
    }

    /// <summary>The context, while it is kept.</summary>
    internal RequestContext? Context { get; private set; }

    // The server in memory ends a body only together with its request. One that is kept is gathered here, so that the client need not wait for that.
    internal void Receive(HttpContext http)
    {
        http.Features.Set(this);
        http.Response.OnStarting(CheckHeaders, http.Response);
        if (!keeps) return;
        (_original, _body) = (http.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), new());
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_body, _original));
    }

    // Kestrel refuses them at once; the server in memory does not mind.
    static Task CheckHeaders(object response)
    {
        foreach (var (name, values) in ((HttpResponse)response).Headers)
            foreach (var value in values)
                if (!Ascii.IsValid(name) || !Ascii.IsValid(value)) throw new InvalidOperationException(
                    $"No server can send the header {name} with the value \"{value}\", because headers are ASCII. Write it percent-encoded, as Uri.EscapeDataString(value) does.");
        return Task.CompletedTask;
    }

    internal void See(object what)
    {
        lock (_gate) _seen.Add(what);
    }

    internal async ValueTask Answered(RequestContext context)
    {
        if (_body is null) return;
        var (http, response) = (context.Http, context.Http.Response);
        await response.BodyWriter.FlushAsync();
        if (follows && TestResponse.Redirects(response.StatusCode))
        {
            http.Features.Set(_original);
            await _original!.Stream.WriteAsync(_body.ToArray());
            return;
        }
        Context = context;
        response.OnCompleted(() =>
        {
            _ended.TrySetResult();
            return Task.CompletedTask;
        });
        // The first flush hands the headers over.
        await _original!.Writer.FlushAsync();
        _answer.TrySetResult(_body.ToArray());
        await _release.Task;
    }

    /// <summary>The body of the answer. It owns the message from here on.</summary>
    internal async Task<byte[]> ReadAsync(HttpResponseMessage message)
    {
        _message = message;
        var whole = message.Content.ReadAsByteArrayAsync();
        if (_body is not null && await Task.WhenAny(_answer.Task, whole) != whole) return await _answer.Task;
        var bytes = await whole;
        message.Dispose();
        // Something around the application has answered, and nobody was asked to keep anything.
        return bytes.Length == 0 && _body is { Length: > 0 } ? _body.ToArray() : bytes;
    }

    /// <summary>Lets the request end, and waits for its teardown hooks.</summary>
    internal async ValueTask ReleaseAsync()
    {
        var isKept = Context is not null;
        Context = null;
        _release.TrySetResult();
        if (!isKept) return;
        await _ended.Task;
        _message?.Dispose();
    }
}

/// <summary>Hands what the application's observer gets to the request that the client watches.</summary>
sealed class ClientObserver : IRequestObserver
{
    public void OnEvent(RequestContext context, object what) => Watched(context)?.See(what);

    public ValueTask OnAnswered(RequestContext context) => Watched(context)?.Answered(context) ?? default;

    static WatchedRequest? Watched(RequestContext context) => context.Http.Features.Get<WatchedRequest>();
}
