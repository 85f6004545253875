using System.Globalization;

namespace Modular;

/// <summary>A run of bytes inside a body of a known length.</summary>
/// <param name="Start">Position of its first byte.</param>
/// <param name="Length">How many bytes, at least 1.</param>
readonly record struct ByteRange(long Start, long Length)
{
    const string Unit = "bytes";

    /// <summary>The one range that a <c>Range</c> header asks for, cut at the body's end.</summary>
    /// <returns>
    /// Null, which means 416, when it begins after the end; as in Werkzeug also for several ranges, for another unit, for bad syntax,
    /// and for a suffix longer than the body (RFC 9110 §14.2 would let us ignore these).
    /// </returns>
    internal static ByteRange? Parse(ReadOnlySpan<char> header, long total)
    {
        var equals = header.IndexOf('=');
        if (equals < 0 || !header[..equals].Trim().Equals(Unit, StringComparison.OrdinalIgnoreCase)) return null;
        var range = header[(equals + 1)..].Trim();
        var dash = range.IndexOf('-');
        if (dash < 0) return null;

        var first = range[..dash].Trim();
        var last = range[(dash + 1)..].Trim();
        if (first.IsEmpty) return Number(last) is { } suffix ? Suffix(suffix, total) : null;
        if (Number(first) is not { } start || start >= total) return null;
        if (last.IsEmpty) return new(start, total - start);
        return Number(last) is { } end && end >= start ? new(start, Math.Min(end, total - 1) - start + 1) : null;
    }

    /// <summary>The value of <c>Content-Range</c>, <c>bytes 0-4/20</c>.</summary>
    internal string ContentRange(long total) => string.Create(CultureInfo.InvariantCulture, $"{Unit} {Start}-{Start + Length - 1}/{total}");

    /// <summary>The value of <c>Content-Range</c> in a 416, <c>bytes */20</c>.</summary>
    internal static string Unsatisfied(long total) => string.Create(CultureInfo.InvariantCulture, $"{Unit} */{total}");

    // "-0" means everything, as in Werkzeug.
    static ByteRange? Suffix(long count, long total) =>
        count > total ? null : count == 0 ? new(0, total) : new(total - count, count);

    // More digits than a long holds are still a number: one behind every end.
    static long? Number(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9')) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
    }
}
