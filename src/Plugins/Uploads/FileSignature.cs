using System.Buffers;
using System.Text;

namespace Modular.Uploads;

/// <summary>Tells a file's type from its first bytes.</summary>
public static class FileSignature
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Length = 512;

    const string Unknown = "application/octet-stream";

    static readonly (byte[] Start, string Type)[] Starts =
    [
        ([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([.. "GIF87a"u8], "image/gif"),
        ([.. "GIF89a"u8], "image/gif"),
        ([.. "BM"u8], "image/bmp"),
        ([0, 0, 1, 0], "image/x-icon"),
        ([.. "II*\0"u8], "image/tiff"),
        ([.. "MM\0*"u8], "image/tiff"),
        ([.. "%PDF-"u8], "application/pdf"),
        ([.. "PK"u8, 3, 4], "application/zip"),
        ([.. "PK"u8, 5, 6], "application/zip"),
        ([0x1F, 0x8B], "application/gzip"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        ([.. "OggS"u8], "audio/ogg"),
        ([.. "fLaC"u8], "audio/flac"),
        ([.. "ID3"u8], "audio/mpeg"),
        ([0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        ([0x7F, .. "ELF"u8], "application/x-executable"),
        ([.. "MZ"u8], "application/x-executable"),
        ([.. "#!"u8], "text/x-script"),
    ];

    static readonly SearchValues<byte> ControlBytes =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b).Where(b => b is not ((byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or 0x1B))]);

    /// <summary>The media type that the bytes look like. Markup that browsers run, HTML and SVG, is told from other text.</summary>
    /// <param name="head">The file's first <see cref="Length"/> bytes, or all of it.</param>
    /// <returns><c>application/octet-stream</c> when nothing is known of such bytes. What is built on ZIP, as office documents are, is <c>application/zip</c>.</returns>
    public static string TypeOf(ReadOnlySpan<byte> head)
    {
        if (head.Length > Length) head = head[..Length];
        foreach (var (start, type) in Starts)
            if (head.StartsWith(start)) return type;
        if (head.Length >= 12 && head.StartsWith("RIFF"u8)) return Riff(head[8..12]);
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8)) return head[8..].StartsWith("avif"u8) ? "image/avif" : head[8..].StartsWith("hei"u8) ? "image/heic" : "video/mp4";
        return head.ContainsAny(ControlBytes) || !IsUtf8(head) ? Unknown : Text(head);
    }

    static string Riff(ReadOnlySpan<byte> kind) =>
        kind.SequenceEqual("WEBP"u8) ? "image/webp" : kind.SequenceEqual("WAVE"u8) ? "audio/wav" : kind.SequenceEqual("AVI "u8) ? "video/x-msvideo" : Unknown;

    // The last character may be cut.
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

    static string Text(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).ToLowerInvariant();
        if (text.Contains("<svg", StringComparison.Ordinal)) return "image/svg+xml";
        string[] html = ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<img", "<a ", "<div", "<style", "<table"];
        foreach (var tag in html)
            if (text.Contains(tag, StringComparison.Ordinal)) return "text/html";
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith("<?xml", StringComparison.Ordinal) ? "text/xml" : "text/plain";
    }
}
