using System.Text;
using System.Text.Json;

namespace Modular.Tests.Scenarios;

/// <summary>The request of one exchange.</summary>
sealed class ScenarioRequest(JsonElement request)
{
    internal string Method { get; } = request.GetProperty("method").GetString()!;

    internal string Path { get; } = request.GetProperty("path").GetString()!;

    internal string? BaseUrl { get; } = Text(request, "base_url");

    internal bool HasFile => Field("data") is { ValueKind: JsonValueKind.Object } data
        && data.EnumerateObject().Any(entry => entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString() == "<file>");

    /// <summary>True for a path that clients in memory cannot send.</summary>
    internal bool HasNul => Path.Contains("%00", StringComparison.Ordinal);

    /// <summary>What tells it from the others, such as <c>GET /a {"Range": "bytes=0-3"}</c>.</summary>
    internal string Key => string.Join(' ', new[] { Method, Path, Raw("headers"), BaseUrl, Raw("data"), Text(request, "content_type") }
        .Where(part => !string.IsNullOrEmpty(part)));

    /// <param name="etag">What stands for the tags that every implementation makes for itself.</param>
    internal TestRequest ForClient(string etag)
    {
        var follow = Field("follow_redirects")?.GetBoolean();
        var sent = new TestRequest
        {
            Headers = [.. Headers().Select(header => (header.Name, header.Value.GetString()!.Replace("\"<etag>\"", etag)))],
            FollowRedirects = follow,
        };
        if (Field("data") is not { } data) return sent;
        if (data.TryGetProperty("$bytes", out var bytes))
            return sent with { Body = bytes.GetBytesFromBase64(), ContentType = Text(request, "content_type") };
        return sent with { Form = [.. data.EnumerateObject().Select(field => (field.Name, field.Value.GetString()!))] };
    }

    JsonElement.ObjectEnumerator Headers() => Field("headers") is { } headers ? headers.EnumerateObject() : default;

    JsonElement? Field(string name) => request.TryGetProperty(name, out var value) ? value : null;

    static string? Text(JsonElement request, string name) => request.TryGetProperty(name, out var value) ? value.GetString() : null;

    // Bytes as the text that they are in these files.
    string? Raw(string name)
    {
        if (Field(name) is not { } value) return null;
        return value.TryGetProperty("$bytes", out var bytes)
            ? Encoding.Latin1.GetString(bytes.GetBytesFromBase64())
            : $"{{{string.Join(", ", value.EnumerateObject().Select(field => $"{field.Name}: {field.Value.GetString()}"))}}}";
    }
}
