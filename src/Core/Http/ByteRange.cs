using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>A run of bytes inside a body of a known length.</summary>
/// <param name="Start">Position of its first byte.</param>
/// <param name="Length">How many bytes; 0 means that none of what was asked for is there.</param>
readonly record struct ByteRange(long Start, long Length)
{
    const string Unit = "bytes";

    /// <summary>The one range that a <c>Range</c> header asks for, cut at the body's end, RFC 9110 §14.2.</summary>
    /// <returns>Null when the header is to be ignored: another unit, bad syntax, or several ranges, which a server need not answer.</returns>
    internal static ByteRange? Parse(string? header, long total)
    {
        if (!RangeHeaderValue.TryParse(header, out var wish) || !wish.Unit.Equals(Unit, StringComparison.OrdinalIgnoreCase)) return null;
        if (wish.Ranges is not { Count: 1 }) return null;
        var range = wish.Ranges.Single();
        if (range.From is { } start) return start < total ? new(start, Math.Min(range.To ?? total, total - 1) - start + 1) : default(ByteRange);
        var suffix = Math.Min(range.To ?? 0, total);
        return new(total - suffix, suffix);
    }

    /// <summary>The value of <c>Content-Range</c>, <c>bytes 0-4/20</c>.</summary>
    internal string ContentRange(long total) => string.Create(CultureInfo.InvariantCulture, $"{Unit} {Start}-{Start + Length - 1}/{total}");

    /// <summary>The value of <c>Content-Range</c> in a 416, <c>bytes */20</c>.</summary>
    internal static string Unsatisfied(long total) => string.Create(CultureInfo.InvariantCulture, $"{Unit} */{total}");
}
