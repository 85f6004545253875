using System.Reflection;

namespace Modular.Debugger.Tests;

/// <summary>The details of the request and the application on the page.</summary>
public sealed class FactTests
{
    // The page shows the source, too.
    static string Secret(char first) => $"{first}5ecret";

    static Task<Site> Shop(DebuggerOptions? options = null) => Site.Start(app =>
    {
        app.UseSessions(new() { SecretKey = "a key that nobody shall see", CookieName = "visit" });
        app.Config["Stripe:ApiKey"] = "sk_live_1";
        app.Config["Shop:Title"] = "Flowers";
        app.Config["ConnectionStrings:Main"] = "Host=db;Password=hunter2";
        app.Route("/in", () =>
        {
            Current.Session["user"] = "ada";
            Current.Session["csrf_token"] = "c5rf";
            return "in";
        }, endpoint: "in");
        app.Route("/item/<int:id>/<token>", string (int id, string token) =>
        {
            Current.G["basket"] = new Dictionary<string, object?> { ["roses"] = 3, ["password"] = Secret('p') };
            Current.G["api_key"] = Secret('g');
            _ = Current.Session.Count;
            throw new InvalidOperationException("broken");
        }, methods: ["GET", "POST"], endpoint: "item");
    }, options);

    // Without the commit, which the SDK appends after a plus.
    static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    static async Task<Answer> Show(Site site, HttpContent? content = null)
    {
        var cookie = (await site.Get("/in")).Headers["Set-Cookie"].Split(';')[0];
        return await site.Send("POST", "/item/7/reset-me-now?color=red&access_token=q5ecret", [("Accept", "text/html"), ("Cookie", $"{cookie}; theme=dark"), ("Authorization", "Bearer b5ecret"),
            ("X-Api-Key", "h5ecret"), ("Referer", "http://localhost/?token=r5ecret"), ("User-Agent", "browser")],
            content ?? new FormUrlEncodedContent([new("title", "Tulips"), new("password", "f5ecret")]));
    }

    [Fact]
    public async Task The_request_is_shown_as_it_was_with_session_and_g()
    {
        await using var site = await Shop();

        var answer = await Show(site);

        Assert.Equal("POST", answer.Fact("Request", "method"));
        Assert.Equal("item", answer.Fact("Request", "endpoint"));
        Assert.Equal("/item/<int:id>/<token>", answer.Fact("Request", "rule"));
        Assert.Equal("7", answer.Fact("Variables of the rule", "id"));
        Assert.Equal("red", answer.Fact("Query", "color"));
        Assert.Equal("Tulips", answer.Fact("Form", "title"));
        Assert.Equal("browser", answer.Fact("Headers", "User-Agent"));
        Assert.Equal("dark", answer.Fact("Cookies", "theme"));
        Assert.Equal("ada", answer.Fact("session", "user"));
        Assert.Equal("{roses: 3, password: ********}", answer.Fact("g", "basket"));
        Assert.Equal(VersionOf(typeof(Session)), answer.Fact("Plugins", "Modular.Sessions"));
        Assert.Equal(VersionOf(typeof(ModularApp)), answer.Fact("Application", "Modular"));
        Assert.Equal("Flowers", answer.Fact("Configuration", "Shop:Title"));
    }

    [Fact]
    public async Task Secrets_are_masked_everywhere()
    {
        await using var site = await Shop();

        var answer = await Show(site);

        foreach (var secret in (string[])["sk_live_1", "hunter2", "c5rf", "g5ecret", "p5ecret", "reset-me-now", "q5ecret", "b5ecret", "h5ecret", "r5ecret", "f5ecret", "a key that nobody shall see"])
            Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal);
        Assert.Equal("********", answer.Fact("Headers", "Authorization"));
        Assert.Equal("********", answer.Fact("Cookies", "visit"));
        Assert.Equal("********", answer.Fact("session", "csrf_token"));
    }

    [Fact]
    public async Task More_names_can_be_masked()
    {
        await using var site = await Shop(new() { Masked = ["title", "COLOR"] });

        var answer = await Show(site);

        Assert.Equal(("********", "********", "********"), (answer.Fact("Form", "title"), answer.Fact("Query", "color"), answer.Fact("Configuration", "Shop:Title")));
    }

    [Theory]
    [InlineData("Keyboard:Layout", "us", false)]
    [InlineData("author", "Ada", false)]
    [InlineData("SecretKey", "x", true)]
    [InlineData("aws_access_key_id", "x", true)]
    [InlineData("StripeKey", "x", true)]
    [InlineData("pin", "x", true)]
    [InlineData("shipping", "x", false)]
    [InlineData("cache", "redis://:pw@host/0", true)]
    [InlineData("cache", "redis://host/0", false)]
    [InlineData("db", "Server=x; Password = y", true)]
    public void When_in_doubt_a_value_is_masked_but_not_every_value(string name, string value, bool masked)
    {
        Assert.Equal(masked, new Masking([]).Hides(name, value));
    }

    sealed class Trap
    {
        public override string ToString() => throw new TimeoutException("no text");
    }

    static IEnumerable<int> Endless()
    {
        while (true) yield return 1;
    }

    sealed record Card(string Owner, string Pin);

    [Fact]
    public async Task A_value_that_throws_or_never_ends_does_not_break_the_page()
    {
        var loop = new List<object?>();
        loop.Add(loop);
        await using var site = await Site.Start(app => app.Route("/", string () =>
        {
            Current.G["trap"] = new Trap();
            Current.G["loop"] = loop;
            Current.G["long"] = new string('x', 100_000);
            Current.G["many"] = Enumerable.Range(0, int.MaxValue);
            Current.G["endless"] = Endless();
            Current.G["card"] = new Card("Ada", "1234");
            throw new InvalidOperationException("broken");
        }, endpoint: "index"));

        var answer = await site.Get("/");

        Assert.Equal("(TimeoutException: no text)", answer.Fact("g", "trap"));
        Assert.Equal("[[[[…]]]]", answer.Fact("g", "loop"));
        Assert.EndsWith("… (100000 characters)", answer.Fact("g", "long"), StringComparison.Ordinal);
        Assert.DoesNotContain("1, 1", answer.Fact("g", "endless"), StringComparison.Ordinal);
        Assert.EndsWith("24, …]", answer.Fact("g", "many"), StringComparison.Ordinal);
        Assert.Equal("Modular.Debugger.Tests.FactTests.Card {Owner: \"Ada\", Pin: ********}", answer.Fact("g", "card"));
    }

    [Fact]
    public async Task A_body_that_is_not_a_form_is_reported_in_its_place()
    {
        await using var site = await Site.Start(app =>
        {
            app.BeforeRequest(() => throw new InvalidOperationException("early"));
            app.Route("/", () => "", methods: ["POST"], endpoint: "index");
        });

        var answer = await site.Send("POST", "/", [("Accept", "text/html")], new FormUrlEncodedContent([new("a", "b")]));

        Assert.Equal(["early"], answer.Texts(".top .message"));
        Assert.Contains(answer.Texts(".facts summary"), text => text.StartsWith("Form", StringComparison.Ordinal) && text.Contains("couldn't be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unread_slots_are_named_and_not_opened()
    {
        await using var site = await Site.Start(app =>
        {
            app.UseSessions(new() { SecretKey = "key" });
            app.Route("/", string () => throw new InvalidOperationException("broken"), endpoint: "index");
        });

        var answer = await site.Get("/");

        Assert.Contains(answer.Texts(".facts summary"), text => text.StartsWith("Not read in this request", StringComparison.Ordinal) && text.Contains("session", StringComparison.Ordinal));
    }
}
