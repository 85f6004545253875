using System.Text;

namespace Conformance.Tests;

/// <summary>Cases that the generators miss, or create too rarely: each rule once with each kind of method, sequences of sessions and hooks, and odd requests.</summary>
static class ByHand
{
    static readonly string[] Responses =
    [
        "str", "unicode", "bytes", "empty", "status", "headers", "headers-list", "full", "dict", "list", "dict-status", "jsonify", "object", "object-tuple", "content-type", "stream", "stream-context?name=x%20y",
        "stream-big", "none", "badtuple", "redirect", "redirect-endpoint", "abort-response", "make", "after-this", "nocontent", "etag", "app-error", "special-app-error", "boom", "key-error",
    ];

    static readonly string[] Files =
    [
        "hello.txt", "style.css", "app.js", "data.json", "page.html", "icon.svg", "pixel.png", "noext", "empty.txt", "big.bin", "sub/inner.txt", "name%20with%20space.txt", "%C3%BCml%C3%A4ut.txt", "a%2Bb%2520c.txt",
        "a+b%2520c.txt", ".hidden", "../secret.txt", "%2e%2e/secret.txt", "..%2Fsecret.txt", "sub/%2e%2e/%2e%2e/secret.txt", "....//secret.txt",
    ];

    internal static IEnumerable<RawRequest> Requests =>
        [.. Everywhere, .. Forms, .. Json, .. Hooks, .. Sessions, .. Flashes, .. Uploads, .. Mounts, .. StaticFiles, .. Plain];

    static IEnumerable<RawRequest> Everywhere
    {
        get
        {
            foreach (var method in new[] { "GET", "HEAD", "OPTIONS", "POST" })
                foreach (var response in Responses) yield return new(method, $"/resp/{response}");
            for (var code = 400; code < 432; code++) yield return RawRequest.Get($"/resp/abort/{code}");
            for (var code = 500; code < 512; code++) yield return RawRequest.Get($"/resp/abort/{code}");
            foreach (var (name, value) in new[] { ("X-HTTP-Method-Override", "DELETE"), ("Expect", "100-continue"), ("Connection", "keep-alive"), ("Accept", "application/json"), ("X-Requested-With", "XMLHttpRequest") })
                yield return RawRequest.Get("/nope", (name, value));
            yield return new("OPTIONS", "/");
            yield return RawRequest.Get("/build");
            yield return RawRequest.Get("/build?endpoint=user&username=a&username=b");
            yield return RawRequest.Get("/build?endpoint=user&username:none=a");
            yield return RawRequest.Get("/build?endpoint=r_int&n:int=x");
            yield return RawRequest.Get("/build?endpoint=hello&q=a&q=b&_anchor=x&_external=1&_scheme=https");
            yield return RawRequest.Get("/build?endpoint=hello&_scheme=https");
            yield return RawRequest.Get("/build?endpoint=hello&_scheme=https&_external=0");
            yield return RawRequest.Get("/build?endpoint=index&endpoint=hello");
            yield return RawRequest.Get("/req/info?a=b", ("Content-Length", "0"));
        }
    }

    static IEnumerable<RawRequest> Forms
    {
        get
        {
            foreach (var body in new[] { "a=%FF", "a=%zz", "a=1&&b", "=", "a=1;b=2", "a=ü", "%C3%BC=%C3%9F", "a=+%2B+", "a=1&a=2&b=3&a=4", "a=%00", "a" })
            {
                yield return RawRequest.Form("/req/form", body);
                yield return RawRequest.Form("/req/values?a=q&z=1", body);
                yield return RawRequest.Post("/req/form", "application/x-www-form-urlencoded; charset=iso-8859-1", body);
            }
            yield return RawRequest.Form("/req/form", "a=1") with { Method = "GET" };
            yield return RawRequest.Form("/req/values?q=1", "a=1") with { Method = "GET" };
            yield return RawRequest.Form("/req/form", "a=1") with { IsChunked = true };
            yield return RawRequest.Post("/req/data", "text/plain", "abc") with { IsChunked = true };
            yield return RawRequest.Post("/req/info", "text/plain", "abc") with { IsChunked = true };
            yield return RawRequest.Form("/req/data", "a=1");
            yield return RawRequest.Form("/req/login", "username=a");
            yield return RawRequest.Form("/req/login", "password=a");
        }
    }

    static IEnumerable<RawRequest> Json
    {
        get
        {
            foreach (var target in new[] { "/req/json", "/req/json-silent", "/req/json-force" })
                foreach (var type in new[] { "application/json", "text/plain", "", "application/problem+json; charset=latin-1" })
                    foreach (var body in new[] { "", "null", "{}", "{\"a\":", "[1,2.50,\"é\"]" }) yield return RawRequest.Post(target, type, body);
        }
    }

    static IEnumerable<RawRequest> Hooks
    {
        get
        {
            foreach (var target in new[] { "plain", "boom", "handled", "abort", "isolated", "isolated?id=1", "nope", "plain?stop=1", "plain?stop=2", "plain?stop=raise", "plain?stop=abort", "plain?replace=1", "boom?replace=1", "plain?stop=1&replace=1", "log?" })
            {
                var query = target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                foreach (var method in new[] { "GET", "HEAD", "OPTIONS", "POST" }) yield return new(method, $"/hooks/{target}{query}token=by-hand");
                yield return RawRequest.Get("/hooks/log?token=by-hand");
            }
            yield return RawRequest.Get("/hooks/log");
            yield return RawRequest.Get("/hooks/log?token=");
            yield return RawRequest.Get("/hello?token=by-hand&stop=1&replace=1");
            yield return RawRequest.Get("/hooks?token=by-hand&stop=1");
        }
    }

    static IEnumerable<RawRequest> Sessions
    {
        get
        {
            foreach (var cookie in new[] { "session=", "session=x", "session=a.b.c", "session=.a.b.c", "session=e30.AAAAAA.AAAA", "session=\"e30\"", "session=e30; session=e30", "session=eyJhIjoxfQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", $"session={new string('a', 5000)}" })
                foreach (var target in new[] { "/session/dump", "/session/", "/session/counter", "/session/clear", "/session/logout" }) yield return RawRequest.Get(target, ("Cookie", cookie));
            string[] story =
            [
                "/session/dump", "/session/clear", "/session/counter", "/session/counter", "/session/dump", "/session/nested", "/session/nested", "/session/nested?mark=1", "/session/nested", "/session/untouched",
                "/session/logout", "/session/", "+username=%3Cb%3E", "/session/", "/tpl/context", "/session/dump", "+username=x&permanent=1", "/session/dump", "/session/untouched", "/hello", "/nope", "/resp/boom", "/static/hello.txt",
                "/session/", "/session/logout", "/session/dump", "+", "+permanent=1", "/session/clear", "/session/dump", "/session/clear",
            ];
            foreach (var step in story)
                yield return (step.StartsWith('+') ? RawRequest.Form("/session/login", step[1..]) : RawRequest.Get(step)) with { KeepsCookies = true };
        }
    }

    static IEnumerable<RawRequest> Flashes
    {
        get
        {
            string[] story =
            [
                "/flash/add", "/flash/add?m=a&m=b", "/flash/add?m=c&c=info", "/flash/show-categories?f=info", "/flash/show", "/flash/add?m=%3Cb%3E&c=%22x", "/flash/page", "/flash/page", "/flash/redirect", "/nope", "/flash/show-categories",
                "/flash/same-request", "/flash/show", "/flash/twice", "/flash/add?m=1", "/flash/twice", "/flash/twice", "/flash/add?m=", "/session/dump", "/tpl/context", "/session/dump", "/flash/add?m=a&m=a&c=x&c=y", "/flash/show-categories?f=x&f=y",
                "/session/clear", "/flash/redirect", "/flash/same-request", "/session/dump",
            ];
            return story.Select(step => RawRequest.Get(step) with { KeepsCookies = true });
        }
    }

    static IEnumerable<RawRequest> Uploads
    {
        get
        {
            foreach (var name in new[] { "report.txt", "../up.txt", "..", "", "ünï.txt", "a b.txt", "/abs/path.txt", "C:\\dir\\win.txt", ".htaccess" })
            {
                var body = Encoding.UTF8.GetBytes($"--X\r\nContent-Disposition: form-data; name=\"the_file\"; filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"\r\nContent-Type: text/plain\r\n\r\ncontent of {name}\r\n--X--\r\n");
                foreach (var target in new[] { "/upload", "/upload/one", "/upload/save" }) yield return RawRequest.Post(target, "multipart/form-data; boundary=X", body);
                yield return RawRequest.Get($"/upload/stored/{Draw.Percent(name)}");
                yield return RawRequest.Get($"/upload/secure?name={Draw.Percent(name)}");
            }
            yield return RawRequest.Get("/upload/secure");
            yield return RawRequest.Form("/upload", "a=1&a=2");
            yield return RawRequest.Form("/upload/one", "the_file=x");
            yield return RawRequest.Post("/upload", "", "");
            yield return RawRequest.Get("/upload");
        }
    }

    static IEnumerable<RawRequest> Mounts
    {
        get
        {
            foreach (var target in new[] { "/app/mw/info", "/app", "/app/", "/app/mw/branch", "/app/mw/redirect", "/app/static/hello.txt", "/app/nope", "/app/r/branch", "/app/session/counter", "/app/m/post", "/app/resp/boom", "/application/mw/info" })
                foreach (var fix in new[] { "", "proxy", "cgiroot" })
                    foreach (var method in new[] { "GET", "OPTIONS" })
                        yield return new(method, target)
                        {
                            Headers = [("X-Conformance-Mount", "/app"), ("X-Conformance-Fix", fix), ("X-Conformance-Mark", "1"), ("X-Forwarded-For", "1.1.1.1, 2.2.2.2"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "front.example"), ("X-Forwarded-Prefix", "/front")],
                        };
            foreach (var (name, values) in new[] { ("For", "1.2.3.4|9.9.9.9, ::1|"), ("Proto", "https|http, https|https, http|"), ("Host", "host.example:8080|a, b|127.0.0.1|"), ("Prefix", "/x|/a, /b||/x%20y") })
                foreach (var value in values.Split('|'))
                    yield return RawRequest.Get("/mw/info", ("X-Conformance-Fix", "proxy"), ($"X-Forwarded-{name}", value));
            yield return RawRequest.Get("/mw/info", ("X-Conformance-Fix", "proxy"), ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-For", "5.6.7.8"));
        }
    }

    static IEnumerable<RawRequest> StaticFiles
    {
        get
        {
            foreach (var file in Files)
            {
                foreach (var method in new[] { "GET", "HEAD", "OPTIONS", "POST" }) yield return new(method, $"/static/{file}");
                foreach (var range in new[] { "bytes=0-3", "bytes=-3", "bytes=3-", "bytes=500000-", "bytes=0-1,2-3" }) yield return RawRequest.Get($"/static/{file}", ("Range", range));
                yield return RawRequest.Get($"/static/{file}", ("If-None-Match", "*"));
                yield return RawRequest.Get($"/static/{file}", ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"));
                yield return RawRequest.Get($"/static/{file}", ("Accept-Encoding", "gzip, br"));
            }
        }
    }

    static IEnumerable<RawRequest> Plain =>
        from target in new[] { "/", "/boom", "/boom-post", "/none", "/session", "/build-missing", "/tpl-missing", "/nope", "/abort/404", "/abort/500", "/abort/418", "/abort/401", "/abort/405", "/static/hello.txt" }
        from method in new[] { "GET", "HEAD", "OPTIONS", "POST" }
        select new RawRequest(method, target) { IsToPlain = true };
}
