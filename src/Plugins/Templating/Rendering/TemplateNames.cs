using System.Buffers;

namespace Modular.Templating;

/// <summary>Checks template names, which can come from a request. It uses a single pass and no regular expression.</summary>
static class TemplateNames
{
    const int Longest = 512;
    static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    /// <summary>
    /// True for a name that stays inside its folder on every system and has only one spelling: words and dots, separated by slashes.
    /// </summary>
    internal static bool IsSafe(string name)
    {
        if (name.Length is 0 or > Longest || name.AsSpan().ContainsAny(Forbidden)) return false;
        foreach (var c in name)
            if (char.IsControl(c)) return false;
        foreach (var range in name.AsSpan().Split('/'))
            if (!IsSafeSegment(name.AsSpan(range))) return false;
        return SafeJoin.Join(".", name) is not null;
    }

    // Not "", ".", ".." or a hidden file, and no trailing dot or blank, which Windows removes.
    static bool IsSafeSegment(ReadOnlySpan<char> segment) => segment is [not '.', ..] && segment[^1] is not ('.' or ' ');

    /// <summary>The extension with its dot, in lower case. Empty when there is none.</summary>
    internal static string Ending(string name) => Path.GetExtension(name).ToLowerInvariant();

    /// <summary>True when a file can have the ending: one dot, and nothing in upper case.</summary>
    internal static bool IsEnding(string ending) => ending.Length > 1 && Ending(ending) == ending;
}
