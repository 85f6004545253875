namespace Modular.Fixers;

/// <summary>For hosts that give a wrong mount: it becomes what you say, and the path stays. As Werkzeug's CGIRootFix of 0.15 and later.</summary>
public static class CgiRootFix
{
    /// <summary>The application with the fix around it.</summary>
    /// <param name="app">Mostly <c>app.AppDelegate</c>.</param>
    /// <param name="appRoot">Where the application is mounted. Default <c>/</c>: at the root.</param>
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
