using System.Text;

namespace Modular;

/// <summary>What the header lines of one part of a multipart form say.</summary>
/// <param name="Name">The field's name; empty when there is none.</param>
/// <param name="IsFile">True when the part has a file name, also an empty one.</param>
/// <param name="Charset">UTF-8 unless the part names another one that is allowed.</param>
/// <param name="EmptyLine">Where the empty line starts that ends the header.</param>
/// <param name="LineBreak">How long that line's break is.</param>
readonly record struct MultipartPartHeader(string Name, bool IsFile, Encoding Charset, int EmptyLine, int LineBreak)
{
    /// <summary>Reads the header that the text starts with.</summary>
    /// <returns>False when it has no end or no <c>Content-Disposition</c>.</returns>
    /// <exception cref="HttpException">400: it is longer than <paramref name="max"/> bytes.</exception>
    internal static bool TryRead(ReadOnlySpan<byte> text, int max, out MultipartPartHeader header)
    {
        header = default;
        string? disposition = null, contentType = null;
        var at = 0;
        while (LineLength(text[at..]) is > 0 and var length)
        {
            at += length;
            if (at > max) throw new HttpException(StatusCodes.Status400BadRequest);
            Read(Encoding.UTF8.GetString(text[(at - length)..at]), ref disposition, ref contentType);
            at += MultipartDelimiter.LineBreakAt(text[at..]);
        }
        var lineBreak = MultipartDelimiter.LineBreakAt(text[at..]);
        if (lineBreak == 0 || disposition is null) return false;
        var options = HeaderOptions.Parse(disposition).Options;
        header = new(
            options.GetValueOrDefault("name", ""),
            options.ContainsKey("filename"),
            HeaderOptions.Charset(HeaderOptions.Parse(contentType).Options.GetValueOrDefault("charset")) ?? Encoding.UTF8,
            at,
            lineBreak);
        return true;
    }

    static void Read(string line, ref string? disposition, ref string? contentType)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return;
        var name = line.AsSpan(0, colon).Trim();
        if (name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)) disposition ??= Unfold(line[(colon + 1)..]);
        else if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) contentType ??= Unfold(line[(colon + 1)..]);
    }

    // A line that goes on in the next one, which then starts with a blank (RFC 5322 §2.2.3), is one line.
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

    static string Unfold(string value) => value.ReplaceLineEndings(" ").Trim();
}
