namespace Modular;

/// <summary>Runs of slashes in paths and rules.</summary>
static class Slashes
{
    /// <summary>The text with each run of slashes made one; the same string when there is none.</summary>
    internal static string Merge(string text)
    {
        while (text.Contains("//", StringComparison.Ordinal)) text = text.Replace("//", "/", StringComparison.Ordinal);
        return text;
    }

    /// <summary>The path with exactly one slash in front, so that it can never name a host. An empty path stays empty.</summary>
    internal static string Normalize(string path) =>
        path.Length == 0 || (path[0] == '/' && !path.AsSpan(1).StartsWith('/')) ? path : string.Concat("/", path.AsSpan().TrimStart('/'));
}
