using Microsoft.AspNetCore.Http.Features;

namespace Modular.Fixers;

/// <summary>
/// For hosts that decode the path wrongly: it is taken from the address as it was sent. As Werkzeug's PathInfoFromRequestUriFix, but the query is cut off
/// before decoding, and <c>/testing</c> is not below <c>/test</c>.
/// </summary>
/// <remarks>
/// The first of the server variables <c>REQUEST_URL</c>, <c>REQUEST_URI</c> and <c>UNENCODED_URL</c>, and then the raw target, that is the mount or lies below it
/// gives the path. Whole URLs are passed over.
/// </remarks>
public static class PathInfoFromRequestUriFix
{
    static readonly string[] Names = ["REQUEST_URL", "REQUEST_URI", "UNENCODED_URL"];

    /// <summary>The application with the fix around it.</summary>
    /// <param name="app">Mostly <c>app.AppDelegate</c>.</param>
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
