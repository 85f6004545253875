namespace Modular;

/// <summary>The path that routing and <c>Request.Path</c> see: decoded exactly once, as a WSGI server decodes it.</summary>
/// <remarks>
/// ASP.NET's servers leave <c>%2F</c> encoded. Code that moves a part of the path to or from <c>PathBase</c> must use this path.
/// </remarks>
public static class RequestPath
{
    internal static string Decode(HttpContext http) => Slashes.Normalize(PathInfo(http)) is { Length: > 0 } path ? path : "/";

    /// <summary>Empty for a request to the mount itself, which is redirected to its slash, so that relative links work.</summary>
    internal static string ForRouting(HttpContext http) =>
        Slashes.Normalize(PathInfo(http)) is { Length: > 0 } path ? path : http.Request.PathBase.HasValue ? "" : "/";

    /// <summary>WSGI's <c>PATH_INFO</c>: the decoded path below the path base, with all its slashes; empty for the mount itself.</summary>
    public static string PathInfo(HttpContext http)
    {
        // By type: the generic Get costs twice as much, and this runs for every request.
        if (http.Features[typeof(IHttpRequestFeature)] is not IHttpRequestFeature request) return http.Request.Path.Value ?? "";
        var (path, mount) = (request.Path, request.PathBase);
        var target = request.RawTarget.AsSpan();
        // "*", the absolute form of proxies, and hosts without a raw target: these use the server's path.
        if (!target.StartsWith('/')) return path;
        if (target.IndexOf('?') is >= 0 and var query) target = target[..query];
        return !target.Contains('%') && IsJoin(target, mount, path) ? path : FromTarget(target.ToString(), mount, path);
    }

    static string FromTarget(string target, string mount, string path)
    {
        // The framework decodes as its servers do, but throws on an encoded NUL, which the test client sends.
        var served = PathString.FromUriComponent(target.Replace("%00", "\0", StringComparison.Ordinal)).Value!;
        var normal = Slashes.WithoutDots(served);
        // Under a mount, a dot segment may have moved the place where the mount ends.
        if (!IsJoin(normal, mount, path) || (mount.Length > 0 && normal.Length != served.Length)) return path;
        var decoded = Percent.Decode(target);
        return decoded.StartsWith(mount, StringComparison.Ordinal) ? decoded[mount.Length..] : path;
    }

    static bool IsJoin(ReadOnlySpan<char> whole, string mount, string path) => whole.Length == mount.Length + path.Length
        && whole.StartsWith(mount, StringComparison.Ordinal) && whole.EndsWith(path, StringComparison.Ordinal);
}
