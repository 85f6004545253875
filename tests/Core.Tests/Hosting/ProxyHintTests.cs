namespace Modular.Tests.Hosting;

public class ProxyHintTests
{
    const string Hint = "Warning: A request has the header {0}, as proxies send it, but nothing reads it: addresses, URLs and secure cookies are as the proxy sees them. "
        + "Put a fixer around the application, or let the proxy remove the header.";

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Cluster-Client-IP")]
    [InlineData("Fastly-Client-IP")]
    [InlineData("X-Envoy-External-Address")]
    [InlineData("X-Azure-ClientIP")]
    [InlineData("X-ProxyUser-Ip")]
    public async Task Forwarded_headers_that_nobody_reads_are_told_once(string header)
    {
        var (app, log) = Logged();
        await using var client = app.TestClient();

        await client.GetAsync("/");
        await client.GetAsync("/", new() { Headers = [(header, "for=9.9.9.9")] });
        await client.GetAsync("/", new() { Headers = [(header, "for=9.9.9.9")] });

        Assert.Equal([Hint.Replace("{0}", header, StringComparison.Ordinal)], log.Complaints);
    }

    [Fact]
    public async Task A_fixer_that_keeps_the_original_address_is_seen()
    {
        var (app, log) = Logged();
        app.Use(new Probe("Fixer", host => host.UseMiddleware(_ => next => http =>
        {
            http.Features.Set(new OriginalAddress(http.Connection.RemoteIpAddress, http.Request.Scheme, http.Request.Host, http.Request.PathBase));
            return next(http);
        })));
        await using var client = app.TestClient();

        await client.GetAsync("/", new() { Headers = [("X-Forwarded-For", "9.9.9.9")] });

        Assert.Empty(log.Complaints);
    }

    [Fact]
    public async Task The_middleware_of_ASPNET_is_seen()
    {
        var (app, log) = Logged();
        var builder = new ApplicationBuilder(new ServiceCollection().AddLogging().BuildServiceProvider());
        builder.UseForwardedHeaders(new() { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor });
        builder.Run(app.AppDelegate);
        app.AppDelegate = builder.Build();
        await using var client = app.TestClient();

        await client.GetAsync("/", new() { Headers = [("X-Forwarded-For", "9.9.9.9"), ("X-Forwarded-Proto", "https")] });

        Assert.Empty(log.Complaints);
    }

    [Fact]
    public async Task Later_than_the_first_thousand_requests_nothing_is_looked_for()
    {
        var (app, log) = Logged();
        await using var client = app.TestClient();
        for (var i = 0; i < 1000; i++) await client.GetAsync("/");

        await client.GetAsync("/", new() { Headers = [("X-Forwarded-For", "9.9.9.9")] });

        Assert.Empty(log.Complaints);
    }

    static (ModularApp, LogLines) Logged()
    {
        var (app, log) = (new ModularApp(), new LogLines());
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.Get("/", () => "Hello");
        return (app, log);
    }
}
