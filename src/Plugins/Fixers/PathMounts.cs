namespace Modular.Fixers;

/// <summary>Mounts applications under path prefixes of another application. Like Werkzeug's DispatcherMiddleware.</summary>
/// <remarks>
/// The longest matching prefix wins. While the mounted application handles the request, the prefix moves from the path to the mount path.
/// Paths are
/// decoded and compared case-sensitively. The application handles all other paths. If it has <c>UseCrossSiteCheck</c>, mounted
/// applications are checked too,
/// with its trusted origins, unless they have their own check.
/// </remarks>
/// <example><code>
/// app.AppDelegate = PathMounts.Wrap(app.AppDelegate, new() { ["/backend"] = backend.AppDelegate });
/// </code></example>
public static class PathMounts
{
    /// <summary>Wraps an application with mounted applications.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>.</param>
    /// <param name="mounts">The delegates by prefix, such as <c>/backend</c>. Any ASP.NET request delegate can be mounted.</param>
    /// <exception cref="ModularException">A prefix doesn't start with a slash, or is the root.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, Dictionary<string, RequestDelegate> mounts) =>
        Layer(mounts, app.Target as ModularApp)(app);

    internal static Func<RequestDelegate, RequestDelegate> Layer(Dictionary<string, RequestDelegate> mounts, ModularApp? around)
    {
        foreach (var prefix in mounts.Keys)
            if (prefix is not ['/', ..] || prefix.Trim('/').Length == 0) throw new ModularException(
                $"\"{prefix}\" isn't a valid mount prefix. Write a slash followed by a name, such as \"/backend\".");
        (string Prefix, RequestDelegate App)[] longestFirst =
            [.. mounts.Select(mount => (MountPath.Of(mount.Key).Value!, mount.Value)).OrderByDescending(mount => mount.Item1.Length)];
        return app => http =>
        {
            var path = RequestPath.PathInfo(http);
            foreach (var (prefix, mounted) in longestFirst)
                if (MountPath.IsUnder(path, prefix))
                    return CrossSiteCheck.IsRefused(http, around, mounted)
                        ? CrossSiteCheck.RefuseAsync(http)
                        : Answer(http, mounted, prefix, path);
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
