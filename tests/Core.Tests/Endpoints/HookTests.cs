namespace Modular.Tests.Endpoints;

public sealed class HookTests
{
    [Fact]
    public async Task A_before_hook_of_any_shape_continues_with_null_and_stops_with_a_response()
    {
        var app = new ModularApp();
        app.Services.AddSingleton(new Gate("closed"));
        app.BeforeRequest((Gate gate, Request request) => request.Args.Get("stop", 0) == 1 ? gate.Name : null);
        app.BeforeRequest(async (RequestContext context) =>
        {
            await Task.Yield();
            return context.Request.Args.Get("stop", 0) == 2 ? ("later", 403) : ((string, int)?)null;
        });
        app.BeforeRequest(context => new ValueTask<Response?>(context.Request.Args.Get("stop", 0) == 3 ? new Response("third", 418) : null));
        app.BeforeRequest(() => Current.Request.Args.Get("stop", 0) == 4 ? Redirect("/login") : null);
        app.BeforeRequest(async () => await Task.Yield());
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        var answers = new List<string>();
        for (var stop = 0; stop <= 4; stop++) answers.Add(await Answer(client, $"/?stop={stop}"));

        Assert.Equal(["200 view", "200 closed", "403 later", "418 third", "302 "], answers);
    }

    [Fact]
    public async Task An_after_hook_may_change_the_response_or_return_another()
    {
        var app = new ModularApp();
        app.AfterRequest(response => response.Headers["X-Last"] = response.Text);
        app.AfterRequest(response => new Response($"{response.Text}, replaced", 299));
        app.AfterRequest(async (context, response) =>
        {
            await Task.Yield();
            response.Text += $" by {context.Endpoint}";
            return response;
        });
        app.Route("/", () => "view", endpoint: "home");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal((299, "view by home, replaced", "view by home, replaced"), (response.Status, response.Text, response.Headers["X-Last"].ToString()));
    }

    [Fact]
    public async Task A_hook_for_this_request_runs_once_and_may_add_another()
    {
        var app = new ModularApp();
        app.Route("/once", () =>
        {
            AfterThisRequest(response =>
            {
                response.Text += " one";
                AfterThisRequest(again => again.Text += " two");
                return response;
            });
            return "once";
        });
        app.Route("/", () => "plain");
        await using var client = app.TestClient();

        var (once, plain) = (await client.GetAsync("/once"), await client.GetAsync("/"));

        Assert.Equal(("once one two", "plain"), (once.Text, plain.Text));
    }

    [Fact]
    public async Task An_error_in_a_before_hook_is_handled_like_a_views()
    {
        var app = new ModularApp();
        app.BeforeRequest(() => throw new TimeoutException("slow"));
        app.ErrorHandler<TimeoutException>(error => ($"handled {error.Message}", 504));
        app.AfterRequest(response => response.Headers["X-After"] = "1");
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal((504, "handled slow", "1"), (response.Status, response.Text, response.Headers["X-After"].ToString()));
    }

    [Theory]
    [InlineData("after")]
    [InlineData("after-this")]
    public async Task An_error_in_an_after_hook_is_a_500_that_the_500_handler_sees(string kind)
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        if (kind == "after") app.AfterRequest(response => throw new TimeoutException("slow"));
        else app.BeforeRequest(() => AfterThisRequest(_ => throw new TimeoutException("slow")));
        app.ErrorHandler(500, (HttpException error) => ($"sorry, {error.InnerException!.Message}", 500));
        app.Route("/", () => "view");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal("500 text/html; charset=utf-8 sorry, slow", response.ToString());
        Assert.Equal(
            ["Exception on / [GET]", "The response to an exception failed too. The default error page was sent."],
            lines.Errors.Select(line => line.Text));
    }

    [Fact]
    public async Task An_after_hook_that_returns_null_is_reported()
    {
        var app = new ModularApp();
        app.AfterRequest((Response _) => (Response)null!);
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("An after hook returned null. Return the response that it received, or another one.", error.Message);
    }

    [Fact]
    public async Task Errors_in_teardown_hooks_do_not_stop_other_hooks_or_the_response()
    {
        var (lines, ran) = (new LogLines(), new List<string>());
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.TeardownRequest(_ => ran.Add("first"));
        app.TeardownRequest(async (_, _) =>
        {
            await Task.Yield();
            throw new TimeoutException("slow");
        });
        app.TeardownRequest(_ => throw new InvalidOperationException("wrong"));
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("view", "first"), (response.Text, Assert.Single(ran)));
        var (_, text, error) = Assert.Single(lines.Errors);
        Assert.Equal("Tearing down a request failed.", text);
        Assert.Equal(["wrong", "slow"], Assert.IsType<AggregateException>(error).InnerExceptions.Select(inner => inner.Message));
    }

    [Fact]
    public async Task A_streamed_body_is_closed_when_an_after_hook_replaces_its_response()
    {
        var closed = new List<string>();
        var app = new ModularApp();
        app.AfterRequest(_ => new Response("another"));
        app.Route("/", () => new Response("text").OnClose(() => closed.Add("closed")));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("another", "closed"), (response.Text, Assert.Single(closed)));
    }

    [Fact]
    public async Task A_streamed_body_is_closed_when_an_after_hook_fails()
    {
        var closed = new List<string>();
        var app = new ModularApp();
        app.AfterRequest(response => throw new TimeoutException());
        app.Route("/", () => new Response("text").OnClose(() => closed.Add("closed")));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal((500, "closed"), (response.Status, Assert.Single(closed)));
    }

    static async Task<string> Answer(TestClient client, string path)
    {
        var response = await client.GetAsync(path);
        return $"{response.Status} {(response.Status == 302 ? "" : response.Text)}";
    }

    sealed record Gate(string Name);
}
