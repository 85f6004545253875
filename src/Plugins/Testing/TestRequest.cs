using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Modular.Testing;

/// <summary>The headers and the body of a request. At most one body can be set.</summary>
public sealed record TestRequest
{
    /// <summary>Headers by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Query fields, added to those of the path.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>Form fields: urlencoded, or multipart together with <see cref="Files"/>.</summary>
    public IReadOnlyList<(string Name, string Value)>? Form { get; init; }

    /// <summary>Files of a multipart form, after the fields of <see cref="Form"/>.</summary>
    public IReadOnlyList<TestFile>? Files { get; init; }

    /// <summary>The text of a JSON body. <see cref="WithJson{T}"/> creates it from an object.</summary>
    public string? Json { get; init; }

    /// <summary>The raw bytes of a body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The type of <see cref="Body"/>. Default <c>application/octet-stream</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Any HttpClient content, such as a <see cref="MultipartFormDataContent"/>.</summary>
    public HttpContent? Content { get; init; }

    /// <summary>Overrides <see cref="TestClientOptions.FollowRedirects"/> for this request.</summary>
    public bool? FollowRedirects { get; init; }

    /// <summary>Overrides <see cref="TestClientOptions.KeepContext"/> for this request.</summary>
    public bool? KeepContext { get; init; }

    /// <summary>A JSON body from an object.</summary>
    /// <param name="value">The object.</param>
    public static TestRequest WithJson<T>(T value) => new() { Json = JsonSerializer.Serialize(value, JsonSerializerOptions.Web) };

    internal HttpContent? MakeContent()
    {
        if (Content is not null) return Content;
        if (Files is not null) return Multipart(Files);
        if (Form is not null) return new FormUrlEncodedContent(Form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        if (Json is not null) return Typed(Encoding.UTF8.GetBytes(Json), "application/json");
        return Body is { } bytes ? Typed(bytes, ContentType ?? "application/octet-stream") : null;
    }

    MultipartFormDataContent Multipart(IReadOnlyList<TestFile> files)
    {
        var content = new MultipartFormDataContent();
        // The base class's Add, which doesn't add a Content-Disposition.
        var parts = (MultipartContent)content;
        foreach (var (name, value) in Form ?? []) parts.Add(TestFile.Field(name, value));
        foreach (var file in files) parts.Add(file.ToPart());
        return content;
    }

    static ReadOnlyMemoryContent Typed(ReadOnlyMemory<byte> bytes, string type)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        if (!MediaTypeHeaderValue.TryParse(type, out var parsed)) content.Headers.TryAddWithoutValidation("Content-Type", type);
        else content.Headers.ContentType = parsed;
        return content;
    }
}
