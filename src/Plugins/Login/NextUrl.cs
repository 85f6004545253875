using System.Globalization;

namespace Modular.Login;

/// <summary>The page to go to after the log-in, which comes from the visitor and must not lead to another site.</summary>
static class NextUrl
{
    const int MaxLength = 2048;

    /// <summary>True for a path on this host, in every way that browsers and proxies may read it.</summary>
    internal static bool IsSafe(string? url)
    {
        if (url is not { Length: > 0 and <= MaxLength } || url.Any(IsForbidden)) return false;
        var path = url.Split('?', '#')[0];
        // A proxy or another redirect may decode the path again.
        for (var round = 0; round < 4; round++)
        {
            if (!path.StartsWith('/') || path.Contains("//", StringComparison.Ordinal) || path.Any(IsForbidden)) return false;
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path) return true;
            path = decoded;
        }
        return false;
    }

    // Browsers read a backslash as a slash, and skip tabs and line breaks.
    static bool IsForbidden(char c) => c == '\\' || char.IsControl(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;

    /// <summary>The URL of this request, for the parameter <c>next</c>. Null unless it can be opened by a link.</summary>
    internal static string? Here(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        ? $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}"
        : null;
}
