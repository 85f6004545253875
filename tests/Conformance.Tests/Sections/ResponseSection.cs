using System.Globalization;

namespace Conformance.Tests.Sections;

sealed class ResponseSection : ISection
{
    static readonly string[] Rules =
    [
        "str", "unicode", "bytes", "empty", "status", "headers", "headers-list", "full", "dict", "list", "dict-status", "jsonify", "object", "object-tuple", "content-type", "stream", "stream-context",
        "stream-big", "none", "badtuple", "redirect", "redirect-endpoint", "abort-response", "make", "after-this", "nocontent", "etag", "app-error", "special-app-error", "boom", "key-error",
    ];

    static readonly string[] Places =
    [
        "/hello", "http://example.com/x", "//evil.com", "ü", "/a b", "?x=1", "", "/x\r\nSet-Cookie: a=b", "/a\"b<c>", "#f", "/%zz", "/a%20b", "javascript:alert(1)", "\\\\x", "/☃?ü=ß#☃", "/a?b=c d&e=%", "mailto:a@b", "/a|b^c`{}",
        "http://example.com", "https://user:pw@example.com:8080/a;b?c#d", "/[x]", "/a\tb", "///x", "/%E4%B8%96/世", "http:/x",
    ];

    static readonly (string, string)[] Conditions =
    [
        ("If-None-Match", "\"abc123\""), ("If-None-Match", "W/\"abc123\""), ("If-None-Match", "\"x\""), ("If-None-Match", "*"), ("If-None-Match", "abc123"), ("If-None-Match", "\"x\", \"abc123\""), ("If-None-Match", ""),
        ("If-Match", "\"abc123\""), ("If-Match", "\"x\""), ("If-Match", "*"), ("If-Match", "W/\"abc123\""), ("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Range", "bytes=0-3"), ("If-Range", "\"abc123\""),
    ];

    public RawRequest Next(Random random)
    {
        var method = random.Chance(.7) ? "GET" : random.Of("HEAD", "OPTIONS", "POST");
        return random.Next(7) switch
        {
            0 => new(method, $"/resp/abort/{random.Of(random.Next(400, 432), random.Next(400, 432), 200, 301, 302, 304, 404, 418, 410, 431, 451, 500, 501, 502, 503, 504, 505, 599, 499, 100, 0, 999, 1000, 600, 404).ToString(CultureInfo.InvariantCulture)}"),
            1 or 2 => new(method, $"/resp/redirect?{Draw.Query(("to", random.Of<string>(Places)), ("code", random.Of("302", "301", "303", "307", "308", "304", "300", "305", "200", "404", "abc", "", "306", "399", " 302", "+302")))}"),
            3 => new(method, "/resp/etag") { Headers = random.Chance(.5) ? [random.Of<(string, string)>(Conditions)] : [random.Of<(string, string)>(Conditions), random.Of<(string, string)>(Conditions)] },
            4 => RawRequest.Get($"/resp/escape/{random.Filled("{}")}{random.Of("", "/", "/x", "%20y", "%3Cscript%3E")}"),
            _ => Rule(random, method),
        };
    }

    static RawRequest Rule(Random random, string method)
    {
        var rule = random.Of<string>(Rules);
        return new(method, $"/resp/{rule}{(rule == "stream-context" && random.Chance(.7) ? $"?name={Draw.Percent(random.Word())}" : "")}");
    }
}

sealed class CookieSection : ISection
{
    public RawRequest Next(Random random)
    {
        if (random.Chance(.05)) return RawRequest.Get("/cookie/two");
        List<(string, string)> pairs = [];
        Maybe(.6, "name", "theme", "a", "a b", "ü", "", "x;y", "__Host-x", "a=b", "a,b", "a.b-c_d", "$x", "Path");
        Maybe(.8, "value", "dark", "a b", "a;b", "a,b", "\"q\"", "ü", "", "\\", "a=b", "%20", "a\tb", new string('x', 50), "😀", "a\nb", "a\r\nb", " a ", "!#$&'()*+-./:<=>?@[]^_`{|}~", "\"", "\u007f", "世界", "a\\b\"c");
        Maybe(.3, "max_age", "0", "60", "-1", "x", "31536000", "1.5", "", "3600");
        Maybe(.3, "expires", "0", "1700000000", "-1", "9999999999", "x", "1", "2147483648");
        Maybe(.3, "path", "/", "/x", "", "/a b", "/ü", "/a;b", "/x/y/", "x");
        Maybe(.3, "domain", "example.com", ".example.com", "localhost", "ü.com", "", "example.com:80", "EXAMPLE.com", "sub.example.com");
        Maybe(.3, "samesite", "Lax", "strict", "NONE", "bogus", "", "none");
        Maybe(.3, "secure", "1", "0", "true");
        Maybe(.3, "httponly", "1", "0", "");
        return RawRequest.Get($"{random.Of("/cookie/set?", "/cookie/set?", "/cookie/delete?")}{Draw.Query(pairs)}");

        void Maybe(double share, string name, params ReadOnlySpan<string> values)
        {
            if (random.Chance(share)) pairs.Add((name, random.Of(values)));
        }
    }
}
