using Microsoft.AspNetCore.Http.Features;

namespace Modular.Fixers.Tests;

// Wrap and Use do the same; the vectors go through Wrap.
public sealed class InstalledFixerTests
{
    [Theory]
    [InlineData("X-A", "é")]
    [InlineData("X A", "1")]
    [InlineData("X-Ä", "1")]
    [InlineData("X-A", "1\n2")]
    public void A_header_that_cannot_be_sent_is_refused_when_the_fixer_is_made(string name, string value)
    {
        var error = Assert.Throws<ModularException>(() => HeaderRewriterFix.Wrap(_ => Task.CompletedTask, new() { Add = [(name, value)] }));

        Assert.Equal($"HeaderRewriterFix can't add the header \"{name}\" with the value \"{value}\". "
            + "Use letters, digits and dashes in the name, and ASCII without control characters in the value.", error.Message);
    }

    [Fact]
    public async Task Headers_are_rewritten_where_the_fixer_is_installed()
    {
        var app = new ModularApp();
        app.UseHeaderRewriterFix(new() { Remove = ["x-powered-by"], Add = [("X-Frame-Options", "DENY")] });
        app.Get("/", () =>
        {
            var response = MakeResponse("Hello");
            response.Headers["X-Powered-By"] = "Modular";
            return response;
        }, endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal((0, "DENY"), (response.Headers["X-Powered-By"].Count, response.Headers["X-Frame-Options"].ToString()));
    }

    [Theory]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.0)", "")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Cookie")]
    public async Task Responses_are_corrected_for_one_browser_where_the_fixer_is_installed(string agent, string vary)
    {
        var app = new ModularApp();
        app.UseInternetExplorerFix();
        app.Get("/", () =>
        {
            var response = MakeResponse("%PDF");
            (response.ContentType, response.Headers.Vary) = ("application/pdf", "Cookie");
            return response;
        }, endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = [("User-Agent", agent)] });

        Assert.Equal(vary, response.Headers.Vary.ToString());
    }

    [Fact]
    public async Task The_path_is_read_from_the_raw_target_where_the_fixer_is_installed()
    {
        var app = new ModularApp();
        app.UsePathInfoFromRequestUriFix();
        app.Get("/a/b", () => "found", endpoint: "index");
        var inner = app.AppDelegate;
        app.AppDelegate = http =>
        {
            Assert.Equal("/a%2Fb", http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            http.Request.Path = "/garbled";
            return inner(http);
        };
        await using var client = app.TestClient();

        var response = await client.GetAsync("/a%2Fb");

        Assert.Equal("found", response.Text);
    }

    [Fact]
    public async Task Applications_are_mounted_where_the_dispatcher_is_installed()
    {
        var (app, backend) = (new ModularApp(), new ModularApp());
        backend.Get("/users", () => UrlFor("users"), endpoint: "users");
        app.UseMounts(new() { ["/backend"] = backend.AppDelegate });
        await using var client = app.TestClient();

        var response = await client.GetAsync("/backend/users");

        Assert.Equal("/backend/users", response.Text);
    }

    [Fact]
    public void Problems_of_installed_fixers_are_reported_together()
    {
        var app = new ModularApp { Debug = false };
        app.UseProxyFix(new());
        app.UseMounts(new() { ["backend"] = _ => Task.CompletedTask });

        var message = Assert.Throws<ModularException>(() => app.Build()).Message;

        Assert.StartsWith("The application can't start, for 2 reasons.", message, StringComparison.Ordinal);
    }
}
