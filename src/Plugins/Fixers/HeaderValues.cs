using Microsoft.Extensions.Primitives;

namespace Modular.Fixers;

/// <summary>Reads a list header from its right end, where the nearest proxy wrote.</summary>
/// <remarks>
/// Each comma parts, also between quotes: what a client put in front, such as a quote that is never closed, must not swallow what a proxy appended.
/// </remarks>
static class HeaderValues
{
    /// <summary>The value that is so many places from the right, trimmed; null when there are fewer. Empty ones do not count.</summary>
    /// <param name="header">All lines of the header, which are one list.</param>
    /// <param name="place">1 is the last; 0 gives null.</param>
    /// <param name="unquote">A value in quotes comes without them.</param>
    internal static string? FromRight(StringValues header, int place, bool unquote = true)
    {
        if (place == 0) return null;
        foreach (var value in AllFromRight(header, unquote))
            if (--place == 0) return value;
        return null;
    }

    /// <summary>All values, the last one first; the header is looked at as far as they are asked for.</summary>
    internal static IEnumerable<string> AllFromRight(StringValues header, bool unquote = true)
    {
        for (var line = header.Count - 1; line >= 0; line--)
        {
            for (var end = header[line]?.Length ?? 0; end > 0;)
            {
                var comma = header[line]!.LastIndexOf(',', end - 1);
                var value = header[line].AsSpan()[(comma + 1)..end].Trim(" \t");
                end = Math.Max(comma, 0);
                if (value.IsEmpty) continue;
                yield return unquote && value is ['"', .. var inner, '"'] ? inner.ToString()
                    : value.Length == header[line]!.Length ? header[line]! : value.ToString();
            }
        }
    }
}
