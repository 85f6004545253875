using System.Numerics;
using System.Security.Cryptography;

namespace Conformance;

static class RequestPart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/req/args", (Request request) => new { request.Args.Keys, Lists = Lists(request.Args), First = First(request.Args) }, endpoint: "req_args");
        app.Route("/req/arg", (Request request) => new { Q = request.Args["q"] }, endpoint: "req_arg");
        app.Route("/req/search", (Request request) => new { Q = request.Args.Get("q", ""), N = request.Args.Get("n", BigInteger.MinusOne) }, endpoint: "req_search");
        app.Route("/req/form", (Request request) => new { request.Form.Keys, Lists = Lists(request.Form) }, endpoint: "req_form",
            methods: ["GET", "POST", "PUT", "PATCH", "DELETE"]);
        app.Post("/req/login", (Request request) => new { Username = request.Form["username"], Password = request.Form["password"] }, endpoint: "req_login");
        app.Route("/req/values", (Request request) => new { First = First(request.Values), Lists = Lists(request.Values) }, endpoint: "req_values", methods: ["GET", "POST"]);
        app.Post("/req/json", ParsedJson, endpoint: "req_json");
        app.Post("/req/json-silent", (Request request) => new { Is_json = request.IsJson, Json = request.GetJson(silent: true) }, endpoint: "req_json_silent");
        app.Post("/req/json-force", (Request request) => new { Json = request.GetJson(force: true) }, endpoint: "req_json_force");
        app.Route("/req/data", (Request request) => new { request.Data.Length, Sha256 = Hex(request.Data.Span) }, endpoint: "req_data", methods: ["POST", "PUT"]);
        app.Route("/req/cookies", (Request request) => new { Cookies = First(request.Cookies) }, endpoint: "req_cookies");
        app.Route("/req/cookie", (Request request) => new { Theme = request.Cookies.Get("theme", "none") }, endpoint: "req_cookie");
        app.Route("/req/header", (Request request) => new { Value = Header(request, request.Args.Get("name", "")) }, endpoint: "req_header");
        app.Route("/req/info", Info, endpoint: "req_info", methods: ["GET", "POST"]);
        app.Route("/req/info/<path:p>", Info, endpoint: "req_info", methods: ["GET", "POST"]);
        app.Route("/req/accept", (Request request) => new { Best = request.Accept.Best("application/json", "text/html") }, endpoint: "req_accept");
    }

    static object ParsedJson(Request request)
    {
        if (!request.IsJson) Abort(400);
        return new { Is_json = true, request.Json };
    }

    internal static Dictionary<string, IReadOnlyList<string>> Lists(MultiDict dict) => dict.Keys.ToDictionary(key => key, dict.GetAll);

    static Dictionary<string, string> First(MultiDict dict) => dict.Keys.ToDictionary(key => key, key => dict[key]);

    static string? Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    internal static string Hex(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    static Dictionary<string, object?> Info(Request request) => new()
    {
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["full_path"] = request.FullPath,
        ["query_string"] = request.QueryString,
        ["url"] = request.Url,
        ["base_url"] = request.BaseUrl,
        ["url_root"] = request.UrlRoot,
        ["host"] = request.Host,
        ["scheme"] = request.Scheme,
        ["is_secure"] = request.IsSecure,
        ["script_root"] = request.ScriptRoot,
        ["mimetype"] = request.MimeType,
        ["content_length"] = request.ContentLength,
        ["remote_addr"] = request.RemoteAddr,
        ["user_agent"] = request.UserAgent,
        ["referrer"] = request.Referrer,
        ["endpoint"] = request.Endpoint,
        ["view_args"] = request.ViewArgs,
    };
}
