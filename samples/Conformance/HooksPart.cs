using System.Collections.Concurrent;

namespace Conformance;

static class HooksPart
{
    internal static void AddTo(ModularApp app)
    {
        var log = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        app.BeforeRequest(One);
        app.BeforeRequest(Two);
        app.AfterRequest(AfterOne);
        app.AfterRequest(AfterTwo);
        app.TeardownRequest(error =>
        {
            if (Current.Request.Args.Find("token") is { } token && IsHooks && !Current.Request.Path.StartsWith("/hooks/log", StringComparison.Ordinal))
                log.GetOrAdd(token, _ => []).Enqueue(error?.GetType().Name ?? "none");
        });

        app.Route("/hooks/plain", () => $"plain {Seen}", endpoint: "hooks_plain");
        app.Route("/hooks/boom", string () => throw new BoomError(ErrorPart.Secret), endpoint: "hooks_boom");
        app.Route("/hooks/handled", string () => throw new AppError("handled", 422), endpoint: "hooks_handled");
        app.Route("/hooks/abort", () => Abort(403), endpoint: "hooks_abort");
        app.Route("/hooks/log", () => new { log = log.GetValueOrDefault(Current.Request.Args.Get("token", ""))?.ToArray() ?? [] }, endpoint: "hooks_log");
        app.Route("/hooks/isolated", Isolated, endpoint: "hooks_isolated");
    }

    static bool IsHooks => Current.Request.Path.StartsWith("/hooks/", StringComparison.Ordinal);

    static string Seen => string.Join(',', Current.G.Get<List<string>>("seen"));

    static Response? One()
    {
        Current.G["color"] = "green";
        Current.G["seen"] = new List<string>();
        if (!IsHooks) return null;
        Current.G.Get<List<string>>("seen").Add("b1");
        return Current.Request.Args.Find("stop") == "1" ? "stopped by b1" : null;
    }

    static Response? Two()
    {
        if (!IsHooks) return null;
        Current.G.Get<List<string>>("seen").Add("b2");
        switch (Current.Request.Args.Find("stop"))
        {
            case "2":
                var response = MakeResponse("stopped by b2", 403);
                response.Headers["X-Stop"] = "b2";
                return response;
            case "raise": throw new AppError("raised in b2", 409);
            case "abort": return Abort(401);
            default: return null;
        }
    }

    static void AfterOne(Response response)
    {
        if (!IsHooks) return;
        response.Headers["X-Seen"] = Seen;
        response.Headers["X-Order"] += "a1";
    }

    static Response AfterTwo(Response response)
    {
        if (!IsHooks) return response;
        response.Headers["X-Order"] += "a2";
        return Current.Request.Args.Find("replace") == "1" ? ("replaced by a2", 299) : response;
    }

    static async Task<object> Isolated(Request request, CancellationToken cancellationToken)
    {
        var before = Current.G.Get<string>("ident", null);
        var id = request.Args["id"];
        Current.G["ident"] = Current.Session["ident"] = id;
        await Task.Delay(Math.Clamp(request.Args.Get("delay", 0), 0, 500), cancellationToken);
        return new
        {
            before,
            g = Current.G["ident"],
            arg = id,
            path = request.Path,
            session = Current.Session["ident"],
            cookie = request.Cookies.Find("who"),
            seen = Current.G["seen"],
        };
    }
}
