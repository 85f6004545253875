using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Testing;

/// <summary>Observes one request of a client, and keeps its context if requested.</summary>
/// <param name="keeps">True: the request doesn't end before <see cref="ReleaseAsync"/>.</param>
/// <param name="follows">True: redirects are followed, so their contexts aren't kept.</param>
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

    /// <summary>The events, in order.</summary>
    internal IReadOnlyList<object> Seen
    {
        get
        {
            lock (_gate) return [.. _seen];
        }
    }

    /// <summary>The context, while it is kept.</summary>
    internal RequestContext? Context { get; private set; }

    // The in-memory server ends a body only with its request. The body of a kept request is buffered here, so that the client doesn't wait
    // for the end.
    internal void Receive(HttpContext http)
    {
        http.Features.Set(this);
        http.Response.OnStarting(CheckHeaders, http.Response);
        if (!keeps) return;
        (_original, _body) = (http.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), new());
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_body, _original));
    }

    // Kestrel rejects such headers, but the in-memory server accepts them.
    static Task CheckHeaders(object response)
    {
        foreach (var (name, values) in ((HttpResponse)response).Headers)
            foreach (var value in values)
                if (!Ascii.IsValid(name) || !Ascii.IsValid(value)) throw new InvalidOperationException(
                    $"The header {name} has the value \"{value}\", which no server can send because headers are ASCII. " +
                    "Percent-encode it: Uri.EscapeDataString(value).");
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
        // The first flush sends the headers.
        await _original!.Writer.FlushAsync();
        _answer.TrySetResult(_body.ToArray());
        await _release.Task;
    }

    /// <summary>Reads the body of the response and takes ownership of the message.</summary>
    internal async Task<byte[]> ReadAsync(HttpResponseMessage message)
    {
        _message = message;
        var whole = message.Content.ReadAsByteArrayAsync();
        if (_body is not null && await Task.WhenAny(_answer.Task, whole) != whole) return await _answer.Task;
        var bytes = await whole;
        message.Dispose();
        // Middleware outside the application has responded, so nothing was buffered.
        return bytes.Length == 0 && _body is { Length: > 0 } ? _body.ToArray() : bytes;
    }

    /// <summary>Ends the request and waits for its teardown hooks.</summary>
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

/// <summary>Forwards the application's events to the observed request.</summary>
sealed class ClientObserver : IRequestObserver
{
    public void OnEvent(RequestContext context, object what) => Watched(context)?.See(what);

    public ValueTask OnAnswered(RequestContext context) => Watched(context)?.Answered(context) ?? default;

    static WatchedRequest? Watched(RequestContext context) => context.Http.Features.Get<WatchedRequest>();
}
