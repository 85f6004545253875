namespace Conformance.Tests.Sections;

sealed class TemplateSection : ISection
{
    static readonly string[] Hostile = ["<script>alert(1)</script>", "a & b", "&amp;", "\"", "'", "{{ 7*7 }}", "{% raw %}", "<!-- x -->", "&lt;b&gt;", "<a href=\"x\">y</a>", "&nbsp;&#39;", "\0", "a\nb", "%s", "{0}", "`", "</p>"];

    public RawRequest Next(Random random)
    {
        var word = random.Chance(.5) ? random.Word() : random.Of<string>(Hostile);
        var target = random.Next(9) switch
        {
            0 => random.Of("/tpl/hello/", "/tpl/hello"),
            1 => $"/tpl/hello/{Draw.Percent(word)}",
            2 => $"/tpl/attr?{Draw.Query(("v", word))}",
            3 or 4 => random.Of("/tpl/context", $"/tpl/context?{Draw.Query(("a", word))}"),
            5 => $"/tpl/child?{Draw.Query(Enumerable.Range(0, random.Next(4)).Select(_ => ("item", random.Chance(.7) ? random.Word() : word)))}",
            6 or 7 => random.Of("/tpl/markup", "/tpl/attr", $"/tpl/markup?{Draw.Query(("v", word))}"),
            _ => random.Of("/nope/x", "/tpl/nope", "/tpl/attr/", "/tpl/context/"),
        };
        return new(random.Chance(.75) ? "GET" : random.Of("POST", "HEAD"), target);
    }
}

sealed class MiddlewareSection : ISection
{
    public RawRequest Next(Random random)
    {
        List<(string, string)> headers = [];
        Maybe(.6, "X-Conformance-Mount", "/app", "/app", "/app/", "app", "/mw", "/a b", "/", "/ap", "/nope", "", "/info", "/mw/info", "/static", "/app/mw");
        Maybe(.6, "X-Conformance-Fix", "proxy", "proxy", "cgiroot", "x", "Proxy", "");
        Maybe(.3, "X-Conformance-Mark", "1", "1", "0");
        Maybe(.5, "X-Forwarded-For", "1.2.3.4", "1.2.3.4, 5.6.7.8", "::1", "", "1.2.3.4,", "2001:db8::1", " 9.9.9.9 ");
        Maybe(.5, "X-Forwarded-Proto", "https", "http", "https, http", "", "http,https");
        Maybe(.5, "X-Forwarded-Host", "example.com", "example.com:8443", "a.com, b.com", "", "EXAMPLE.com", "example.com:443", "[::1]:5000");
        Maybe(.5, "X-Forwarded-Prefix", "/prefix", "/a/b", "/x, /y", "", "/ü", "/a b");
        Maybe(.2, "X-Forwarded-Port", "8443", "443");
        var target = random.Of("/mw/info", "/info", "/mw/redirect", "/mw/branch", "/mw/branch/", "/app/mw/info", "/app/info", "/app", "/app/", "/app/mw/branch", "/app/mw/redirect", "/mw/info/", "/static/hello.txt",
            "/nope", "/app/nope", "/a%20b/info", "/app%2Finfo", "/app/req/info/x%2Fy?q=1", "/%C3%BC/info", "/app//info", "/mw/branch?a=b", "/app/static/hello.txt", "/app/r/branch?x=%20", "/mw/redirect?x=1", "/resp/boom", "/app/tpl/context",
            "/app/build?endpoint=user&username=x&_external=1", "/app/session/counter", "/apple/info");
        return new(random.Chance(.7) ? "GET" : random.Of("HEAD", "POST", "OPTIONS"), target) { Headers = [.. headers], Host = random.Of("localhost", "example.org:8080", "example.org:443", "EXAMPLE.org") };

        void Maybe(double share, string name, params ReadOnlySpan<string> values)
        {
            if (random.Chance(share)) headers.Add((name, random.Of(values)));
        }
    }
}
