using System.Text;

namespace Modular.Testing;

/// <summary>A file of a multipart form.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="FileName">The file name that the client sends.</param>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">The type. Default <c>application/octet-stream</c>.</param>
public sealed record TestFile(string Name, string FileName, ReadOnlyMemory<byte> Content, string? ContentType = null)
{
    /// <summary>Creates a text file in UTF-8.</summary>
    public TestFile(string name, string fileName, string text, string? contentType = "text/plain")
        : this(name, fileName, Encoding.UTF8.GetBytes(text), contentType)
    {
    }

    // Formatted here, because HttpClient omits the quotes and encodes names as in email.
    internal HttpContent ToPart() =>
        Part(Content, $"form-data; name=\"{Quoted(Name)}\"; filename=\"{Quoted(FileName)}\"", ContentType ?? "application/octet-stream");

    internal static HttpContent Field(string name, string value) =>
        Part(Encoding.UTF8.GetBytes(value), $"form-data; name=\"{Quoted(name)}\"", null);

    static ReadOnlyMemoryContent Part(ReadOnlyMemory<byte> content, string disposition, string? type)
    {
        var part = new ReadOnlyMemoryContent(content);
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        if (type is not null) part.Headers.TryAddWithoutValidation("Content-Type", type);
        return part;
    }

    // As in browsers (WHATWG's multipart/form-data). The UTF-8 bytes are decoded as Latin-1, because HttpClient writes headers in Latin-1.
    static string Quoted(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(
        text.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal)));
}
