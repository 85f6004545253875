namespace Modular;

/// <summary>Resolves a reference against a base URL, RFC 3986 §5.2, without changing how it is written.</summary>
static class UrlReference
{
    /// <param name="root">An absolute URL, or a path, that ends with a slash and has no query.</param>
    /// <param name="reference">A whole URL, <c>//host/x</c>, <c>/x</c>, <c>x</c> or <c>?x</c>.</param>
    internal static string Resolve(string root, string reference)
    {
        if (reference.Length == 0) return root;
        var colon = root[0] == '/' ? -1 : root.IndexOf(':', StringComparison.Ordinal);
        if (Uri.CheckSchemeName(reference.Split(':', 2) is [var scheme, _] ? scheme : null)) return reference;
        if (reference.StartsWith("//", StringComparison.Ordinal)) return root[..(colon + 1)] + reference;
        if (reference[0] is '?' or '#') return root + reference;

        var pathStart = colon < 0 ? 0 : root.IndexOf('/', colon + 3);
        var pathEnd = reference.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : reference.Length;
        var path = reference[0] == '/' ? reference[..pathEnd] : root[pathStart..] + reference[..pathEnd];
        return root[..pathStart] + Slashes.WithoutDots(path) + reference[pathEnd..];
    }
}
