namespace Modular.Tests.Hosting;

public sealed class TrappedErrorTests
{
    [Theory]
    [InlineData("/abort")]
    [InlineData("/nowhere")]
    [InlineData("/field")]
    public async Task Trapped_http_errors_are_logged_and_answered_with_500(string path)
    {
        var log = new LogLines();
        await using var client = App(new() { TrapHttpExceptions = true }, log).TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync(path);

        Assert.Equal(500, response.Status);
        Assert.Equal($"Exception on {path} [GET]", Assert.Single(log.Errors).Text);
    }

    [Theory]
    [InlineData("/field", 500)]
    [InlineData("/bad", 500)]
    [InlineData("/abort", 403)]
    public async Task Trapped_bad_requests_are_400s_alone(string path, int status)
    {
        await using var client = App(new() { TrapBadRequestErrors = true }, new()).TestClient(new() { PropagateExceptions = false });

        Assert.Equal(status, (await client.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData(null, "/field", 500)]
    [InlineData(null, "/bad", 400)]
    [InlineData(false, "/field", 400)]
    public async Task Debug_traps_missing_fields_by_default(bool? traps, string path, int status)
    {
        var app = App(new() { TrapBadRequestErrors = traps }, new());
        app.Debug = true;
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        Assert.Equal(status, (await client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_error_with_a_handler_is_not_trapped()
    {
        var app = App(new() { TrapHttpExceptions = true }, new());
        app.ErrorHandler(403, () => ("handled", 403));
        await using var client = app.TestClient();

        Assert.Equal("handled", (await client.GetAsync("/abort")).Text);
    }

    [Fact]
    public async Task Redirects_and_given_responses_are_never_trapped()
    {
        var app = App(new() { TrapHttpExceptions = true }, new());
        app.Route("/branch/", () => "");
        app.Route("/given", () => Abort(new Response("given", 409)));
        await using var client = app.TestClient();

        Assert.Equal((308, 409), ((await client.GetAsync("/branch")).Status, (await client.GetAsync("/given")).Status));
    }

    static ModularApp App(ModularOptions options, LogLines log)
    {
        var app = new ModularApp(options);
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.Route("/abort", () => Abort(403));
        app.Route("/bad", () => Abort(400));
        app.Route("/field", () => Current.Request.Form["x"]);
        return app;
    }
}
