namespace Modular.Logging.Tests;

/// <summary>The section RequestLog of the configuration. The section Logging is that of .NET's log levels.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_section_changes_simple_options_of_the_program()
    {
        var (app, log, clock) = RequestLineTests.Logged(new() { Format = RequestLogFormat.Structured, RequestIdHeader = "X-Id" });
        app.Config.AddInMemoryCollection(
        [
            new("RequestLog:Format", "common"), new("RequestLog:RequestIdHeader", "X-Trace"), new("RequestLog:AcceptRequestId", "false"), new("RequestLog:SlowerThan", "00:00:01"),
            new("Logging:LogLevel:Default", "Information"),
        ]);
        app.Get("/", () =>
        {
            clock.Pass(1500);
            return "";
        }, endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = [("X-Trace", "abc-1")] });

        Assert.StartsWith("127.0.0.1 - - [", log.All.First(line => line.Level == LogLevel.Information && line.Category == "Modular.Logging").Text);
        Assert.Equal(32, response.Headers["X-Trace"].ToString().Length);
        Assert.Contains(log.All, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public void A_wrong_value_in_the_section_is_reported()
    {
        var app = new ModularApp().UseLogging();
        app.Config.AddInMemoryCollection([new("RequestLog:Format", "7")]);

        Assert.Equal("\"RequestLog:Format\" in the configuration, an option of Modular.Logging, is \"7\". Write a value of the type RequestLogFormat.",
            Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }
}
