using System.Buffers;
using System.Text;

namespace Modular.Uploads;

/// <summary>
/// Detects a file's type from its first bytes, with the table of the WHATWG MIME sniffing standard and some additional types.
/// </summary>
public static class FileSignature
{
    /// <summary>
    /// The number of bytes that are inspected, not counting leading blanks: the resource header in the WHATWG MIME sniffing standard.
    /// </summary>
    public const int Length = 1445;

    internal const string Unknown = "application/octet-stream";

    static readonly (byte[] Start, string Type)[] Starts =
    [
        ([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([.. "GIF87a"u8], "image/gif"),
        ([.. "GIF89a"u8], "image/gif"),
        ([.. "BM"u8], "image/bmp"),
        ([0, 0, 1, 0], "image/x-icon"),
        ([0, 0, 2, 0], "image/x-icon"),
        ([.. "II*\0"u8], "image/tiff"),
        ([.. "MM\0*"u8], "image/tiff"),
        ([.. "PK"u8, 3, 4], "application/zip"),
        ([.. "PK"u8, 5, 6], "application/zip"),
        ([0x1F, 0x8B, 8], "application/gzip"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        ([.. "Rar!"u8, 0x1A, 7], "application/x-rar-compressed"),
        ([.. "OggS\0"u8], "application/ogg"),
        ([.. "MThd"u8, 0, 0, 0, 6], "audio/midi"),
        ([.. "fLaC"u8], "audio/flac"),
        ([.. "ID3"u8], "audio/mpeg"),
        ([0x7F, .. "ELF"u8], "application/x-executable"),
        ([.. "MZ"u8], "application/x-executable"),
    ];

    static readonly SearchValues<byte> ControlBytes =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b)
            .Where(b => b is not ((byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or 0x1B))]);

    /// <summary>
    /// The media type that the bytes indicate. Markup that browsers run (HTML and SVG) is distinguished from other text, even if it starts
    /// like an image.
    /// </summary>
    /// <param name="head">The file's first bytes: at least <see cref="Length"/> after leading blanks, or the whole file.</param>
    /// <returns><c>application/octet-stream</c> when the type is unknown. Formats based on ZIP, such as office documents, are
    /// <c>application/zip</c>.</returns>
    public static string TypeOf(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, LeadingBlanks.LengthOf(head) + Length)];
        // Both can contain metadata that looks like markup, and the standard's table lists them before images.
        if (head.StartsWith("%PDF-"u8)) return "application/pdf";
        if (head.StartsWith("%!PS"u8)) return "application/postscript";
        var text = TextOf(head) is { } content ? MarkupSniffer.TypeOf(content) : Unknown;
        return text is "text/plain" or Unknown ? Binary(head) ?? text : text;
    }

    static string? Binary(ReadOnlySpan<byte> head)
    {
        foreach (var (start, type) in Starts)
            if (head.StartsWith(start)) return type;
        if (head.Length >= 12 && head.StartsWith("RIFF"u8)) return Riff(head[8..]);
        if (head.Length >= 12 && head.StartsWith("FORM"u8) && head[8..].StartsWith("AIFF"u8)) return "audio/aiff";
        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..]) return Matroska(head[..Math.Min(head.Length, 64)]);
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
            return head[8..].StartsWith("avif"u8) ? "image/avif" : head[8..].StartsWith("hei"u8) ? "image/heic" : "video/mp4";
        return null;
    }

    static string? Riff(ReadOnlySpan<byte> kind) =>
        kind.StartsWith("WEBPVP"u8)
            ? "image/webp"
            : kind.StartsWith("WAVE"u8) ? "audio/wav" : kind.StartsWith("AVI "u8) ? "video/x-msvideo" : null;

    static string? Matroska(ReadOnlySpan<byte> head) =>
        head.IndexOf("webm"u8) >= 0 ? "video/webm" : head.IndexOf("matroska"u8) >= 0 ? "video/x-matroska" : null;

    // Null when the bytes aren't text. UTF-16 needs a byte order mark, as in browsers.
    static string? TextOf(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..]) return Utf16(head[2..], Encoding.Unicode);
        if (head is [0xFE, 0xFF, ..]) return Utf16(head[2..], Encoding.BigEndianUnicode);
        return head.ContainsAny(ControlBytes) || !IsUtf8(head) ? null : Encoding.UTF8.GetString(head);
    }

    static string? Utf16(ReadOnlySpan<byte> head, Encoding encoding)
    {
        if (head.Length % 2 != 0 && head.Length < Length - 2) return null;
        var text = encoding.GetString(head[..(head.Length & ~1)]);
        // An incomplete last character becomes U+FFFD.
        foreach (var c in text.AsSpan()[..Math.Max(0, text.Length - 1)])
            if (c == '\uFFFD' || c < ' ' && ControlBytes.Contains((byte)c)) return null;
        return text;
    }

    // The last character can be incomplete.
    static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(text, out _, out var length);
            if (status == OperationStatus.NeedMoreData) return true;
            if (status != OperationStatus.Done) return false;
            text = text[length..];
        }
        return true;
    }
}
