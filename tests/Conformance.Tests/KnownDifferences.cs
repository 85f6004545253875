using System.Text.RegularExpressions;

namespace Conformance.Tests;

/// <summary>The table of what differs on purpose. "Newest" is the newest Flask and Werkzeug, which the framework follows where they differ from 2.2.</summary>
static partial class KnownDifferences
{
    static readonly string[] Body = ["body", "content-length"], Whole = [];

    internal static readonly KnownDifference[] All =
    [
        new("Accept-Ranges", "newest sends it with every answer that could be a range, 2.2 with ranges only",
            RawRequest.Get("/static/hello.txt"), ["accept-ranges"], pair => pair.IsAt("/static/", "/app/static/") && pair.InFlask("accept-ranges") is null && pair.InModular("accept-ranges") == "bytes"),
        new("Vary", "newest sends Vary: Cookie whenever the session was touched, also by asking whether a key is there",
            RawRequest.Get("/session/"), ["vary"], pair => pair.InFlask("vary") is null && pair.InModular("vary") == "Cookie"),
        new("a redirect's code", "a code that is no redirect is a mistake; newest documents the codes, 2.2 takes any",
            RawRequest.Get("/resp/redirect?code=404"), Whole, pair => pair.IsAt("/resp/redirect") && pair.Status is (not (>= 300 and < 400), 500) && int.TryParse(pair.Argument("code"), out var code) && code is < 300 or >= 400),
        new("a redirect's characters", "newest encodes what RFC 3986 has no place for",
            RawRequest.Get("/resp/redirect?to=%2Fa%7Cb"), ["location"], pair => pair.Request.Path == "/resp/redirect" && pair.IsEqualAs("location", Uri.UnescapeDataString)),
        new("a query's slashes", "newest leaves / and ? in a query as they are",
            RawRequest.Get("/resp/redirect-endpoint"), ["location"], pair => pair.IsAt("/resp/redirect-endpoint") && pair.IsEqualAs("location", Uri.UnescapeDataString)),
        new("a built URL's characters", "newest leaves &, = and @ in a path, / and ? in a query, ? and # in a fragment as they are",
            RawRequest.Get("/build?endpoint=hello&next=%2Fa%3Fb"), Body, pair => pair.IsAt("/build") && pair.IsEqualAs("body", Lax)),
        new("a slash redirect's characters", "as in a built URL's path",
            RawRequest.Get("/r/branch/%40"), ["location"], pair => pair.IsAt("/r/", "/b/", "/p/", "/q/") && pair.IsEqualAs("location", PathCharacters)),
        new("a value that 2.2 does not encode", "the converters uuid and any write it raw, which makes another URL of it",
            RawRequest.Get("/build?endpoint=r_uuid&id=a%20b"), Body, pair => pair.IsAt("/build") && pair.Argument("endpoint") is "r_uuid" or "r_any" && (pair.IsEqualAs("body", Uri.UnescapeDataString) || Uri.UnescapeDataString(pair.InModular("body")!) == pair.InFlask("body"))),
        new("slashes in a row", "they are made one first, by a redirect; 2.2 lets a path's converter have them where it can",
            RawRequest.Get("/r/tree/x//"), Whole, pair => pair.Request.Path.Contains("//", StringComparison.Ordinal) && pair.Status is (404, 405) or (200, 308)),
        new("a mount's characters", "a mount is decoded, as WSGI has it; 2.2 writes it into URLs as it is",
            RawRequest.Get("/a%20b/info", ("X-Conformance-Mount", "/a b")), ["body", "location"],
            pair => (pair.Header("X-Conformance-Mount") == "/a b" || pair.Header("X-Forwarded-Prefix") == "/x%20y") && (pair.IsEqualAs("body", Twice) || pair.IsEqualAs("location", Twice))),
        new("a built URL's list", "a list has no one text; 2.2 writes Python's spelling of it into the path",
            RawRequest.Get("/build?endpoint=user&username=a&username=b"), [.. Body, "status"], pair => pair.IsAt("/build") && pair.Status is (200, 400) && pair.InFlask("body")!.Contains("%5B", StringComparison.Ordinal)),
        new("numbers that only Python reads", "int() and float() also take digits of other scripts, underscores and spaces",
            RawRequest.Get("/build?endpoint=hello&n:int=%EF%BC%91"), [.. Body, "status"], pair => pair.IsAt("/build", "/req/search") && pair.Status is (200, 400 or 200) && OtherDigits().IsMatch(pair.Request.Target)),
        new("a method in lower case", "methods of rules and of UrlFor are taken in any case",
            RawRequest.Get("/build?endpoint=r_post_branch&_method=post"), [.. Body, "status"], pair => pair.IsAt("/build") && pair.Argument("_method") == "post"),
        new("a large float", "a URL that its own rule matches: 2.2 writes 1e+20",
            RawRequest.Get("/build?endpoint=r_float&x:float=1e20"), [.. Body, "status"], pair => pair.IsAt("/build") && pair.Request.Target.Contains("float=1e", StringComparison.OrdinalIgnoreCase) || (pair.IsAt("/build") && pair.Argument("x") == "1e20")),
        new("a branch below a path", "newest redirects to the slash, 2.2 does not find it",
            RawRequest.Get("/r/tree/x"), Whole, pair => pair.IsAt("/r/tree/") && pair.Status is (404, 308) && !pair.Request.Path.EndsWith('/')),
        new("abort(421)", "newest knows the status, RFC 9110",
            RawRequest.Get("/resp/abort/421"), Whole, pair => pair.IsAt("/resp/abort/421") && pair.Status is (500, 421)),
        new("a cookie's name", "a name that is no token would be read otherwise than it was set; newest warns, we refuse",
            RawRequest.Get("/cookie/set?name=a%20b"), Whole, pair => pair.IsAt("/cookie/") && pair.Status is (200 or 500, 500) && pair.Argument("name") is { } name && !Token().IsMatch(name)),
        new("a cookie's domain", "newest takes localhost, and an empty one as none; 2.2 fails",
            RawRequest.Get("/cookie/set?domain=localhost"), Whole, pair => pair.IsAt("/cookie/") && pair.Status is (500, 200) && pair.Argument("domain") is "" or "localhost"),
        new("a cookie's spelling", "newest takes the dot off a domain, quotes only what needs it, and encodes a semicolon of a path",
            RawRequest.Get("/cookie/set?value=a/b&domain=.example.com"), ["set-cookie"], pair => pair.IsAt("/cookie/") && (pair.IsEqualAs("set-cookie", CookieText) || pair.Argument("path")?.Contains(';', StringComparison.Ordinal) == true)),
        new("a host's case in URLs", "newest writes it in lower case",
            RawRequest.Get("/mw/info") with { Host = "EXAMPLE.com" }, ["body"], pair => pair.IsEqualAs("body", text => UrlValue().Replace(text, match => match.Value.ToLowerInvariant()))),
        new("a quality that is none", "newest passes over an item whose q is malformed or outside 0 to 1",
            RawRequest.Get("/req/accept", ("Accept", "text/html;q=2")), ["body"], pair => pair.IsAt("/req/accept") && BadQuality().IsMatch(pair.Header("Accept") ?? "")),
        new("several types as one", "newest reads Content-Type up to the semicolon; 2.2 up to the comma",
            RawRequest.Post("/req/json-silent", "application/json, text/html", "{}"), Whole, pair => (pair.Header("Content-Type") ?? "").Contains(',', StringComparison.Ordinal)),
        new("JSON of another type", "newest answers 415, 2.2 400",
            RawRequest.Post("/session/set", "", "{}"), ["status"], pair => pair.Status is (400, 415)),
        new("a body above the maximum", "newest holds every body to the maximum, 2.2 forms only",
            RawRequest.Post("/req/data", "text/plain", new byte[262145]), Whole, pair => pair.IsAt("/req/data", "/req/json", "/session/set") && pair.Status is (200 or 400 or 500, 413) && pair.Request.Body.Length > 262144),
        new("a quote in a file name", "newest decodes %22, as browsers write it",
            RawRequest.Post("/upload", "multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%22b\"\r\n\r\n1\r\n--X--\r\n"), ["body"],
            pair => pair.IsAt("/upload") && pair.IsEqualAs("body", text => text.Replace("%22", "\"", StringComparison.Ordinal).Replace("a22b", "ab", StringComparison.Ordinal))),
        new("a boundary of no letters", "2.2 fails; newest and ours take the form for empty",
            RawRequest.Post("/upload", "multipart/form-data; boundary=", "x"), Whole, pair => pair.Status is (500, 200 or 400) && pair.Header("Content-Type") == "multipart/form-data; boundary="),
        new("a slash behind a file", "2.2 takes it off; a file is no folder, and its relative links would be wrong",
            RawRequest.Get("/static/hello.txt/"), Whole, pair => pair.IsAt("/static/") && pair.Request.Path.EndsWith('/') && pair.Status.Modular == 404),
        new("a range", "RFC 9110: conditions come first, HEAD has no ranges, what is not understood is ignored, and a suffix longer than the file is all of it",
            RawRequest.Get("/static/hello.txt", ("Range", "chars=0-1")), Whole,
            pair => pair.IsAt("/static/", "/app/static/") && pair.Header("Range") is not null && pair.Status is (206, 200 or 304 or 412 or 416) or (416, 200 or 206 or 304 or 412)),
        new("NUL in a path", "Kestrel refuses it before any application",
            RawRequest.Get("/static/hello.txt%00"), Whole, pair => pair.Request.Path.Contains("%00", StringComparison.Ordinal) && pair.Status.Modular == 400),
        new("nonsense from a proxy", "an address that is none, a scheme that is not ours and a prefix without its slash are not believed",
            RawRequest.Get("/mw/info", ("X-Conformance-Fix", "proxy"), ("X-Forwarded-For", "nobody")), ["body", "location"],
            pair => pair.Header("X-Conformance-Fix") == "proxy" && (pair.Header("X-Forwarded-For") is "nobody" or "1.2.3.4," or "a, b" || pair.Header("X-Forwarded-Prefix") is "/ü" or "/a b")),
        new("a stream that fails before its first piece", "gunicorn answers with a page of its own",
            RawRequest.Get("/stream-boom") with { IsToPlain = true }, ["body", "content-type"], pair => pair.IsAt("/stream-boom") && pair.Status is (500, 500)),
    ];

    static string Lax(string url)
    {
        var query = url.AsSpan().IndexOfAny('?', '#');
        var path = query < 0 ? url : url[..query];
        return PathCharacters(path) + (query < 0 ? "" : url[query..].Replace("%2F", "/", StringComparison.Ordinal).Replace("%3F", "?", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal)
            .Replace("%23", "#", StringComparison.Ordinal));
    }

    static string PathCharacters(string path) =>
        path.Replace("%26", "&", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal);

    static string Twice(string text) => Uri.UnescapeDataString(Uri.UnescapeDataString(text)).ToLowerInvariant();

    static string CookieText(string header) => header.Replace("\"", "", StringComparison.Ordinal).Replace("Domain=.", "Domain=", StringComparison.Ordinal);

    [GeneratedRegex("%EF%BC%9|%D9%A3|[0-9]_[0-9]|%20|%2B|nan|inf|None", RegexOptions.IgnoreCase)]
    private static partial Regex OtherDigits();

    [GeneratedRegex(@"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")]
    private static partial Regex Token();

    [GeneratedRegex("\"(base_url|url|url_root)\": \"[^\"/]*//[^/\"]*")]
    private static partial Regex UrlValue();

    [GeneratedRegex(@"q=(?!(0(\.\d*)?|1(\.0*)?)\s*(,|;|$))")]
    private static partial Regex BadQuality();
}
