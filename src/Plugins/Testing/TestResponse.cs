using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Modular.Testing;

/// <summary>An answer, read to its end.</summary>
public sealed class TestResponse
{
    readonly byte[] _body;

    internal TestResponse(HttpResponseMessage message, byte[] body, Uri target, IReadOnlyList<TestResponse> history)
    {
        (Status, _body, History, Path) = ((int)message.StatusCode, body, history, target.PathAndQuery);
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
    internal bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308 && Location is not null;

    /// <summary>Path and query that were answered; after redirects the last ones.</summary>
    public string Path { get; }

    /// <summary>The redirects that led here, first one first.</summary>
    public IReadOnlyList<TestResponse> History { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Headers.ContentType} {Text}";
}
