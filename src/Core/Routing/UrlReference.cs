using System.Buffers;

namespace Modular;

/// <summary>Resolves a reference against a base URL, RFC 3986 §5.2, without changing how it is written.</summary>
static class UrlReference
{
    static readonly SearchValues<char> SchemeChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <param name="root">An absolute URL, or a path, that ends with a slash and has no query.</param>
    /// <param name="reference">A whole URL, <c>//host/x</c>, <c>/x</c>, <c>x</c> or <c>?x</c>.</param>
    internal static string Resolve(string root, string reference)
    {
        if (reference.Length == 0) return root;
        var colon = root[0] == '/' ? -1 : root.IndexOf(':', StringComparison.Ordinal);
        if (HasScheme(reference)) return reference;
        if (reference.StartsWith("//", StringComparison.Ordinal)) return root[..(colon + 1)] + reference;
        if (reference[0] is '?' or '#') return root + reference;

        var pathStart = colon < 0 ? 0 : root.IndexOf('/', colon + 3);
        var pathEnd = reference.AsSpan().IndexOfAny('?', '#');
        if (pathEnd < 0) pathEnd = reference.Length;
        var path = reference[0] == '/' ? reference[..pathEnd] : root[pathStart..] + reference[..pathEnd];
        return root[..pathStart] + WithoutDots(path) + reference[pathEnd..];
    }

    static bool HasScheme(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(reference[0])
            && !reference.AsSpan(0, colon).ContainsAnyExcept(SchemeChars);
    }

    // "/a/./b/../c" → "/a/c". There is nothing above the root.
    static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal)) return path;
        var segments = path.Split('/');
        List<string> kept = [];
        foreach (var segment in segments)
        {
            if (segment == "..")
            {
                if (kept.Count > 1) kept.RemoveAt(kept.Count - 1);
            }
            else if (segment != ".") kept.Add(segment);
        }
        if (segments[^1] is "." or "..") kept.Add("");
        return string.Join('/', kept);
    }
}
