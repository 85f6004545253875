namespace Conformance;

static class SessionPart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/session/", () => Current.Session.TryGetValue("username", out var name) ? Html($"Logged in as {name}") : Html($"You are not logged in"), endpoint: "session_index");
        app.Route("/session/login", Login, endpoint: "session_login", methods: ["GET", "POST"]);
        app.Route("/session/logout", Logout, endpoint: "session_logout");
        app.Route("/session/clear", Clear, endpoint: "session_clear");
        app.Route("/session/counter", Counter, endpoint: "session_counter");
        app.Route("/session/dump", () => new { session = Current.Session.ToDictionary(), permanent = Current.Session.Permanent }, endpoint: "session_dump");
        app.Post("/session/set", Set, endpoint: "session_set");
        app.Route("/session/nested", Nested, endpoint: "session_nested");
        app.Route("/session/untouched", () => "no session here", endpoint: "session_untouched");
    }

    static Response Login(Request request)
    {
        if (request.Method != "POST") return "login form";
        Current.Session["username"] = request.Form["username"];
        if (request.Form.Find("permanent") == "1") Current.Session.Permanent = true;
        return Redirect(UrlFor("session_index"));
    }

    static Response Logout()
    {
        Current.Session.Pop("username");
        return Redirect(UrlFor("session_index"));
    }

    static string Clear()
    {
        Current.Session.Clear();
        return "cleared";
    }

    static string Counter()
    {
        var count = Current.Session.Get("count", 0L) + 1;
        Current.Session["count"] = count;
        return $"{count}";
    }

    static string Set(Request request)
    {
        foreach (var property in request.Json.EnumerateObject()) Current.Session[property.Name] = property.Value;
        return "stored";
    }

    static object Nested(Request request)
    {
        var list = Current.Session.SetDefault("list", new List<object?>());
        list.Add("x");
        if (request.Args.Find("mark") == "1") Current.Session.Modified = true;
        return new { n = list.Count };
    }
}
