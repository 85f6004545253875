using System.Buffers;
using System.Text;

namespace Modular.Uploads;

/// <summary>Checks and creates names in a store. They are valid on all systems and never lead outside the store's folder.</summary>
static class StoredName
{
    const int MaxSegment = 255;      // bytes; the limit of common file systems
    const int MaxLength = 1024;

    static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. "\\:*?\"<>|", .. Enumerable.Range(0, 32).Select(c => (char)c), '\x7F']);

    /// <summary>The given name, or a safe name from the client's name.</summary>
    internal static string Of(string? name, string clientName) =>
        name ?? (Filenames.Secure(clientName, FilenameRules.Everywhere) is { Length: > 0 } safe ? Shortened(safe) : $"{Guid.NewGuid():N}");

    // Keeps the extension, which determines the type that the file is served with.
    static string Shortened(string name)
    {
        if (name.Length <= 200) return name;
        var extension = Path.GetExtension(name);
        return extension.Length < 20 ? $"{name[..(200 - extension.Length)]}{extension}" : name[..200];
    }

    /// <exception cref="HttpException">400: the name isn't valid.</exception>
    internal static string Check(string name)
    {
        if (name.Length is 0 or > MaxLength) throw Refused();
        foreach (var range in name.AsSpan().Split('/'))
            if (!IsName(name.AsSpan()[range])) throw Refused();
        return name;
    }

    // Windows removes trailing dots and blanks, so such a name could refer to another file.
    static bool IsName(ReadOnlySpan<char> segment) =>
        !segment.IsEmpty && segment[^1] is not ('.' or ' ') && !segment.ContainsAny(Forbidden) && !Filenames.IsDevice(segment)
        && !FileSaver.IsTemporary(segment.ToString()) && Encoding.UTF8.GetByteCount(segment) <= MaxSegment;

    static HttpException Refused() => new(StatusCodes.Status400BadRequest, "This file name isn't valid.");
}
