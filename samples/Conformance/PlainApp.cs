namespace Conformance;

/// <summary>A second application with default settings and no error handlers.</summary>
public static class PlainApp
{
    public static ModularApp Create()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseLiquid();
        app.Route("/", () => "plain app", endpoint: "index");
        app.Route("/boom", string () => throw new BoomError(ErrorPart.Secret), endpoint: "boom");
        app.Post("/boom-post", string (Request request) => throw new BoomError($"{ErrorPart.Secret} {request.Form.Get("p", "")}"), endpoint: "boom_post");
        app.Route("/none", object? () => null, endpoint: "none");
        app.Route("/abort/<int:code>", (int code) => Abort(code), endpoint: "abort");
        app.Route("/session", () =>
        {
            Current.Session["x"] = 1;
            return "never";
        }, endpoint: "session");
        app.Route("/stream-boom", () => new Response(Boom()), endpoint: "stream_boom");
#pragma warning disable MOD004, MOD006 // mistakes that the conformance tests look at
        app.Route("/build-missing", () => UrlFor("no_such_endpoint_7c1f"), endpoint: "build_missing");
        app.Route("/tpl-missing", () => RenderTemplate("no_such_template_7c1f.html"), endpoint: "tpl_missing");
#pragma warning restore MOD004, MOD006
        return app;
    }

    static async IAsyncEnumerable<string> Boom()
    {
        await Task.Yield();
        if (Current.HasRequest) throw new BoomError(ErrorPart.Secret);
        yield return "never";
    }
}
