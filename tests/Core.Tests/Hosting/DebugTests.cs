namespace Modular.Tests.Hosting;

/// <summary>What is shown when something fails, in debug and without.</summary>
public class DebugTests
{
    static ModularApp Failing(bool debug)
    {
        var app = new ModularApp(new() { Name = "failing" }) { Debug = debug };
        app.Route("/", string () => throw new InvalidOperationException("the secret"), endpoint: "index");
        return app;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_debugger_the_page_reveals_nothing_but_the_log_has_everything(bool debug)
    {
        await using var served = await Served.Start(Failing(debug));

        var reply = await served.Get("/", "Accept: text/html\r\n");

        Assert.Equal(500, reply.Status);
        Assert.Contains("<h1>Internal Server Error</h1>", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reply.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Raw, StringComparison.Ordinal);
        Assert.Null(reply.Header("Server"));
        Assert.Equal(["failing: Exception on / [GET]"], served.Log.Errors);
    }

    [Theory]
    [InlineData(null, "thrown: the secret")]
    [InlineData(true, "thrown: the secret")]
    [InlineData(false, "Internal Server Error")]
    public async Task A_layer_that_shows_exceptions_gets_them_unless_the_application_says_otherwise(bool? propagates, string expected)
    {
        var app = Failing(debug: false);
        app.PropagatesExceptions = propagates;
        app.Use(new Probe("Shows", host => host.UseMiddleware(_ => next => async http =>
        {
            http.Features.Set(new ExceptionPropagation());
            try
            {
                await next(http);
            }
            catch (InvalidOperationException error)
            {
                await http.Response.WriteAsync($"thrown: {error.Message}");
            }
        })));
        await using var served = await Served.Start(app);

        var reply = await served.Get("/");

        Assert.Contains(expected, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_debug_an_HTTP_error_is_still_a_page_and_an_error_handler_still_answers()
    {
        var app = Failing(debug: true);
        app.ErrorHandler<InvalidOperationException>(error => new Response($"handled {error.Message}"));
        await using var served = await Served.Start(app);

        var (missing, handled) = (await served.Get("/nowhere"), await served.Get("/"));

        Assert.Equal((404, "handled the secret"), (missing.Status, handled.Body));
    }

    [Fact]
    public async Task Debug_and_PropagatesExceptions_are_independent()
    {
        var app = Failing(debug: true);
        app.PropagatesExceptions = false;
        app.ErrorHandler(500, () => ("own page", 500));
        await using var served = await Served.Start(app);

        var reply = await served.Get("/");

        Assert.Equal((500, "own page"), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task More_is_logged_in_debug()
    {
        await using var debug = await Served.Start(Logging(debug: true));
        await using var plain = await Served.Start(Logging(debug: false));

        await debug.Get("/");
        await plain.Get("/");

        Assert.Contains("Debug logging: details", debug.Log.All);
        Assert.Equal(["Information logging: facts"], plain.Log.All.Where(line => line.Contains("logging", StringComparison.Ordinal)));

        static ModularApp Logging(bool debug)
        {
            var app = new ModularApp(new() { Name = "logging" }) { Debug = debug };
            app.Route("/", () =>
            {
                app.Logger.LogDebug("details");
                app.Logger.LogInformation("facts");
                return "";
            }, endpoint: "index");
            return app;
        }
    }
}
