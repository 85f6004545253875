using System.Text;

namespace Modular.Testing;

/// <summary>A file of a multipart form.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="FileName">As the browser tells it.</param>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">Default <c>application/octet-stream</c>.</param>
public sealed record TestFile(string Name, string FileName, ReadOnlyMemory<byte> Content, string? ContentType = null)
{
    /// <summary>A file of text, as UTF-8.</summary>
    public TestFile(string name, string fileName, string text, string? contentType = "text/plain") : this(name, fileName, Encoding.UTF8.GetBytes(text), contentType)
    {
    }

    // Written by hand: HttpClient leaves out the quotes, and encodes names as mails do.
    internal HttpContent ToPart() => Part(Content, $"form-data; name=\"{Quoted(Name)}\"; filename=\"{Quoted(FileName)}\"", ContentType ?? "application/octet-stream");

    internal static HttpContent Field(string name, string value) => Part(Encoding.UTF8.GetBytes(value), $"form-data; name=\"{Quoted(name)}\"", null);

    static ReadOnlyMemoryContent Part(ReadOnlyMemory<byte> content, string disposition, string? type)
    {
        var part = new ReadOnlyMemoryContent(content);
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        if (type is not null) part.Headers.TryAddWithoutValidation("Content-Type", type);
        return part;
    }

    // As browsers do (WHATWG's multipart/form-data), with UTF-8 as Latin-1, which is how HttpClient writes headers.
    static string Quoted(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(
        text.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal)));
}
