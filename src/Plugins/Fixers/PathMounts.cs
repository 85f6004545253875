namespace Modular.Fixers;

/// <summary>Mounts applications under prefixes of another one. As Werkzeug's DispatcherMiddleware.</summary>
/// <remarks>
/// The longest prefix that the path is, or lies below of, wins; the prefix goes from the path to the mount while that application answers. Paths are
/// compared decoded, and with their case. What no prefix matches is the application's own. Where that has <c>UseCrossSiteCheck</c>, its mounts are checked too,
/// by its trusted origins, but for applications that have the check of their own.
/// </remarks>
/// <example><code>
/// app.AppDelegate = PathMounts.Wrap(app.AppDelegate, new() { ["/backend"] = backend.AppDelegate });
/// </code></example>
public static class PathMounts
{
    /// <summary>The application with the others under their prefixes.</summary>
    /// <param name="app">Mostly <c>app.AppDelegate</c>.</param>
    /// <param name="mounts">By prefix, as <c>/backend</c>. Any delegate of ASP.NET can be mounted.</param>
    /// <exception cref="ModularException">A prefix does not start with a slash, or is the root.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, Dictionary<string, RequestDelegate> mounts) => Layer(mounts, app.Target as ModularApp)(app);

    internal static Func<RequestDelegate, RequestDelegate> Layer(Dictionary<string, RequestDelegate> mounts, ModularApp? around)
    {
        foreach (var prefix in mounts.Keys)
            if (prefix is not ['/', ..] || prefix.Trim('/').Length == 0) throw new ModularException(
                $"\"{prefix}\" is no prefix to mount an application under. Write one that starts with a slash and names something, such as \"/backend\".");
        (string Prefix, RequestDelegate App)[] longestFirst =
            [.. mounts.Select(mount => (MountPath.Of(mount.Key).Value!, mount.Value)).OrderByDescending(mount => mount.Item1.Length)];
        return app => http =>
        {
            var path = RequestPath.PathInfo(http);
            foreach (var (prefix, mounted) in longestFirst)
                if (MountPath.IsUnder(path, prefix)) return CrossSiteCheck.IsRefused(http, around, mounted) ? CrossSiteCheck.RefuseAsync(http) : Answer(http, mounted, prefix, path);
            return app(http);
        };
    }

    static async Task Answer(HttpContext http, RequestDelegate mounted, string prefix, string path)
    {
        var (mountBefore, pathBefore) = (http.Request.PathBase, http.Request.Path);
        http.Request.PathBase = new PathString(mountBefore.Value + prefix);
        http.Request.Path = MountPath.Rooted(path[prefix.Length..]);
        try
        {
            await mounted(http);
        }
        finally
        {
            (http.Request.PathBase, http.Request.Path) = (mountBefore, pathBefore);
        }
    }
}
