using System.Buffers;

namespace Modular.Templating;

/// <summary>The names of templates, which may come from a request: checked by one walk, and never by a pattern.</summary>
static class TemplateNames
{
    const int Longest = 512;
    static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    /// <summary>True for a name that stays below its folder on every system: words and dots between slashes, each name spelled in one way only.</summary>
    internal static bool IsSafe(string name)
    {
        if (name.Length is 0 or > Longest || name.AsSpan().ContainsAny(Forbidden)) return false;
        foreach (var c in name)
            if (char.IsControl(c)) return false;
        foreach (var range in name.AsSpan().Split('/'))
            if (!IsSafeSegment(name.AsSpan(range))) return false;
        return SafeJoin.Join(".", name) is not null;
    }

    // Neither "", ".", ".." nor a hidden file; and no trailing dot or blank, which Windows drops.
    static bool IsSafeSegment(ReadOnlySpan<char> segment) => segment is [not '.', ..] && segment[^1] is not ('.' or ' ');

    /// <summary>The ending with its dot, in lower case; empty when there is none.</summary>
    internal static string Ending(string name) => Path.GetExtension(name).ToLowerInvariant();
}
