using System.Globalization;

namespace Conformance;

static class CookiePart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/cookie/set", Set, endpoint: "cookie_set");
        app.Route("/cookie/two", Two, endpoint: "cookie_two");
        app.Route("/cookie/delete", Delete, endpoint: "cookie_delete");
    }

    static Response Set(Request request)
    {
        var args = request.Args;
        var response = MakeResponse("cookie set");
        response.SetCookie(args.Get("name", "theme"), args.Get("value", ""), new()
        {
            MaxAge = Number(args, "max_age") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Expires = Number(args, "expires") is { } time ? DateTimeOffset.FromUnixTimeSeconds(time) : null,
            Path = args.Get("path", "/"),
            Domain = args.Find("domain"),
            SameSite = args.Find("samesite") is { } mode ? SameSite(mode) : SameSiteMode.Unspecified,
            Secure = args.Find("secure") == "1",
            HttpOnly = args.Find("httponly") == "1",
        });
        return response;
    }

    static long? Number(MultiDict args, string name) => args.Find(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    static SameSiteMode SameSite(string mode) => mode.ToLowerInvariant() switch
    {
        "strict" => SameSiteMode.Strict,
        "lax" => SameSiteMode.Lax,
        "none" => SameSiteMode.None,
        _ => throw new ArgumentException($"\"{mode}\" isn't a SameSite mode. Write strict, lax or none."),
    };

    static Response Two()
    {
        var response = MakeResponse("two cookies");
        response.SetCookie("first", "1");
        response.SetCookie("second", "2");
        return response;
    }

    static Response Delete(Request request)
    {
        var response = MakeResponse("cookie deleted");
        response.DeleteCookie(request.Args.Get("name", "theme"), new() { Path = request.Args.Get("path", "/"), Domain = request.Args.Find("domain") });
        return response;
    }
}
