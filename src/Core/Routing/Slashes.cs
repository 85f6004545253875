using System.Text;

namespace Modular;

/// <summary>Runs of slashes in paths and rules.</summary>
static class Slashes
{
    /// <summary>The text with each run of slashes made one; the same string when there is none.</summary>
    internal static string Merge(string text)
    {
        if (!HasRun(text)) return text;
        var merged = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c != '/' || merged.Length == 0 || merged[^1] != '/') merged.Append(c);
        return merged.ToString();
    }

    // Faster than a search for "//" on texts as short as paths.
    static bool HasRun(string text)
    {
        for (var i = 1; i < text.Length; i++)
            if (text[i] == '/' && text[i - 1] == '/') return true;
        return false;
    }

    /// <summary>The path with exactly one slash in front, so that it can never name a host. An empty path stays empty.</summary>
    internal static string Normalize(string path) =>
        path.Length == 0 || (path[0] == '/' && !path.AsSpan(1).StartsWith('/')) ? path : string.Concat("/", path.AsSpan().TrimStart('/'));
}
