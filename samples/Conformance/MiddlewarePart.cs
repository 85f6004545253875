namespace Conformance;

static class MiddlewarePart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/mw/info", Info, endpoint: "mw_info");
        app.Route("/info", Info, endpoint: "mw_plain_info");
        app.Route("/mw/redirect", () => Redirect(UrlFor("mw_info")), endpoint: "mw_redirect");
        app.Route("/mw/branch/", () => "branch", endpoint: "mw_branch");

        app.AppDelegate = Mount(Fix(Mark(app.AppDelegate)));
    }

    // The caller chooses the mount path of the application.
    static RequestDelegate Mount(RequestDelegate app) => http =>
    {
        var path = RequestPath.PathInfo(http);
        if (http.Request.Headers.TryGetValue("X-Conformance-Mount", out var mounts) && mounts.ToString() is var mount
            && (path == mount || path.StartsWith($"{mount}/", StringComparison.Ordinal)))
            (http.Request.PathBase, http.Request.Path) = (new(mount), new(path[mount.Length..]));
        return app(http);
    };

    static RequestDelegate Fix(RequestDelegate app)
    {
        var proxy = ProxyFix.Wrap(app, new() { For = 1, Proto = 1, Host = 1, Prefix = 1, TrustedProxies = ["127.0.0.1"] });
        var root = LighttpdCgiRootFix.Wrap(app);
        return http => http.Request.Headers["X-Conformance-Fix"].ToString() switch
        {
            "proxy" => proxy(http),
            "cgiroot" => root(http),
            _ => app(http),
        };
    }

    static RequestDelegate Mark(RequestDelegate app) => http =>
    {
        if (http.Request.Headers["X-Conformance-Mark"] == "1") http.Response.OnStarting(() =>
        {
            http.Response.Headers["X-Middleware"] = "on";
            return Task.CompletedTask;
        });
        return app(http);
    };

    static object Info(Request request) => new
    {
        endpoint = request.Endpoint,
        script_root = request.ScriptRoot,
        path = request.Path,
        url = request.Url,
        base_url = request.BaseUrl,
        url_root = request.UrlRoot,
        host = request.Host,
        scheme = request.Scheme,
        is_secure = request.IsSecure,
        remote_addr = request.RemoteAddr,
        built = UrlFor("user", ("username", "x y")),
        external = UrlFor("user", new() { External = true }, ("username", "x y")),
        @static = UrlFor("static", ("filename", "style.css")),
    };
}
