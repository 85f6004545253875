using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Console;

namespace Modular.Logging.Tests;

[Collection(nameof(Alone))]
public sealed class ProviderTests
{
    [Fact]
    public async Task The_console_shows_a_line_for_each_request()
    {
        var text = await Written(_ => { }, new() { Format = RequestLogFormat.Common });

        Assert.Contains("info: Modular.Logging[3]", text, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /page HTTP/1.1\" 200 5", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_JSON_console_shows_one_object_for_each_line_with_properties_and_scope()
    {
        var text = await Written(services => services.AddLogging(logging => logging.AddJsonConsole(console => console.IncludeScopes = true)), new());

        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("Category").GetString() == "Modular.Logging");
        Assert.Equal(("/page", 200, "page", "id-1"), (line.GetProperty("State").GetProperty("Path").GetString(), line.GetProperty("State").GetProperty("Status").GetInt32(),
            line.GetProperty("State").GetProperty("Endpoint").GetString(),
            line.GetProperty("Scopes").EnumerateArray().First(scope => scope.TryGetProperty("Endpoint", out _)).GetProperty("RequestId").GetString()));
    }

    [Fact]
    public async Task Nothing_is_added_when_the_host_has_its_own_providers()
    {
        var (app, log, clock) = RequestLineTests.Logged(new());
        app.Get("/page", () => "Hello", endpoint: "page");
        await using var client = app.TestClient();

        var providers = app.Services.Where(service => service.ServiceType == typeof(ILoggerProvider));
        await client.GetAsync("/page");

        Assert.Same(log, Assert.Single(providers).ImplementationInstance);
        Assert.Single(log.Requests);
        Assert.NotNull(clock);
    }

    [Fact]
    public async Task In_a_host_that_it_is_mounted_in_the_lines_go_to_the_hosts_providers()
    {
        var (outer, log, _) = (new ModularApp(), new LogLines(), 0);
        outer.Services.AddSingleton<ILoggerProvider>(log);
        var app = new ModularApp();
        app.UseLogging();
        app.Get("/page", () => "Hello", endpoint: "page");
        outer.AppDelegate = app.AppDelegate;
        await using var client = outer.TestClient();

        await client.GetAsync("/page");

        Assert.Equal("/page", log.Request.Properties["Path"]);
    }

    [Fact]
    public async Task A_disabled_level_writes_no_line_and_the_id_is_still_sent()
    {
        var (app, log, _) = RequestLineTests.Logged(new());
        app.Services.AddLogging(logging => logging.AddFilter("Modular.Logging", LogLevel.None));
        app.Get("/page", () => "Hello", endpoint: "page");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/page");

        Assert.Empty(log.Requests);
        Assert.Equal(32, response.Headers["X-Request-ID"].ToString().Length);
    }

    static async Task<string> Written(Action<IServiceCollection> configure, LoggingOptions options)
    {
        var (before, text) = (Console.Out, new StringWriter(new StringBuilder()));
        Console.SetOut(TextWriter.Synchronized(text));
        try
        {
            var app = new ModularApp(new() { StaticFolder = null });
            app.Services.AddSingleton<TimeProvider>(new Clock());
            app.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.Wait);
            configure(app.Services);
            app.UseLogging(options);
            app.Get("/page", () => "Hello", endpoint: "page");
            // Disposing of the client stops the host, which empties the console's queue.
            await using (var client = app.TestClient()) await client.GetAsync("/page", new() { Headers = [("X-Request-ID", "id-1")] });
        }
        finally
        {
            Console.SetOut(before);
        }
        return text.ToString();
    }
}
