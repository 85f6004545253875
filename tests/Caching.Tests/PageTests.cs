using System.Security.Claims;

namespace Modular.Caching.Tests;

public sealed class PageTests
{
    [Cached(60)]
    static string Attributed() => Guid.NewGuid().ToString();

    [Fact]
    public async Task A_cached_page_is_made_once_in_its_lifetime()
    {
        var counting = new CountingApp();
        counting.App.Get("/", () => counting.Next(), endpoint: "page").Cached(TimeSpan.FromMinutes(1));
        await using var client = counting.App.TestClient();

        var (first, second) = (await client.GetAsync("/"), await client.GetAsync("/"));
        counting.Clock.Advance(TimeSpan.FromSeconds(59));
        var old = await client.GetAsync("/");
        counting.Clock.Advance(TimeSpan.FromSeconds(1));
        var fresh = await client.GetAsync("/");

        Assert.Equal(("page 1", "page 1", "page 1", "page 2"), (first.Text, second.Text, old.Text, fresh.Text));
        Assert.Equal(("", "0", "59"), (first.Headers.Age.ToString(), second.Headers.Age.ToString(), old.Headers.Age.ToString()));
        Assert.Equal(first.Headers.ContentType, second.Headers.ContentType);
    }

    [Fact]
    public async Task Views_blueprints_and_rules_say_what_is_cached_and_the_nearest_wins()
    {
        var counting = new CountingApp();
        var blog = new Blueprint("blog", "/blog").Cached(TimeSpan.FromMinutes(1));
        blog.Get("/a", () => counting.Next(), endpoint: "a");
        blog.Get("/b", () => counting.Next(), endpoint: "b").Cached(TimeSpan.FromHours(1));
        counting.App.Register(blog);
        counting.App.Get("/attributed", Attributed);
        counting.App.Get("/plain", () => counting.Next(), endpoint: "plain");
        await using var client = counting.App.TestClient();

        Assert.Equal(await client.TextAsync("/attributed"), await client.TextAsync("/attributed"));
        Assert.Equal(("page 1", "page 2", "page 3", "page 4"), (await client.TextAsync("/blog/a"), await client.TextAsync("/blog/b"), await client.TextAsync("/plain"), await client.TextAsync("/plain")));
        counting.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(("page 5", "page 2"), (await client.TextAsync("/blog/a"), await client.TextAsync("/blog/b")));
    }

    [Fact]
    public async Task Path_and_query_and_host_make_different_pages_and_the_order_of_the_query_does_not()
    {
        var counting = new CountingApp();
        counting.App.Get("/<path:p>", (string p) => $"{p} {counting.Next()}").Cached();
        await using var client = counting.App.TestClient();
        await using var other = counting.App.TestClient(new() { BaseUrl = "http://other.test/" });

        var first = await client.TextAsync("/x?a=1&b=2");
        foreach (var path in new[] { "/x", "/y?a=1&b=2", "/x?a=1", "/x?a=1&b=2&b=2", "/x?a=1%0Ab=2", "/x?a=1%26b=2", "/X?a=1&b=2" })
            Assert.NotEqual(first, await client.TextAsync(path));

        Assert.Equal(first, await client.TextAsync("/x?b=2&a=1"));
        Assert.NotEqual(first, await other.TextAsync("/x?a=1&b=2"));
    }

    [Fact]
    public async Task The_query_values_that_count_can_be_chosen()
    {
        var counting = new CountingApp();
        counting.App.Get("/some", () => counting.Next(), endpoint: "some").Cached(configure: o => o.Query = ["page"]);
        counting.App.Get("/none", () => counting.Next(), endpoint: "none").Cached(configure: o => o.Query = []);
        await using var client = counting.App.TestClient();

        Assert.Equal(("page 1", "page 1", "page 2"), (await client.TextAsync("/some?page=1&utm=x"), await client.TextAsync("/some?page=1"), await client.TextAsync("/some?page=2")));
        Assert.Equal(("page 3", "page 3"), (await client.TextAsync("/none?a=1"), await client.TextAsync("/none")));
    }

    [Fact]
    public async Task Languages_are_the_visitors_best_match_and_not_the_header()
    {
        var counting = new CountingApp();
        counting.App.Get("/", () => $"{Current.Request.AcceptLanguages.Best("en", "de")} {counting.Next()}", endpoint: "page").Cached(configure: o => o.Languages = ["en", "de"]);
        await using var client = counting.App.TestClient();

        var german = await client.TextAsync("/", ("Accept-Language", "de-CH, de;q=0.9, en;q=0.5"));

        Assert.Equal("de page 1", german);
        Assert.Equal(german, await client.TextAsync("/", ("Accept-Language", "fr, de")));
        Assert.Equal("en page 2", await client.TextAsync("/", ("Accept-Language", "en")));
    }

    [Fact]
    public async Task A_page_that_varies_is_kept_for_each_value_of_the_header()
    {
        var counting = new CountingApp();
        counting.App.Get("/", () => new Response($"{Current.Request.Headers["X-Theme"]} {counting.Next()}") { Headers = { Vary = "X-Theme, Accept" } }, endpoint: "page").Cached();
        await using var client = counting.App.TestClient();

        var dark = await client.TextAsync("/", ("X-Theme", "dark"));
        var light = await client.TextAsync("/", ("X-Theme", "light"));

        Assert.Equal(("dark page 1", "light page 2"), (dark, light));
        Assert.Equal((dark, light), (await client.TextAsync("/", ("X-Theme", "dark")), await client.TextAsync("/", ("X-Theme", "light"))));
        Assert.Equal(" page 3", await client.TextAsync("/"));
    }

    public static TheoryData<string, Func<string, object>> Uncached => new()
    {
        { "Vary: *", text => new Response(text) { Headers = { Vary = "Accept, *" } } },
        { "Vary: Cookie and a request with one", text => new Response(text) { Headers = { Vary = "Cookie" } } },
        { "Vary: Authorization", text => new Response(text) { Headers = { Vary = "authorization" } } },
        { "private", text => new Response(text) { Headers = { CacheControl = "max-age=5, Private" } } },
        { "no-store", text => new Response(text) { Headers = { CacheControl = "no-store" } } },
        { "private field", text => new Response(text) { Headers = { CacheControl = "private=\"x\"" } } },
        { "a cookie", text => { var response = new Response(text); response.SetCookie("a", "b"); return response; } },
        { "a cookie of an after hook", text => { AfterThisRequest(response => response.SetCookie("a", "b")); return text; } },
        { "a session that is read and a request with a cookie", text => { _ = Current.Session.Count; return text; } },
        { "a session that is written", text => { Current.Session["a"] = 1; return text; } },
        { "a status", text => new Response(text, 201) },
        { "a 404", text => new Response(text, 404) },
        { "an error", text => throw new HttpException(404, text) },
        { "a stream", text => new Response(new MemoryStream([.. text.Select(c => (byte)c)])) },
        { "too much", text => text + new string('x', 2000) },
    };

    [Theory, MemberData(nameof(Uncached))]
    public async Task A_page_that_is_not_for_everyone_is_not_stored(string what, Func<string, object> page)
    {
        var counting = new CountingApp(new() { MaxBodySize = 1000 });
        counting.App.UseSessions(new() { SecretKey = "caching-tests-0123456789" });
        counting.App.Get("/", () => page(counting.Next()), endpoint: "page").Cached();
        await using var client = counting.App.TestClient();
        if (what.EndsWith(" with one", StringComparison.Ordinal) || what.EndsWith(" with a cookie", StringComparison.Ordinal)) client.Cookies.Set("any", "thing");

        var (first, second) = (await client.TextAsync("/"), await client.TextAsync("/"));

        Assert.True(first.Contains("page 1", StringComparison.Ordinal) && second.Contains("page 2", StringComparison.Ordinal), $"{what}: {second}");
        Assert.True(what == "an error" || counting.Log.Lines.Any(line => line.StartsWith("The page \"/\" isn't cached: it", StringComparison.Ordinal)), what);
    }

    [Fact]
    public async Task A_page_that_reads_the_session_is_cached_for_requests_without_cookies_and_still_varies_by_cookie()
    {
        var counting = new CountingApp();
        counting.App.UseSessions(new() { SecretKey = "caching-tests-0123456789" });
        counting.App.Get("/", () => $"{Current.Session.Find("name")} {counting.Next()}", endpoint: "page").Cached();
        await using var visitor = counting.App.TestClient();
        await using var other = counting.App.TestClient();
        await using var named = counting.App.TestClient();
        await named.SessionTransactionAsync(() => Current.Session["name"] = "ada");

        var (first, own, second, again) = (await visitor.GetAsync("/"), await named.GetAsync("/"), await other.GetAsync("/"), await named.GetAsync("/"));

        Assert.Equal((" page 1", "ada page 2", " page 1", "ada page 3"), (first.Text, own.Text, second.Text, again.Text));
        Assert.Equal(("Cookie", "Cookie", "0"), (first.Headers.Vary.ToString(), second.Headers.Vary.ToString(), second.Headers.Age.ToString()));
    }

    [Fact]
    public async Task A_rule_a_view_and_a_blueprint_can_be_left_out_of_a_cached_blueprint()
    {
        var counting = new CountingApp();
        var (blog, admin) = (new Blueprint("blog", "/blog").Cached(), new Blueprint("admin", "/admin").NotCached());
        blog.Get("/cached", () => counting.Next(), endpoint: "cached");
        blog.Get("/rule", () => counting.Next(), endpoint: "rule").NotCached();
        blog.Get("/view", [NotCached] () => counting.Next(), endpoint: "view");
        admin.Get("/uncached", () => counting.Next(), endpoint: "uncached");
        admin.Get("/cached", () => counting.Next(), endpoint: "cached").Cached();
        blog.Register(admin);
        counting.App.Register(blog);
        await using var client = counting.App.TestClient();

        foreach (var (path, isCached) in new[] { ("/cached", true), ("/rule", false), ("/view", false), ("/admin/uncached", false), ("/admin/cached", true) })
            Assert.True(isCached == (await client.TextAsync($"/blog{path}") == await client.TextAsync($"/blog{path}")), path);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Only_GET_and_HEAD_are_cached(string method)
    {
        var counting = new CountingApp();
        counting.App.Route("/", () => counting.Next(), endpoint: "page", methods: ["GET", "POST", "DELETE"]).Cached();
        await using var client = counting.App.TestClient();

        Assert.Equal("page 1", await client.TextAsync("/"));
        Assert.Equal("page 2", (await client.SendAsync(method, "/")).Text);
        Assert.Equal("page 1", await client.TextAsync("/"));
        Assert.Equal((200, "0"), (await client.HeadAsync("/") is var head ? (head.Status, head.Headers.Age.ToString()) : default));
    }

    [Fact]
    public async Task A_guard_runs_before_the_cache()
    {
        var counting = new CountingApp();
        var club = new Blueprint("club", "/club").Cached();
        club.BeforeRequest(() => Current.Request.Args.ContainsKey("member") ? null : (Response)("no", 403));
        club.Get("/", () => counting.Next(), endpoint: "index");
        club.Cached(configure: o => o.Query = []);
        counting.App.Register(club);
        await using var client = counting.App.TestClient();

        Assert.Equal(("page 1", "no", "page 1"), (await client.TextAsync("/club/?member=1"), await client.TextAsync("/club/"), await client.TextAsync("/club/?member=1")));
    }

    [Fact]
    public async Task A_user_never_gets_a_page_of_another_and_gets_an_own_one_only_if_asked()
    {
        var counting = new CountingApp();
        counting.App.BeforeRequest(context =>
        {
            if (context.Request.Headers["X-User"] is [{ } name]) context.Http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name)], "test"));
        });
        counting.App.Get("/all", () => $"{Current.Context.Http.User.FindFirstValue(ClaimTypes.NameIdentifier)} {counting.Next()}", endpoint: "all").Cached();
        counting.App.Get("/own", () => new Response($"{Current.Context.Http.User.FindFirstValue(ClaimTypes.NameIdentifier)} {counting.Next()}") { Headers = { Vary = "Cookie" } }, endpoint: "own").Cached(configure: o => o.PerUser = true);
        await using var client = counting.App.TestClient();
        (string, string) ada = ("X-User", "ada"), bob = ("X-User", "bob");

        Assert.Equal(("ada page 1", " page 2", "bob page 3", " page 2"), (await client.TextAsync("/all", ada), await client.TextAsync("/all"), await client.TextAsync("/all", bob), await client.TextAsync("/all")));
        Assert.Equal(("page 2 for all", " page 4"), ("page 2 for all", (await client.TextAsync("/all", ("Authorization", "Bearer x")))));
        Assert.Equal(("ada page 5", "bob page 6", "ada page 5", "bob page 6"), (await client.TextAsync("/own", ada), await client.TextAsync("/own", bob), await client.TextAsync("/own", ada), await client.TextAsync("/own", bob)));
        Assert.Equal((" page 7", " page 7"), (await client.TextAsync("/own"), await client.TextAsync("/own")));
        Assert.Equal((" page 8", " page 9"), (await client.TextAsync("/own", ("Cookie", "a=b")), await client.TextAsync("/own", ("Cookie", "a=b"))));
    }

    [Fact]
    public async Task Headers_that_a_view_writes_to_ASP_NETs_response_count_too()
    {
        var counting = new CountingApp();
        counting.App.Get("/private", (HttpContext http) => { http.Response.Headers.CacheControl = "private"; return counting.Next(); }, endpoint: "private").Cached();
        counting.App.Get("/cookie", (HttpContext http) => { http.Response.Cookies.Append("a", "b"); return counting.Next(); }, endpoint: "cookie").Cached();
        counting.App.Get("/vary", (HttpContext http) => { http.Response.Headers.Vary = "X-Theme"; return counting.Next(); }, endpoint: "vary").Cached();
        await using var client = counting.App.TestClient(new() { UseCookies = false });
        (string, string) dark = ("X-Theme", "dark"), light = ("X-Theme", "light");

        Assert.Equal(("page 1", "page 2"), (await client.TextAsync("/private"), await client.TextAsync("/private")));
        Assert.Equal(("page 3", "page 4"), (await client.TextAsync("/cookie"), await client.TextAsync("/cookie")));
        Assert.Equal(("page 5", "page 6", "page 5"), (await client.TextAsync("/vary", dark), await client.TextAsync("/vary", light), await client.TextAsync("/vary", dark)));
        Assert.Equal("x-theme", (await client.GetAsync("/vary", new() { Headers = [dark] })).Headers.Vary.ToString(), ignoreCase: true);
    }

    [Fact]
    public async Task Users_of_two_schemes_with_one_id_have_pages_of_their_own()
    {
        var counting = new CountingApp();
        counting.App.BeforeRequest(context =>
        {
            var identities = context.Request.Headers["X-Schemes"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(scheme => new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "1")], scheme));
            context.Http.User = new(identities);
        });
        counting.App.Get("/own", () => counting.Next(), endpoint: "own").Cached(configure: o => o.PerUser = true);
        await using var client = counting.App.TestClient();

        Assert.Equal(("page 1", "page 2", "page 3", "page 1"), (await client.TextAsync("/own", ("X-Schemes", "a")), await client.TextAsync("/own", ("X-Schemes", "b")),
            await client.TextAsync("/own", ("X-Schemes", "a b")), await client.TextAsync("/own", ("X-Schemes", "a"))));
    }

    [Fact]
    public async Task A_404_is_cached_only_if_asked_and_for_its_own_time()
    {
        var counting = new CountingApp();
        counting.App.ErrorHandler(404, error => ($"handled {error.Description}", 404));
        counting.App.Get("/thrown", (Func<string>)(() => throw new HttpException(404, $"<{counting.Next()}>")), endpoint: "thrown").Cached(configure: o => o.NotFoundSeconds = 10);
        counting.App.Get("/returned", () => (counting.Next(), 410), endpoint: "returned").Cached(configure: o => o.NotFoundSeconds = 10);
        await using var client = counting.App.TestClient();

        Assert.Equal(("handled &lt;page 1&gt;", "handled &lt;page 1&gt;"), (await client.TextAsync("/thrown"), await client.TextAsync("/thrown")));
        Assert.Equal(("page 2", "page 2"), (await client.TextAsync("/returned"), await client.TextAsync("/returned")));
        Assert.Equal((404, 410), ((await client.GetAsync("/thrown")).Status, (await client.GetAsync("/returned")).Status));
        counting.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("handled &lt;page 3&gt;", await client.TextAsync("/thrown"));
    }

    [Fact]
    public async Task A_browser_that_has_the_page_gets_a_304()
    {
        var counting = new CountingApp();
        counting.App.Get("/", () => counting.Next(), endpoint: "page").Cached();
        counting.App.Get("/own", () => new Response(counting.Next()) { Headers = { ETag = "\"own\"" } }, endpoint: "own").Cached();
        await using var client = counting.App.TestClient();

        var made = (await client.GetAsync("/")).Headers.ETag.ToString();
        await client.GetAsync("/own");

        foreach (var (path, sent, status) in new[] { ("/", made, 304), ("/", $"\"x\", W/{made}", 304), ("/", "*", 304), ("/", "\"x\"", 200), ("/own", "\"own\"", 304), ("/own", made, 200) })
        {
            var response = await client.GetAsync(path, new() { Headers = [("If-None-Match", sent)] });
            Assert.Equal((status, status == 304 ? 0 : 6), (response.Status, response.Data.Length));
            Assert.Equal(path == "/" ? made : "\"own\"", response.Headers.ETag.ToString());
        }
    }

    [Fact]
    public async Task Hooks_after_the_view_run_for_each_request_and_see_the_views_own_headers()
    {
        var (counting, hooks) = (new CountingApp(), 0);
        counting.App.AfterRequest(response => { response.Headers.Append("X-Hook", $"{++hooks}"); });
        counting.App.Get("/", () => new Response(counting.Next(), contentType: "text/plain") { Headers = { ["X-View"] = "v" } }, endpoint: "page").Cached();
        await using var client = counting.App.TestClient();

        await client.GetAsync("/");
        var second = await client.GetAsync("/");

        Assert.Equal(("page 1", "text/plain", "v", "2"), (second.Text, second.Headers.ContentType.ToString(), second.Headers["X-View"].ToString(), second.Headers["X-Hook"].ToString()));
    }

    [Fact]
    public async Task Pages_are_removed_by_tag_by_path_and_by_endpoint()
    {
        var counting = new CountingApp();
        counting.App.Get("/post/<int:id>", (int id) => $"{id} {counting.Next()}", endpoint: "post").Cached(configure: o => o.Tags = ["posts"]);
        await using var client = counting.App.TestClient();
        var cache = counting.App.Cache;

        Assert.Equal(("1 page 1", "1 page 2", "2 page 3"), (await client.TextAsync("/post/1"), await client.TextAsync("/post/1?x=1"), await client.TextAsync("/post/2")));
        await cache.RemovePathAsync("/post/1", TestContext.Current.CancellationToken);
        Assert.Equal(("1 page 4", "1 page 5", "2 page 3"), (await client.TextAsync("/post/1"), await client.TextAsync("/post/1?x=1"), await client.TextAsync("/post/2")));
        await cache.RemoveByTagAsync("posts", TestContext.Current.CancellationToken);
        Assert.Equal("2 page 6", await client.TextAsync("/post/2"));
        await cache.RemoveEndpointAsync("post", TestContext.Current.CancellationToken);
        Assert.Equal("2 page 7", await client.TextAsync("/post/2"));
        await cache.RemoveByTagAsync("other", TestContext.Current.CancellationToken);
        Assert.Equal("2 page 7", await client.TextAsync("/post/2"));
    }

    [Fact]
    public async Task A_page_whose_tag_is_removed_while_it_is_made_is_not_used_again()
    {
        var counting = new CountingApp();
        counting.App.Get("/", async () =>
        {
            var page = counting.Next();
            await Current.Cache.RemoveByTagAsync("posts");
            return page;
        }, endpoint: "page").Cached(configure: o => o.Tags = ["posts"]);
        await using var client = counting.App.TestClient();

        Assert.Equal(("page 1", "page 2"), (await client.TextAsync("/"), await client.TextAsync("/")));
    }

    [Fact]
    public void A_cached_rule_without_the_plugin_stops_the_start()
    {
        var app = new ModularApp();
        app.Get("/", () => "page", endpoint: "page").Cached();

        var error = Assert.Throws<ModularException>(() => app.TestRequestContext("/"));

        Assert.Contains("app.UseCaching()", error.Message, StringComparison.Ordinal);
    }
}
