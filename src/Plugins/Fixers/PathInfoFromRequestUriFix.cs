using Microsoft.AspNetCore.Http.Features;

namespace Modular.Fixers;

/// <summary>
/// Reads the path from the original request target, for a host that decodes the path incorrectly. Like Werkzeug's
/// PathInfoFromRequestUriFix, but the query is removed
/// before decoding, and <c>/testing</c> isn't below <c>/test</c>.
/// </summary>
/// <remarks>
/// It checks the server variables <c>REQUEST_URL</c>, <c>REQUEST_URI</c> and <c>UNENCODED_URL</c>, then the raw target. The first that
/// equals the mount path or is below it
/// gives the path. Absolute URLs are ignored.
/// </remarks>
public static class PathInfoFromRequestUriFix
{
    static readonly string[] Names = ["REQUEST_URL", "REQUEST_URI", "UNENCODED_URL"];

    /// <summary>Wraps an application with the fix.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>.</param>
    public static RequestDelegate Wrap(RequestDelegate app) => http =>
    {
        if (PathOf(http) is { } path) http.Request.Path = MountPath.Rooted(path);
        return app(http);
    };

    static string? PathOf(HttpContext http)
    {
        var mount = http.Request.PathBase.Value ?? "";
        var variables = http.Features.Get<IServerVariablesFeature>();
        foreach (var name in Names)
            if (variables?[name] is { } sent && Below(sent, mount) is { } path) return path;
        return Below(http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "", mount);
    }

    static string? Below(string sent, string mount)
    {
        if (sent is not ['/', ..]) return null;
        var query = sent.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(query < 0 ? sent : sent[..query]);
        return MountPath.IsUnder(path, mount) ? path[mount.Length..] : null;
    }
}
