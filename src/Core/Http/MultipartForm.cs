using System.Text;

namespace Modular;

/// <summary>The fields of a <c>multipart/form-data</c> body, RFC 7578, read as leniently as Werkzeug reads them.</summary>
/// <remarks>Lines may end with CR, LF or CRLF. A part with a file name is a file: read over and counted, but not kept.</remarks>
static class MultipartForm
{
    // RFC 2046 §5.1.1 allows 70. A long boundary that nearly matches everywhere would make the search slow.
    const int MaxBoundary = 256;
    const int MaxPartHeader = 16 * 1024;

    /// <summary>The fields in the order in which they were sent.</summary>
    /// <returns>No field at all when the body is malformed, as in Flask.</returns>
    /// <exception cref="HttpException">413: too many parts or too long a field. 400: a boundary or part header of an absurd length.</exception>
    internal static MultiDict Parse(ReadOnlySpan<byte> body, string? boundary, BodyLimits limits)
    {
        if (string.IsNullOrEmpty(boundary)) return FormReader.None;
        if (boundary.Length > MaxBoundary) throw new HttpException(StatusCodes.Status400BadRequest);
        var delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
        var fields = new List<KeyValuePair<string, string>>();
        var found = MultipartDelimiter.Find(body, delimiter, first: true);
        for (var parts = 1; found.Kind == DelimiterKind.Next; parts++)
        {
            if (parts > limits.MaxFormParts) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            body = body[found.End..];
            if (!MultipartPartHeader.TryRead(body, MaxPartHeader, out var header)) return FormReader.None;
            // The empty line that ends the header may also be the line break in front of the delimiter.
            body = body[header.EmptyLine..];
            found = MultipartDelimiter.Find(body, delimiter, first: false);
            if (found.Kind == DelimiterKind.None) return FormReader.None;
            if (header.IsFile) continue;
            var content = found.Start > header.LineBreak ? body[header.LineBreak..found.Start] : [];
            if (content.Length > limits.MaxFormMemorySize) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
            fields.Add(new(header.Name, header.Charset.GetString(content)));
        }
        return found.Kind == DelimiterKind.Last ? FormReader.Dict([.. fields]) : FormReader.None;
    }
}
