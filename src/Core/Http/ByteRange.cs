using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>A run of bytes inside a body of a known length.</summary>
/// <param name="Start">Position of its first byte.</param>
/// <param name="Length">How many bytes; 0 means that none of what was asked for is there.</param>
readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>The one range that a <c>Range</c> header asks for, cut at the body's end, RFC 9110 §14.2.</summary>
    /// <returns>Null when the header is to be ignored: another unit, bad syntax, or several ranges, which a server need not answer.</returns>
    internal static ByteRange? Parse(string? header, long total)
    {
        if (!RangeHeaderValue.TryParse(header, out var wish) || !wish.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) || wish.Ranges is not { Count: 1 }) return null;
        var range = wish.Ranges.Single();
        if (range.From is { } start) return start < total ? new(start, Math.Min(range.To ?? total, total - 1) - start + 1) : default(ByteRange);
        var suffix = Math.Min(range.To ?? 0, total);
        return new(total - suffix, suffix);
    }
}
