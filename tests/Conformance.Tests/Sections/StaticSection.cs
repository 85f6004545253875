namespace Conformance.Tests.Sections;

sealed class StaticSection : ISection
{
    const string Long = "Fri, 01 Jan 2100 00:00:00 GMT", Ago = "Sun, 06 Nov 1994 08:49:37 GMT";

    static readonly string[] Files =
    [
        "hello.txt", "style.css", "app.js", "data.json", "page.html", "icon.svg", "pixel.png", "noext", "empty.txt", "big.bin", "sub/inner.txt", "name with space.txt", "ümläut.txt", "a+b%20c.txt", ".hidden", "nope.txt", "sub",
        "sub/", "", "../secret.txt", "sub/../hello.txt", "./hello.txt", "..", "/hello.txt", "HELLO.txt", "hello.txt/", "sub//inner.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "hello.txt\0", "\\hello.txt", "sub\\inner.txt",
        "sub/../../secret.txt", "u\u0308mla\u0308ut.txt", "hello.txt ", "hello.txt.", "C:/x", "hello.txt::$DATA", "a b%20c.txt", "%", "//", "sub/.", "sub/..", "static/hello.txt", "hello%2Etxt",
    ];

    public RawRequest Next(Random random)
    {
        // Mostly what is there.
        var file = Files[random.Chance(.6) ? random.Next(15) : random.Next(Files.Length)];
        List<(string, string)> headers = [];
        Maybe(.4, "Range", "bytes=0-4", "bytes=5-", "bytes=-5", "bytes=0-0", "bytes=99999-", "bytes=100000-", "bytes=5-4", "bytes=0-1,3-4", "bytes", "chars=0-1", "bytes=-0", "bytes=-200000", "bytes=0-999999", "bytes= 0-4",
            "bytes=a-b", "", "bytes=", "Bytes=0-4", "bytes=0-4,", "bytes=-", "bytes=1", "bytes =0-1", "bytes=0 - 4", "bytes=+0-4");
        Maybe(.2, "If-Modified-Since", Ago, Long, "x", "", "Fri, 01 Jan 2100 00:00:00", "Friday, 01-Jan-00 00:00:00 GMT");
        Maybe(.1, "If-None-Match", "*", "\"x\"", "", "W/\"x\"");
        Maybe(.1, "If-Match", "*", "\"x\"", "");
        Maybe(.1, "If-Range", "\"x\"", Ago, Long, "", "x");
        Maybe(.05, "If-Unmodified-Since", Ago, Long);
        var raw = random.Chance(.2) && file.All(c => c is > ' ' and < (char)127) ? file : Draw.Percent(file, "/");
        return new(random.Chance(.75) ? "GET" : random.Of("HEAD", "POST", "OPTIONS", "DELETE"), $"/static/{raw}{random.Of("", "", "", "?v=1")}") { Headers = [.. headers] };

        void Maybe(double share, string name, params ReadOnlySpan<string> values)
        {
            if (random.Chance(share)) headers.Add((name, random.Of(values)));
        }
    }
}

sealed class PlainSection : ISection
{
    public RawRequest Next(Random random) =>
        new(random.Chance(.7) ? "GET" : random.Of("HEAD", "POST", "OPTIONS", "PUT"), random.Of("/", "/boom", "/boom-post", "/none", "/session", "/stream-boom", "/build-missing", "/tpl-missing", "/nope", "/static/x", "/static/hello.txt", "/boom/",
            $"/abort/{random.Of("400", "401", "403", "404", "405", "406", "408", "409", "411", "412", "413", "414", "415", "416", "417", "418", "422", "423", "424", "428", "429", "431", "451", "500", "501", "502", "503", "504", "505", "410", "200", "302", "999", "x")}"))
        {
            Headers = [("Content-Type", "application/x-www-form-urlencoded"), ("X-Conformance-Mark", "1")],
            Body = "p=x"u8.ToArray(),
            IsToPlain = true,
        };
}
