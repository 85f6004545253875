namespace Modular.Tests.Hosting;

public sealed class NegotiatedErrorTests
{
    const string Page = "text/html; charset=utf-8";
    const string Problem = "application/problem+json";

    [Theory]
    [InlineData(null, Page)]
    [InlineData("*/*", Page)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", Page)]
    [InlineData("image/png", Page)]
    [InlineData("application/json", Problem)]
    [InlineData("application/problem+json", Problem)]
    [InlineData("application/json, text/html;q=0.5", Problem)]
    [InlineData("text/html, application/json;q=0.5", Page)]
    public async Task A_client_gets_the_error_page_that_it_prefers_with_a_Vary_header(string? accept, string type)
    {
        await using var client = App(negotiates: true).TestClient();

        var response = await client.GetAsync("/nowhere", new() { Headers = accept is null ? [] : [("Accept", accept)] });

        Assert.Equal((404, type, "Accept"), (response.Status, response.Headers.ContentType.ToString(), response.Headers.Vary.ToString()));
    }

    [Fact]
    public async Task A_problem_has_title_status_and_detail_and_keeps_the_headers()
    {
        await using var client = App(negotiates: true).TestClient();

        var (refused, missing) = (await Send(client, "DELETE", "/"), await Send(client, "GET", "/aborted"));

        Assert.Equal(
            (405, "GET, HEAD, OPTIONS", "{\"title\":\"Method Not Allowed\",\"status\":405,\"detail\":\"The method is not allowed for the requested URL.\"}"),
            (refused.Status, refused.Headers.Allow.ToString(), refused.Text));
        Assert.Equal("There is no <b> here.", missing.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_error_handler_may_change_the_page_or_answer_as_a_problem_and_keeps_status_and_headers()
    {
        var api = new Blueprint("api", "/api", new() { HandlesNotFound = true });
        api.ErrorHandler<HttpException>(error => error.ToProblem());
        api.Get("/busy", string () => throw new HttpException(503, "Come back <later>.") { Headers = { RetryAfter = "60" } }, endpoint: "busy");
        api.Get("/aborted", () => Abort(new Response("as it is", 409)), endpoint: "aborted");
        api.Get("/thrown", string () => throw new HttpException(Redirect("/login")), endpoint: "thrown");
        var app = new ModularApp();
        app.Register(api);
        app.ErrorHandler<HttpException>(error =>
        {
            var page = error.ToResponse();
            page.Text = $"{error.Status} {error.Name}";
            return page;
        });
        app.Post("/only-post", () => "posted", endpoint: "only_post");
        await using var client = app.TestClient();

        var (busy, aborted, missing, refused) = (await client.GetAsync("/api/busy"), await client.GetAsync("/api/aborted"), await client.GetAsync("/api/none"), await client.GetAsync("/only-post"));

        Assert.Equal(
            (503, Problem, "60", "{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"Come back \\u003Clater\\u003E.\"}"),
            (busy.Status, busy.Headers.ContentType.ToString(), busy.Headers.RetryAfter.ToString(), busy.Text));
        Assert.Equal((409, "as it is"), (aborted.Status, aborted.Text));
        Assert.Equal((302, "/login"), ((await client.GetAsync("/api/thrown")) is var thrown ? (thrown.Status, thrown.Location) : default));
        Assert.Equal((404, Problem), (missing.Status, missing.Headers.ContentType.ToString()));
        Assert.Equal((405, Page, "OPTIONS, POST", "405 Method Not Allowed"), (refused.Status, refused.Headers.ContentType.ToString(), refused.Headers.Allow.ToString(), refused.Text));
    }

    [Fact]
    public async Task An_exception_is_a_problem_that_reveals_nothing()
    {
        var app = App(negotiates: true);
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await Send(client, "GET", "/boom");

        Assert.Equal((500, "Internal Server Error"), (response.Status, response.Json.GetProperty("title").GetString()));
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_handlers_and_given_responses_win()
    {
        var app = App(negotiates: true);
        app.ErrorHandler(404, () => ("mine", 404));
        await using var client = app.TestClient();

        Assert.Equal(("mine", "given"), ((await Send(client, "GET", "/nowhere")).Text, (await Send(client, "GET", "/given")).Text));
    }

    [Fact]
    public async Task All_clients_get_HTML_unless_the_option_is_set()
    {
        await using var client = App(negotiates: false).TestClient();

        var response = await Send(client, "GET", "/nowhere");

        Assert.Equal((Page, 0), (response.Headers.ContentType.ToString(), response.Headers.Vary.Count));
    }

    static Task<TestResponse> Send(TestClient client, string method, string path) =>
        client.SendAsync(method, path, new() { Headers = [("Accept", "application/json")] });

    static ModularApp App(bool negotiates)
    {
        var app = new ModularApp(new() { NegotiateErrors = negotiates });
        app.Route("/", () => "");
        app.Route("/aborted", () => Abort(404, "There is no <b> here."));
        app.Route("/boom", string () => throw new TimeoutException("secret"));
        app.Route("/given", () => Abort(new Response("given", 409)));
        return app;
    }
}
