using System.Globalization;

namespace Modular.Testing.Tests;

public class CookieTests
{
    static ModularApp Cookies()
    {
        var app = new ModularApp();
        app.Route("/", () => Show(), endpoint: "index");
        app.Route("/account/", () => Show(), endpoint: "account");
        app.Route("/set/<name>", (string name) =>
        {
            var response = MakeResponse("set");
            var args = Current.Request.Args;
            response.SetCookie(name, args.Get("value", "1"), new()
            {
                Path = args.Get("path", "/"), Secure = args.ContainsKey("secure"), Domain = args.Find("domain"),
                MaxAge = args.Find("age") is { } age ? TimeSpan.FromSeconds(int.Parse(age, CultureInfo.InvariantCulture)) : null,
            });
            return response;
        }, endpoint: "set");
        app.Route("/delete/<name>", (string name) =>
        {
            var response = MakeResponse("deleted");
            response.DeleteCookie(name);
            return response;
        }, endpoint: "delete");
        return app;

        static string Show() => string.Join(';', Current.Request.Cookies.Keys.Order().Select(name => $"{name}={Current.Request.Cookies[name]}"));
    }

    [Fact]
    public async Task Cookies_are_kept_replaced_and_deleted()
    {
        await using var client = Cookies().TestClient();

        await client.GetAsync("/set/a?value=1");
        await client.GetAsync("/set/b?value=2");
        var both = (await client.GetAsync("/")).Text;
        await client.GetAsync("/set/a?value=3");
        var replaced = (await client.GetAsync("/")).Text;
        await client.GetAsync("/delete/a");
        var deleted = (await client.GetAsync("/")).Text;

        Assert.Equal(("a=1;b=2", "a=3;b=2", "b=2"), (both, replaced, deleted));
    }

    [Fact]
    public async Task A_cookie_goes_only_to_its_path()
    {
        await using var client = Cookies().TestClient();

        await client.GetAsync("/set/a?path=/account");

        Assert.Equal(("", "a=1"), ((await client.GetAsync("/")).Text, (await client.GetAsync("/account/")).Text));
    }

    [Fact]
    public async Task A_cookie_that_has_expired_is_not_sent()
    {
        await using var client = Cookies().TestClient();

        await client.GetAsync("/set/old?age=-1");
        await client.GetAsync("/set/young?age=3600");

        Assert.Equal("young=1", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_secure_cookie_needs_https()
    {
        var app = Cookies();
        await using var plain = app.TestClient();
        await using var secure = app.TestClient(new() { BaseUrl = "https://localhost" });

        await plain.GetAsync("/set/a?secure");
        await secure.GetAsync("/set/a?secure");

        Assert.Equal(("", "a=1"), ((await plain.GetAsync("/")).Text, (await secure.GetAsync("/")).Text));
    }

    [Theory]
    [InlineData("Grüße, ; = \" \\ 世界")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task Any_value_comes_back_as_it_was_set(string value)
    {
        await using var client = Cookies().TestClient();

        await client.GetAsync("/set/a", new() { Query = [("value", value)] });

        Assert.Equal($"a={value}", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_cookie_for_another_site_is_dropped_as_a_browser_would()
    {
        await using var client = Cookies().TestClient();

        var response = await client.GetAsync("/set/a?domain=evil.test");

        Assert.Equal((200, ""), (response.Status, (await client.GetAsync("/")).Text));
        Assert.Contains("Domain=evil.test", response.Headers.SetCookie.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_cookies_are_kept()
    {
        await using var client = Cookies().TestClient();

        for (var i = 0; i < 100; i++) await client.GetAsync($"/set/c{i}");

        Assert.Equal(100, (await client.GetAsync("/")).Text.Split(';').Length);
    }

    [Fact]
    public async Task Without_UseCookies_none_is_kept_and_one_can_still_be_sent()
    {
        await using var client = Cookies().TestClient(new() { UseCookies = false });

        await client.GetAsync("/set/a");

        Assert.Equal("", (await client.GetAsync("/")).Text);
        Assert.Equal("own=2", (await client.GetAsync("/", new() { Headers = [("Cookie", "own=2")] })).Text);
    }

    [Fact]
    public async Task A_cookie_set_by_hand_goes_with_those_that_are_kept()
    {
        await using var client = Cookies().TestClient();
        client.Cookies.Set("mine", "1");

        await client.GetAsync("/set/a");
        var text = (await client.GetAsync("/", new() { Headers = [("Cookie", "own=2")] })).Text;

        Assert.Equal("a=1;mine=1;own=2", text);
    }

    [Fact]
    public async Task Two_clients_are_two_visitors_of_the_same_application()
    {
        var app = Cookies();
        app.Services.AddSingleton<List<string>>();
        app.Route("/write/<text>", (string text, List<string> wall) =>
        {
            wall.Add(text);
            return string.Join(',', wall);
        }, endpoint: "write");
        await using var peter = app.TestClient();
        await using var mary = app.TestClient();

        await peter.GetAsync("/set/name?value=peter");
        await mary.GetAsync("/set/name?value=mary");
        await peter.GetAsync("/write/hello");
        var wall = await mary.GetAsync("/write/world");

        Assert.Equal(("name=peter", "name=mary"), ((await peter.GetAsync("/")).Text, (await mary.GetAsync("/")).Text));
        Assert.Equal("hello,world", wall.Text);
    }
}
