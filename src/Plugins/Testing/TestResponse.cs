using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Modular.Testing;

/// <summary>An answer, read to its end.</summary>
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
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(_body);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Where a redirect goes; null when it is none.</summary>
    public string? Location => Headers.Location;

    /// <summary>True when it sends the client elsewhere.</summary>
    internal bool IsRedirect => Redirects(Status) && Location is not null;

    internal static bool Redirects(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The method that was answered; after redirects the last one.</summary>
    public string Method { get; }

    /// <summary>The whole URL that was answered; after redirects the last one.</summary>
    public string Url { get; }

    /// <summary>The request's context, still alive, where <see cref="TestRequest.KeepContext"/> or <see cref="TestClientOptions.KeepContext"/> says so.</summary>
    /// <exception cref="InvalidOperationException">It is not kept, or no longer.</exception>
    public RequestContext Context => _watched.Context ?? throw new InvalidOperationException(
        $"The context of {Method} {Path} is not kept, or no longer: the next request of the client ends it. Ask with new() {{ KeepContext = true }}, and look at it before the next request.");

    /// <summary>Makes the kept context current until it is disposed of, so that <c>Current</c> speaks of this request.</summary>
    /// <exception cref="InvalidOperationException">It is not kept, or no longer.</exception>
    public IDisposable EnterContext() => Context.Enter();

    /// <summary>What the core and plugins told of on the way to this answer, redirects included, first one first: <c>RenderedTemplate</c> of Modular.Templating, <c>FlashedMessage</c> of Modular.Flash, and whatever a plugin hands to <see cref="RequestContext.Notify"/>.</summary>
    /// <typeparam name="T">The type of what was told.</typeparam>
    public IReadOnlyList<T> Captured<T>() => [.. History.SelectMany(stop => stop._watched.Seen).Concat(_watched.Seen).OfType<T>()];

    /// <summary>Path and query that were answered; after redirects the last ones.</summary>
    public string Path { get; }

    /// <summary>The redirects that led here, first one first.</summary>
    public IReadOnlyList<TestResponse> History { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Headers.ContentType} {Text}";
}
