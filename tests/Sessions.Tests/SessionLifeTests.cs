using System.Collections.Concurrent;

namespace Modular.Sessions.Tests;

public sealed class SessionLifeTests
{
    const string TooLate = "was changed after the response's headers were sent, so the browser wouldn't get the change. Change it before the view returns, or before the first chunk of a stream.";

    [Fact]
    public async Task A_visitor_logs_in_is_known_and_logs_out()
    {
        var app = Apps.New()
            .With("/", () => Current.Session.ContainsKey("username") ? $"Logged in as {Current.Session["username"]}" : "You are not logged in")
            .With("/login", () => Current.Session["username"] = "peter")
            .With("/logout", () => Current.Session.Pop("username"));
        await using var client = app.TestClient();
        await using var other = app.TestClient();

        var pages = new List<string>();
        foreach (var path in (string[])["/", "/login", "/", "/logout", "/"]) pages.Add((await client.GetAsync(path)).Text);
        await client.GetAsync("/login");

        Assert.Equal(["You are not logged in", "peter", "Logged in as peter", "peter", "You are not logged in"], pages);
        Assert.Equal("You are not logged in", (await other.GetAsync("/")).Text);
    }

    [Fact]
    public async Task Requests_that_do_not_use_the_session_get_no_session_headers()
    {
        var app = Apps.New().With("/", () => "nothing");
        await using var client = app.TestClient(new() { UseCookies = false });

        var response = await client.GetAsync("/", Apps.Cookie(new Dictionary<string, object?> { ["a"] = 1, ["text"] = new string('x', 300) }));

        Assert.Equal((0, 0), (response.Headers.SetCookie.Count, response.Headers.Vary.Count));
    }

    [Theory]
    [InlineData("/read", false, true)]
    [InlineData("/untouched", false, false)]
    [InlineData("/read", true, true)]
    [InlineData("/untouched", true, true)]
    public async Task A_permanent_session_is_refreshed_by_requests_that_use_it_and_with_the_option_by_all(string path, bool refreshUnused, bool isRefreshed)
    {
        var clock = new ManualClock();
        var app = Apps.New(new() { SecretKey = Apps.Key, RefreshUnused = refreshUnused }, clock).With("/untouched", () => "nothing").With("/read", () => Current.Session.Count);
        await using var client = app.TestClient(new() { UseCookies = false });
        clock.Now = ManualClock.Then.AddDays(30);

        var permanent = await client.GetAsync(path, $"a=b; {Apps.Cookie(new Dictionary<string, object?> { ["_permanent"] = true })}");
        var other = await client.GetAsync(path, Apps.Cookie(new Dictionary<string, object?> { ["a"] = 1 }));

        Assert.Equal(isRefreshed ? $"Expires={clock.Now.AddDays(31):r}" : "", $"{permanent.Headers.SetCookie}".Split("; ").ElementAtOrDefault(1) ?? "");
        Assert.Equal(isRefreshed ? "Cookie" : "", $"{permanent.Headers.Vary}");
        Assert.Equal((0, path == "/read" ? "Cookie" : ""), (other.Headers.SetCookie.Count, $"{other.Headers.Vary}"));
    }

    [Fact]
    public async Task A_refreshed_session_keeps_its_values_and_is_signed_again_with_the_newest_key()
    {
        var (clock, values) = (new ManualClock(), new Dictionary<string, object?> { ["_permanent"] = true, ["list"] = new List<object?> { 1, "zwei", null }, ["text"] = new string('x', 200) });
        var app = Apps.New(new() { SecretKey = "a new key of more than sixteen bytes", SecretKeyFallbacks = [Apps.Key] }, clock).With("/", () => Current.Session.Count);
        await using var client = app.TestClient(new() { UseCookies = false });
        var old = Apps.Cookie(values);
        clock.Now = ManualClock.Then.AddDays(30);

        var renewed = $"{(await client.GetAsync("/", old)).Headers.SetCookie}".Split(';')[0]["session=".Length..];

        var read = new SessionSerializer("a new key of more than sixteen bytes", clock: clock).Deserialize(renewed, TimeSpan.FromDays(1));
        Assert.Equal((SignatureProblem.None, clock.Now), (read.Problem, read.SignedAt));
        Assert.Equivalent(values, read.Value, strict: true);
        Assert.Equal(old["session=".Length..].Split('.')[0], renewed.Split('.')[0]);
    }

    [Fact]
    public async Task An_unused_session_is_not_verified_or_read()
    {
        var (clock, reads) = (new CountingClock(), 0);
        var app = new ModularApp();
        app.Services.AddSingleton<TimeProvider>(clock);
        app.UseSessions(new()
        {
            SecretKey = Apps.Key, Tags = [new SessionTag<Uri>(" uri", uri => uri.ToString(), value =>
            {
                reads++;
                return new((string)value!);
            })],
        });
        app.With("/untouched", () => "ok").With("/read", () => Current.Session["home"]);
        await using var client = app.TestClient(new() { UseCookies = false });
        var cookie = $"session={new SessionSerializer(Apps.Key, clock: clock, tags: [new SessionTag<Uri>(" uri", uri => uri.ToString(), _ => new("a:b"))]).Serialize(new Dictionary<string, object?> { ["home"] = new Uri("http://example.org/") })}";
        await client.GetAsync("/untouched");
        var before = clock.Looks;

        for (var i = 0; i < 3; i++) await client.GetAsync("/untouched", cookie);
        var untouched = (clock.Looks - before, reads);
        await client.GetAsync("/read", cookie);

        // Verifying a cookie reads the clock, to check its age.
        Assert.Equal((0, 0), untouched);
        Assert.True(clock.Looks > before);
        Assert.Equal(1, reads);
    }

    [Fact]
    public void Objects_of_the_applications_types_are_new_ones_each_time()
    {
        var names = new SessionTag<List<string>>(" names", names => string.Join(',', names), value => [.. ((string)value!).Split(',')]);
        var cart = new SessionTag<Cart>(" cart", cart => $"{cart[0]}", value => [(string)value!]);
        var words = new SessionTag<Words>(" words", words => $"{words["A"]}", value => new Words { ["a"] = value });
        var serializer = new SessionSerializer(Apps.Key, clock: new ManualClock(), tags: [names, cart, words]);
        var cookie = serializer.Serialize(new Dictionary<string, object?> { ["names"] = new List<string> { "a", "b" }, ["cart"] = new Cart { "tea" }, ["words"] = new Words { ["a"] = 1 }, ["list"] = new List<object?> { "x" } });

        Assert.Equal("""{"cart":{" cart":"tea"},"list":["x"],"names":{" names":"a,b"},"words":{" words":"1"}}""", Apps.Json(cookie));
        for (var i = 0; i < 5; i++)
        {
            var values = (Dictionary<string, object?>)serializer.Deserialize(cookie).Value!;
            Assert.Equal(["a", "b"], (List<string>)values["names"]!);
            Assert.Equal(["tea"], (Cart)values["cart"]!);
            Assert.Equal("1", ((Words)values["words"]!)["A"]);
            Assert.Equal(["x"], (List<object?>)values["list"]!);
            ((List<string>)values["names"]!).Clear();
            ((Cart)values["cart"]!).Clear();
            ((Words)values["words"]!).Clear();
            ((List<object?>)values["list"]!).Clear();
        }
    }

    // As the session's own lists and dictionaries, and yet others.
    sealed class Cart : List<object?>;

    sealed class Words() : Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public async Task A_permanent_session_that_is_read_is_kept_as_the_view_left_it()
    {
        var app = Apps.New().With("/", () =>
        {
            ((List<object?>)Current.Session["cart"]!).Add(2);       // inside of a value: as in Flask, only the refresh saves it
            return "";
        });
        await using var client = app.TestClient(new() { UseCookies = false });

        var cookie = $"{(await client.GetAsync("/", Apps.Cookie(new Dictionary<string, object?> { ["_permanent"] = true, ["cart"] = new List<object?> { 1 } }))).Headers.SetCookie}";

        var saved = (Dictionary<string, object?>)Apps.Serializer().Deserialize(cookie.Split(';')[0]["session=".Length..]).Value!;
        Assert.Equal([1, 2], (List<object?>)saved["cart"]!);
    }

    sealed class CountingClock : TimeProvider
    {
        internal int Looks { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            Looks++;
            return ManualClock.Then;
        }
    }

    [Fact]
    public async Task A_permanent_session_is_not_refreshed_when_that_is_switched_off()
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, RefreshEachRequest = false }).With("/", () => Current.Session.Permanent);
        await using var client = app.TestClient(new() { UseCookies = false });

        var response = await client.GetAsync("/", Apps.Cookie(new Dictionary<string, object?> { ["_permanent"] = true }));

        Assert.Equal(("True", 0), (response.Text, response.Headers.SetCookie.Count));
    }

    [Fact]
    public async Task The_response_varies_with_the_cookie_once()
    {
        var app = Apps.New();
        app.Route("/<path:vary>", (string vary) =>
        {
            Current.Session["a"] = 1;
            var response = new Response();
            response.Headers.Vary = vary;
            return response;
        }, endpoint: "vary");
        await using var client = app.TestClient();

        var seen = new List<string>();
        foreach (var vary in (string[])["Accept", "cookie", "Accept, Cookie", "*"]) seen.Add($"{(await client.GetAsync($"/{Uri.EscapeDataString(vary)}")).Headers.Vary}");

        Assert.Equal(["Accept,Cookie", "cookie", "Accept, Cookie", "*"], seen);
    }

    [Fact]
    public async Task Keys_are_rotated_without_logging_users_out()
    {
        var app = Apps.New(new() { SecretKey = "the key of this year", SecretKeyFallbacks = ["the key of last year"] })
            .With("/get", () => Current.Session.Find("user"))
            .With("/touch", () => Current.Session["seen"] = true);
        await using var client = app.TestClient(new() { UseCookies = false });
        var old = Apps.Cookie(new Dictionary<string, object?> { ["user"] = "peter" }, "the key of last year");

        var known = await client.GetAsync("/get", old);
        var signedAgain = await client.GetAsync("/touch", old);
        var cookie = $"{signedAgain.Headers.SetCookie}".Split(';')[0]["session=".Length..];

        Assert.Equal("peter", known.Text);
        Assert.True(Apps.Serializer("the key of this year").Deserialize(cookie).IsGood);
    }

    [Fact]
    public async Task The_session_of_a_failed_request_is_saved_too()
    {
        var app = Apps.New().With("/get", () => Current.Session.Find("a")).With("/fail", () =>
        {
            Current.Session["a"] = 1;
            throw new InvalidDataException("on purpose");
        });
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var failed = await client.GetAsync("/fail");
        var next = await client.GetAsync("/get");

        Assert.Equal((500, "1"), (failed.Status, next.Text));
    }

    [Fact]
    public async Task What_an_after_hook_writes_is_saved()
    {
        var app = Apps.New().With("/", () => Current.Session.Find("a"));
        app.AfterRequest(_ => { Current.Session["a"] = "after"; });
        await using var client = app.TestClient();

        await client.GetAsync("/");
        var next = await client.GetAsync("/");

        Assert.Equal("after", next.Text);
    }

    [Fact]
    public async Task A_stream_can_read_the_session_and_not_write_it()
    {
        var app = Apps.New();
        app.Route("/touched", () =>
        {
            Current.Session["a"] = "set before";
            return Pieces();
        }, endpoint: "touched");
        app.Route("/untouched", () => Pieces(), endpoint: "untouched");
        await using var client = app.TestClient();

        var touched = await client.GetAsync("/touched");
        var untouched = await client.GetAsync("/untouched");

        Assert.Equal($"set before The session's \"late\" {TooLate}", touched.Text);
        Assert.Equal(touched.Text, untouched.Text);

        static async IAsyncEnumerable<string> Pieces()
        {
            await Task.Yield();
            yield return $"{Current.Session.Find("a")} ";
            yield return Assert.Throws<ModularException>(() => Current.Session["late"] = 1).Message;
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Teardown_can_read_the_session_and_not_write_it(string method)
    {
        var heard = new ConcurrentQueue<string>();
        var app = Apps.New().With("/", () => "nothing");
        app.TeardownRequest(_ => heard.Enqueue($"{Current.Session.Find("a")} {Assert.Throws<ModularException>(() => Current.Session.Clear()).Message}"));
        await using (var client = app.TestClient(new() { UseCookies = false }))
            await client.SendAsync(method, "/", new() { Headers = [("Cookie", Apps.Cookie(new Dictionary<string, object?> { ["a"] = 1 }))] });

        Assert.Equal([$"1 The session's \"Clear\" {TooLate}"], heard);
    }

    [Fact]
    public async Task A_session_that_outlives_its_request_cannot_be_written()
    {
        Session? kept = null;
        var app = Apps.New().With("/", () => kept = Current.Session);
        await using var client = app.TestClient();

        await client.GetAsync("/");
        var problem = Assert.Throws<ModularException>(() => kept!.Modified = true);

        Assert.Equal($"The session's \"Modified\" {TooLate}", problem.Message);
    }

    [Fact]
    public async Task A_cookie_that_browsers_ignore_is_an_error_in_debug_and_otherwise_a_warning()
    {
        var (debug, production) = (Apps.New(), Apps.New());
        debug.Debug = true;
        foreach (var app in (ModularApp[])[debug, production]) app.With("/", () => Current.Session["a"] = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6000)));
        await using var inDebug = debug.TestClient();
        await using var inProduction = production.TestClient();

        var problem = await Assert.ThrowsAsync<ModularException>(() => inDebug.GetAsync("/"));
        var response = await inProduction.GetAsync("/");

        Assert.Matches(@"^The session's cookie takes \d{4,5} bytes with its attributes, and browsers drop cookies over 4093 bytes\. Store less in the session, or keep it on the server: Store = new\(\)\.$", problem.Message);
        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task Regenerating_gives_a_new_cookie_and_keeps_the_values()
    {
        var clock = new ManualClock();
        var app = Apps.New(clock: clock).With("/", () =>
        {
            Current.Session.Regenerate();
            return Current.Session["user"];
        });
        await using var client = app.TestClient(new() { UseCookies = false });
        var old = Apps.Cookie(new Dictionary<string, object?> { ["user"] = "peter" });
        clock.Now = clock.Now.AddSeconds(5);

        var response = await client.GetAsync("/", old);

        Assert.Equal("peter", response.Text);
        Assert.NotEqual(old, $"{response.Headers.SetCookie}".Split(';')[0]);
    }

    [Fact]
    public async Task The_session_is_there_for_hooks_error_handlers_and_views_that_take_the_context()
    {
        var app = Apps.New();
        app.BeforeRequest(() => { Current.Session["by"] = "hook"; });
        app.ErrorHandler(404, () => ($"{Current.Session["by"]}", 404));
        app.Route("/context", (RequestContext context) => $"{context.Session["by"]}", endpoint: "context");
        await using var client = app.TestClient();

        Assert.Equal(("hook", "hook"), ((await client.GetAsync("/nothing")).Text, (await client.GetAsync("/context")).Text));
    }
}
