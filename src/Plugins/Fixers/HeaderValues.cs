using Microsoft.Extensions.Primitives;

namespace Modular.Fixers;

/// <summary>Reads a list header from right to left, because the nearest proxy appends on the right.</summary>
/// <remarks>
/// Each comma separates values, even in quotes. A value from the client, such as an unclosed quote, must not hide a value that a proxy
/// appended.
/// </remarks>
static class HeaderValues
{
    /// <summary>The trimmed value at a place from the right. Null when there are fewer values. Empty values don't count.</summary>
    /// <param name="header">All lines of the header, which form one list.</param>
    /// <param name="place">1 is the last value. 0 gives null.</param>
    /// <param name="unquote">True removes quotes around a value.</param>
    internal static string? FromRight(StringValues header, int place, bool unquote = true)
    {
        if (place == 0) return null;
        foreach (var value in AllFromRight(header, unquote))
            if (--place == 0) return value;
        return null;
    }

    /// <summary>All values, the last one first. The header is parsed lazily.</summary>
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
