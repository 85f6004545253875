using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Modular.Testing;

/// <summary>A completely read response.</summary>
public sealed class TestResponse
{
    readonly byte[] _body;
    readonly WatchedRequest _watched;

    internal TestResponse(HttpResponseMessage message, byte[] body, Uri target, IReadOnlyList<TestResponse> history, WatchedRequest watched)
    {
        (Status, _body, History, _watched) = ((int)message.StatusCode, body, history, watched);
        (Method, Url, Path) = (message.RequestMessage!.Method.Method, target.AbsoluteUri, target.PathAndQuery);
        foreach (var (name, values) in message.Headers.NonValidated) Headers[name] = new StringValues([.. values]);
        foreach (var (name, values) in message.Content.Headers.NonValidated) Headers[name] = new StringValues([.. values]);
    }

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>All headers.</summary>
    public IHeaderDictionary Headers { get; } = new HeaderDictionary();

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Data => _body;

    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(_body);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">The body isn't valid JSON.</exception>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(_body);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The target of a redirect. Null when the response isn't a redirect.</summary>
    public string? Location => Headers.Location;

    /// <summary>True for a redirect.</summary>
    internal bool IsRedirect => Redirects(Status) && Location is not null;

    internal static bool Redirects(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The method of the request. After redirects, the last one.</summary>
    public string Method { get; }

    /// <summary>The full URL of the request. After redirects, the last one.</summary>
    public string Url { get; }

    /// <summary>
    /// The kept context of the request, if <see cref="TestRequest.KeepContext"/> or <see cref="TestClientOptions.KeepContext"/> is true.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context isn't kept, or has ended.</exception>
    public RequestContext Context => _watched.Context ?? throw new InvalidOperationException(
        $"The context of {Method} {Path} isn't kept or has ended: the client's next request ends it. " +
        $"Send the request with new() {{ KeepContext = true }}, and read the context before the next request.");

    /// <summary>Makes the kept context current until the result is disposed, so that <c>Current</c> refers to this request.</summary>
    /// <exception cref="InvalidOperationException">The context isn't kept, or has ended.</exception>
    public IDisposable EnterContext() => Context.Enter();

    /// <summary>
    /// The events of the core and plugins during this request and its redirects, in order: <c>RenderedTemplate</c> from
    /// Modular.Templating, <c>FlashedMessage</c> from Modular.Flash, and any other event of <see cref="RequestContext.Notify"/>.
    /// </summary>
    /// <typeparam name="T">The type of the event.</typeparam>
    public IReadOnlyList<T> Captured<T>() => [.. History.SelectMany(stop => stop._watched.Seen).Concat(_watched.Seen).OfType<T>()];

    /// <summary>The path and query of the request. After redirects, the last ones.</summary>
    public string Path { get; }

    /// <summary>The redirect responses before this one, in order.</summary>
    public IReadOnlyList<TestResponse> History { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Headers.ContentType} {Text}";
}
