using System.Net;
using System.Security.Claims;

namespace Modular.Logging.Tests;

public sealed class RequestLineTests
{
    [Fact]
    public async Task A_structured_line_has_everything_as_properties()
    {
        var (app, log, clock) = Logged(new() { Format = RequestLogFormat.Structured });
        app.Get("/item/<int:id>", (int id) =>
        {
            clock.Pass(12.34);
            return $"item {id}";
        }, endpoint: "item");
        await using var client = app.TestClient();

        await client.GetAsync("/item/7?q=tea", new() { Headers = [("X-Request-ID", "abc-1")] });

        Assert.Equal("GET /item/7?q=tea responded 200 with 6 bytes in 12.3 ms (item, 127.0.0.1, abc-1)", log.Request.Text);
        Assert.Equal(LogLevel.Information, log.Request.Level);
        Assert.Equal(("GET", "/item/7", "?q=tea", 200, 6L, 12.3, "item", "127.0.0.1", "abc-1"),
            (P("Method"), P("Path"), P("Query"), P("Status"), P("Bytes"), P("Elapsed"), P("Endpoint"), P("RemoteAddr"), P("RequestId")));

        object? P(string name) => log.Request.Properties[name];
    }

    [Fact]
    public async Task A_common_line_is_that_of_web_servers()
    {
        var (app, log, _) = Logged(new() { Format = RequestLogFormat.Common });
        app.Get("/page", () => "Hello", endpoint: "page");
        app.UseMiddleware(next => http =>
        {
            http.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "peter pan")], "test"));
            return next(http);
        });
        await using var client = app.TestClient();

        await client.GetAsync("/page?x=1");

        Assert.Equal("127.0.0.1 - peter+pan [10/Oct/2000:13:55:36 -0700] \"GET /page?x=1 HTTP/1.1\" 200 5", log.Request.Text);
    }

    [Fact]
    public async Task A_combined_line_adds_referrer_and_user_agent()
    {
        var (app, log, _) = Logged(new() { Format = RequestLogFormat.Combined });
        app.Get("/", () => Abort(404), endpoint: "none");
        await using var client = app.TestClient(new() { Headers = [] });

        await client.HeadAsync("/", new() { Headers = [("Referer", "http://a.test/?token=x#frag"), ("User-Agent", "Tests/1.0 \"quoted\"")] });
        await client.HeadAsync("/");

        Assert.Equal(
            [
                "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"HEAD / HTTP/1.1\" 404 - \"http://a.test/?token=***\" \"Tests/1.0 \\u0022quoted\\u0022\"",
                "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"HEAD / HTTP/1.1\" 404 - \"-\" \"-\"",
            ],
            log.Requests.Select(line => line.Text));
    }

    [Fact]
    public async Task Bytes_are_counted_however_the_response_is_sent()
    {
        var (app, log, _) = Logged(new());
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "0123456789");
        app.Get("/text", () => "12345", endpoint: "text");
        app.Get("/pieces", Pieces, endpoint: "pieces");
        app.Get("/file", () => SendFile(file, new() { MimeType = "text/plain" }), endpoint: "file");
        app.Get("/result", () => Results.Text("1234567"), endpoint: "result");
        await using var client = app.TestClient();

        foreach (var path in new[] { "/text", "/pieces", "/file", "/result", "/none" }) await client.GetAsync(path);
        var missing = (long)log.Requests[^1].Properties["Bytes"]!;
        File.Delete(file);

        Assert.Equal([5L, 6L, 10L, 7L], log.Requests.SkipLast(1).Select(line => line.Properties["Bytes"]));
        Assert.True(missing > 100);

        static async IAsyncEnumerable<string> Pieces()
        {
            yield return "123";
            await Task.Yield();
            yield return "456";
        }
    }

    [Fact]
    public async Task The_address_is_the_one_that_a_fixer_found_whichever_was_installed_first()
    {
        var (app, log, _) = Logged(new());
        app.UseProxyFix(new() { Prefix = 1, TrustedProxies = ["127.0.0.1"] });
        app.Get("/", () => "", endpoint: "index");
        await using var client = app.TestClient();

        await client.GetAsync("/", new() { Headers = [("X-Forwarded-For", "9.9.9.9"), ("X-Forwarded-Prefix", "/shop")] });

        Assert.Equal(("9.9.9.9", "9.9.9.9", "/"), (log.Request.Properties["RemoteAddr"], log.Request.Scope["RemoteAddr"], log.Request.Properties["Path"]));
    }

    [Theory]
    [InlineData("/health", false)]
    [InlineData("/healthy", true)]
    [InlineData("/static/a.css", false)]
    [InlineData("/static/../page", false)]
    [InlineData("/page", true)]
    public async Task Excluded_paths_are_not_logged_but_their_exceptions_are(string path, bool isLogged)
    {
        var (app, log, _) = Logged(new() { Except = ["/health", "/static/*"] });
        app.Get("/<path:any>", (string any) => any, endpoint: "any");
        app.Get("/health", () => Fails("ill"), endpoint: "health");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        await client.GetAsync(path);

        Assert.Equal((isLogged, path == "/health"), (log.Requests.Count == 1, log.All.Any(line => line.Error is not null)));
    }

    [Fact]
    public async Task An_exception_is_logged_once_with_its_request()
    {
        var (app, log, _) = Logged(new());
        app.Get("/fails/<name>", (string name) => Fails(name), endpoint: "fails");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        await client.GetAsync("/fails/badly", new() { Headers = [("X-Request-ID", "id-1")] });

        var error = Assert.Single(log.All, line => line.Error is not null);
        Assert.Equal(("Exception on /fails/badly [GET]", "id-1", "GET", "/fails/badly", "fails"),
            (error.Text, error.Scope["RequestId"], error.Scope["Method"], error.Scope["Path"], error.Scope["Endpoint"]));
        Assert.Equal(500, log.Request.Properties["Status"]);
    }

    [Fact]
    public async Task An_exception_that_propagates_to_the_host_gets_its_line_too()
    {
        var (app, log, _) = Logged(new());
        app.Get("/fails", () => Fails("on"), endpoint: "fails");
        await using var client = app.TestClient();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/fails"));

        Assert.Equal(500, log.Request.Properties["Status"]);
    }

    [Fact]
    public async Task A_slow_request_gets_its_own_warning()
    {
        var (app, log, clock) = Logged(new() { SlowerThan = TimeSpan.FromMilliseconds(100) });
        app.Get("/<int:ms>", (int ms) =>
        {
            clock.Pass(ms);
            return "";
        }, endpoint: "wait");
        await using var client = app.TestClient();

        await client.GetAsync("/100", new() { Headers = [("X-Request-ID", "quick")] });
        await client.GetAsync("/101", new() { Headers = [("X-Request-ID", "slow")] });

        var warning = Assert.Single(log.Requests, line => line.Level == LogLevel.Warning);
        Assert.Equal("GET /101 took 101 ms, more than 100 ms (wait, slow)", warning.Text);
    }

    [Fact]
    public void A_limit_of_no_time_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new LoggingOptions { SlowerThan = TimeSpan.Zero });

        Assert.StartsWith("SlowerThan must be greater than zero.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_disconnects_before_the_response_is_a_499()
    {
        var (app, log, _) = Logged(new());
        var asked = new TaskCompletionSource();
        app.Get("/", async (CancellationToken gone) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, gone);
            return "";
        }, endpoint: "wait");
        await using var host = app.Build(builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(log);
            Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.ConfigureKestrel(builder.WebHost, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        });
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Urls.First()) };
        using var leave = new CancellationTokenSource();

        var request = client.GetAsync("/", leave.Token);
        await asked.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await host.StopAsync();

        Assert.Equal(499, log.Requests[0].Properties["Status"]);
    }

    internal static string Fails(string why) => throw new InvalidOperationException(why);

    internal static (ModularApp App, LogLines Log, Clock Clock) Logged(LoggingOptions options)
    {
        var (app, log, clock) = (new ModularApp(new() { StaticFolder = null }), new LogLines(), new Clock());
        app.Services.AddSingleton<ILoggerProvider>(log).AddSingleton<TimeProvider>(clock);
        app.UseLogging(options);
        return (app, log, clock);
    }
}
