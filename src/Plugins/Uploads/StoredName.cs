using System.Buffers;
using System.Text;

namespace Modular.Uploads;

/// <summary>Names in a store: the same everywhere, and never a way out of the store's folder.</summary>
static class StoredName
{
    const int MaxSegment = 255;      // bytes; what file systems take
    const int MaxLength = 1024;

    static readonly SearchValues<char> Forbidden = SearchValues.Create([.. "\\:*?\"<>|", .. Enumerable.Range(0, 32).Select(c => (char)c), '\x7F']);

    /// <summary>The name given, or one that is made of the client's.</summary>
    internal static string Of(string? name, string clientName) =>
        name ?? (Filenames.Secure(clientName, FilenameRules.Everywhere) is { Length: > 0 } safe ? Shortened(safe) : $"{Guid.NewGuid():N}");

    // The extension is kept: it tells how the file will be served.
    static string Shortened(string name)
    {
        if (name.Length <= 200) return name;
        var extension = Path.GetExtension(name);
        return extension.Length < 20 ? $"{name[..(200 - extension.Length)]}{extension}" : name[..200];
    }

    /// <exception cref="HttpException">400: no file can have this name.</exception>
    internal static string Check(string name)
    {
        if (name.Length is 0 or > MaxLength) throw Refused();
        foreach (var range in name.AsSpan().Split('/'))
            if (!IsName(name.AsSpan()[range])) throw Refused();
        return name;
    }

    // Windows drops dots and blanks at the end, so they could name another file.
    static bool IsName(ReadOnlySpan<char> segment) =>
        !segment.IsEmpty && segment[^1] is not ('.' or ' ') && !segment.ContainsAny(Forbidden) && !Filenames.IsDevice(segment)
        && !FileSaver.IsTemporary(segment.ToString()) && Encoding.UTF8.GetByteCount(segment) <= MaxSegment;

    static HttpException Refused() => new(StatusCodes.Status400BadRequest, "No file can have this name.");
}
