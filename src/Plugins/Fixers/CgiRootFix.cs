namespace Modular.Fixers;

/// <summary>Sets the mount path for a host that reports a wrong one, and keeps the path. Like Werkzeug's CGIRootFix since 0.15.</summary>
public static class CgiRootFix
{
    /// <summary>Wraps an application with the fix.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>.</param>
    /// <param name="appRoot">The path where the application is mounted. Default <c>/</c>.</param>
    public static RequestDelegate Wrap(RequestDelegate app, string appRoot = "/")
    {
        var root = MountPath.Of(appRoot);
        return http =>
        {
            var path = RequestPath.PathInfo(http);
            http.Request.PathBase = root;
            http.Request.Path = MountPath.Rooted(path);
            return app(http);
        };
    }
}
