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
        for (var line = header.Count - 1; line >= 0; line--)
        {
            var rest = header[line].AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.LastIndexOf(',');
                var value = rest[(comma + 1)..].Trim(" \t");
                rest = comma < 0 ? [] : rest[..comma];
                if (value.IsEmpty || --place > 0) continue;
                if (unquote && value is ['"', .. var inner, '"']) return inner.ToString();
                return value.Length == header[line]!.Length ? header[line] : value.ToString();
            }
        }
        return null;
    }
}
