using System.Text;

namespace Conformance.Tests.Sections;

sealed class RequestSection : ISection
{
    static readonly string[] Queries =
    [
        "a=1&b=2&a=3", "q=x", "q=", "q", "", "q=%20+%2B", "n=5&q=x", "n=x", "n= 5", "n=+5", "n=-3", "n=1_0", "n=99999999999999999999", "n=1.5", "n=٣", "a=%FF", "a=%zz&b=%", "&&a=1&&", "a=1;b=2", "=x", "a==b",
        "%C3%BC=%E4%B8%96", "a[]=1&a[]=2", "a=b=c", "q=a%00b", "q=%E4%B8", "token=1", "a=1&A=2", "name=X-Foo", "name=x-foo", "name=", "name=Host", "q=😀", "a=+", "q=<b>", "n=%0A5", "n=5%20", "n=0x10", "n=--1", "n=", "n",
        "q=%u00e9", "q=%e9", "a=%F0%9F%98%80&a=%ED%A0%80", "q=%C0%AF", "a=1&a=1&a", "?a=1", "a=1#b", "q=\"'", "n=007", "n=-0", "n=1__0", "n=_1", "=", "&", "a&b&c", "q=%2526",
    ];

    static readonly string[] Accepts =
    [
        "application/json", "text/html", "*/*", "text/*", "text/html;q=0.5, application/json", "text/html;q=0.5, application/json;q=0.4", "application/json;q=0", "image/png", "", "text/html, */*;q=0.1",
        "application/*", "text/html;level=1", "*/*;q=0", "garbage", "text/html;q=x", "application/json;q=1.5", "TEXT/HTML", "application/json; charset=utf-8", "text/html;q=0.8,application/*;q=0.9",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json;q=0,*/*", "*", "text/html;q=0.5;x=1", "text/html; q=0.3 , application/json ; q=0.3", ",,", "*/json", "text/html;q=-1", "text/html;q=0.0001",
    ];

    static readonly string[] Cookies =
    [
        "theme=dark", "theme=a; theme=b", "a=1; b=2;c=3", "theme=\"a b\"", "theme=\"a\\073b\"", "theme=", "theme", "=x", "a=b=c", "theme=%C3%BC", "theme=\"unclosed", ";;a=1;", "  theme = dark ", "theme=a,b",
        "$Version=1; theme=x", "theme=ü", "a b=c", "theme=\"\\303\\274\"", "theme=\"a\\\"b\"", "theme=\"a\\\\b\"", "theme=\"\"", "theme=\"", "a=1;theme=2", "theme=a; THEME=b", "theme=a b c", "theme=a\tb", "ü=1", "theme=\"a;b\"", "", ";", "theme=\"\\1\"",
    ];

    static readonly string[] Types =
    [
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8", "APPLICATION/X-WWW-FORM-URLENCODED",
        "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=X", "application/json",
    ];

    public RawRequest Next(Random random)
    {
        var query = Draw.Percent(random.Of<string>(Queries), "%&=+;[]<>_/.-?\"'");
        return random.Next(10) switch
        {
            0 or 1 => new(random.Of("GET", "GET", "HEAD"), $"/req/{random.Of("args", "arg", "search", "values")}?{query}"),
            2 or 3 => RawRequest.Post(random.Of("/req/form", "/req/login", "/req/values?q=1&a=0", "/req/form?x=1"), random.Of<string>(Types),
                random.Of(query, "username=a&password=b", "username=x", "password=", $"a={new string('x', random.Of(10, 1000))}", "username=%C3%BC&password=+", "username=a&username=b&password=c")) with
            {
                Method = random.Of("POST", "POST", "POST", "PUT", "PATCH", "DELETE", "GET"),
                IsChunked = random.Chance(.1),
            },
            4 => RawRequest.Post("/req/data", random.Of("", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/json"), Bytes(random)) with
            {
                Method = random.Of("POST", "PUT"),
                IsChunked = random.Chance(.2),
            },
            5 => RawRequest.Get(random.Of("/req/cookies", "/req/cookie"), ("Cookie", random.Of<string>(Cookies))),
            6 => RawRequest.Get($"/req/header?{random.Of("name=X-Foo", "name=x-foo", "name=Host", "name=", "name=Accept", "name=Content-Type", "name=Content-Length", "")}", Foo(random)),
            7 => RawRequest.Get("/req/accept", random.Chance(.05) ? [] : [("Accept", random.Of<string>(Accepts))]),
            _ => Info(random, query),
        };
    }

    static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Of(0, 1, 100, 5000)];
        random.NextBytes(bytes);
        return bytes;
    }

    static (string, string)[] Foo(Random random) => random.Next(7) switch
    {
        0 or 1 => [("X-Foo", "bar")],
        2 => [("X-Foo", "a"), ("X-Foo", "b")],
        3 => [("X-Foo", "")],
        4 => [("x-foo", "  sp")],
        5 => [("Accept", "text/html"), ("Content-Type", "a/b")],
        _ => [],
    };

    static RawRequest Info(Random random, string query)
    {
        var target = $"/req/info{random.Of("", "/x", "/a/b", $"/{Draw.Percent(random.Word(), "/")}", "/a%20b", "/%C3%BC", "/", "/a//b", "/%25", "/%2f")}{random.Of("", "?", "?a=b", $"?{query}")}";
        List<(string, string)> headers = [];
        if (random.Chance(.3)) headers.Add(("User-Agent", random.Of("curl/8", "", "Mozilla/5.0 (X11)")));
        if (random.Chance(.3)) headers.Add(("Referer", random.Of("http://x/", "x y", "")));
        if (random.Chance(.3)) headers.Add(("Content-Type", random.Of("text/html; charset=utf-8", "TEXT/Plain", "application/json", "a", ";")));
        if (random.Chance(.2)) headers.Add(random.Of(("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/p"), ("Forwarded", "for=1.2.3.4")));
        return new(random.Of("GET", "GET", "POST", "HEAD", "OPTIONS"), target)
        {
            Headers = [.. headers],
            Body = random.Chance(.1) ? "abc"u8.ToArray() : [],
            IsChunked = random.Chance(.03),
            Host = random.Of("localhost", "localhost:80", "example.com:8080", "EXAMPLE.com", "xn--n3h.net", "[::1]:5000", "127.0.0.1:1", "example.com:443", "a.b.c"),
        };
    }
}

sealed class JsonSection : ISection
{
    static readonly string[] Bodies =
    [
        "{\"a\":1}", "[1,2]", "\"x\"", "1", "null", "", "{", "{\"a\":1,}", "{\"a\":1}x", "\ufeff{\"a\":1}", "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":1.0}", "{\"a\":99999999999999999999999}", "{\"a\":1,\"a\":2}",
        " {\"ü\": \"ß\"} ", "true", "[[[]]]", "{\"a\":\"\\u0000\"}", "{'a':1}", "// c\n1", "-0", "0.1", "1E5", "01", "[1,]", "\n[1]\n", "{\"a\":\"\t\"}", "+1", ".5", "5.", "[1 2]", "{\"a\" 1}", "\"\\x\"", "tru", "{\"\":{}}",
        "1.7976931348623157e308", "123456789.123456789", "1e-7", "[1.5e300, -2, 3.0]", "\"é\"", "{\"z\":1,\"a\":{\"y\":[],\"b\":null}}", "\f1", "\u00a01", "1//", "-", "[", "]", "{\"a\":[{\"b\":[1,{\"c\":\"d\"}]}]}",
    ];

    public RawRequest Next(Random random)
    {
        var body = random.Chance(.06) ? [0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xFF, 0x22, 0x7D] : Encoding.UTF8.GetBytes(random.Of<string>(Bodies));
        var type = random.Of("application/json", "application/json", "application/json", "application/json; charset=utf-8", "application/vnd.api+json", "text/json", "text/plain", "", "APPLICATION/JSON", "application/jsonx", "application/json;", "application/+json",
            "application/x-www-form-urlencoded");
        return RawRequest.Post(random.Of("/req/json", "/req/json-silent", "/req/json-force"), type, body) with
        {
            Method = random.Of("POST", "POST", "POST", "POST", "POST", "POST", "GET", "PUT"),
            IsChunked = random.Chance(.1),
        };
    }
}
