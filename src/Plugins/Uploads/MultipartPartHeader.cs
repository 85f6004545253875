using System.Text;

namespace Modular.Uploads;

/// <summary>The parsed headers of one part of a multipart form.</summary>
sealed class MultipartPartHeader
{
    // The blanks that RFC 9110 §5.6.3 allows around names and values.
    const string Blanks = " \t";

    MultipartPartHeader(IHeaderDictionary headers, IReadOnlyDictionary<string, string> disposition)
    {
        Headers = headers;
        Name = disposition.GetValueOrDefault("name", "");
        FileName = disposition.GetValueOrDefault("filename");
        var type = (string?)headers.ContentType;
        Charset = PartHeaderOptions.Charset(PartHeaderOptions.Parse(type).Options.GetValueOrDefault("charset")) ?? Encoding.UTF8;
    }

    /// <summary>All headers. The first header with a name wins.</summary>
    internal IHeaderDictionary Headers { get; }

    /// <summary>The field's name. Empty when the part has none.</summary>
    internal string Name { get; }

    /// <summary>Null when the part is a field, empty when it is an empty file input.</summary>
    internal string? FileName { get; }

    /// <summary>UTF-8, unless the part has another supported charset.</summary>
    internal Encoding Charset { get; }

    /// <summary>Parses the lines before the empty line.</summary>
    /// <returns>Null when the <c>Content-Disposition</c> is missing.</returns>
    /// <exception cref="HttpException">400: a name is longer than the limit.</exception>
    internal static MultipartPartHeader? Parse(ReadOnlySpan<byte> text, int maxName)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        while (!text.IsEmpty)
        {
            var length = LineLength(text);
            Read(Encoding.UTF8.GetString(text[..length]), headers);
            text = text[(length + MultipartDelimiter.LineBreakAt(text[length..]))..];
        }
        if (headers.ContentDisposition is not [{ } disposition, ..]) return null;
        var header = new MultipartPartHeader(headers, PartHeaderOptions.Parse(disposition).Options);
        if (header.Name.Length > maxName || header.FileName?.Length > maxName) throw new HttpException(StatusCodes.Status400BadRequest);
        return header;
    }

    static void Read(string line, IHeaderDictionary headers)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return;
        headers.TryAdd(line.AsSpan(0, colon).Trim(Blanks).ToString(), Unfold(line[(colon + 1)..]));
    }

    // A line that starts with a blank continues the previous line (RFC 5322 §2.2.3).
    static int LineLength(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var length;)
        {
            at += length;
            var next = at + MultipartDelimiter.LineBreakAt(text[at..]);
            if (at == 0 || next == text.Length || text[next] is not ((byte)' ' or (byte)'\t')) return at;
            at = next;
        }
        return text.Length;
    }

    // ReplaceLineEndings would also replace U+0085, U+2028 and U+2029 and so change a file's name.
    static string Unfold(string value) =>
        value.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').AsSpan().Trim(Blanks).ToString();
}
