using Microsoft.AspNetCore.Http.HttpResults;

namespace Modular.Tests.Http;

/// <summary>ASP.NET's results as answers: hooks read the status that they will have, and what is set later wins.</summary>
public class ResultAnswerTests
{
    static async Task<TestResponse> Answer(Delegate view, Action<ModularApp>? setUp = null, string method = "GET")
    {
        var app = new ModularApp();
        app.Route("/", view, methods: ["GET", "POST"], endpoint: "view");
        setUp?.Invoke(app);
        await using var client = app.TestClient();
        return await client.SendAsync(method, "/");
    }

    [Fact]
    public async Task A_tuples_status_wins_over_the_results()
    {
        var response = await Answer(() => (Results.Ok("x"), 201));

        Assert.Equal((201, "\"x\""), (response.Status, response.Text));
    }

    [Fact]
    public async Task A_status_that_is_set_on_the_response_wins_even_when_it_is_200()
    {
        var changed = await Answer(() =>
        {
            var response = MakeResponse(Results.Ok("x"));
            response.Status = 203;
            return response;
        });
        var made = await Answer(() => MakeResponse(TypedResults.NotFound("x"), 200));

        Assert.Equal((203, 200), (changed.Status, made.Status));
    }

    [Fact]
    public async Task An_after_hook_changes_the_status()
    {
        var response = await Answer(() => Results.NotFound("x"), app => app.AfterRequest(response => response.Status = 410));

        Assert.Equal((410, "\"x\""), (response.Status, response.Text));
    }

    public static TheoryData<string, IResult, int> Told => new()
    {
        { "typed", TypedResults.NotFound(), 404 },
        { "untyped", Results.Conflict("x"), 409 },
        { "one of several", (Results<Ok<string>, NoContent>)TypedResults.NoContent(), 204 },
        { "status code", Results.StatusCode(418), 418 },
        { "problem", Results.Problem(statusCode: 422), 422 },
        { "created", Results.Created("/x", "x"), 201 },
        { "json", Results.Json("x"), 200 },
        { "redirect", Results.Redirect("/x"), 302 },
        { "permanent redirect", Results.Redirect("/x", permanent: true), 301 },
        { "redirect with method", Results.Redirect("/x", preserveMethod: true), 307 },
        { "permanent redirect with method", Results.Redirect("/x", permanent: true, preserveMethod: true), 308 },
    };

    [Theory, MemberData(nameof(Told))]
    public async Task A_hook_reads_the_status_that_the_client_gets(string kind, IResult result, int status)
    {
        var read = 0;

        var response = await Answer(() => result, app => app.AfterRequest(response => { read = response.Status; }));

        Assert.Equal((kind, status, status), (kind, read, response.Status));
    }

    [Fact]
    public async Task Headers_of_a_tuple_and_a_content_type_win_over_the_results()
    {
        var response = await Answer(() => (Results.Text("x", "text/plain"), 202, new Dictionary<string, string> { ["Content-Type"] = "text/csv", ["X-A"] = "1" }));
        var hooked = await Answer(() => Results.Text("x", "text/plain"), app => app.AfterRequest(response => { response.ContentType = "text/markdown"; }));

        Assert.Equal((202, "text/csv", "1"), (response.Status, (string?)response.Headers.ContentType, (string?)response.Headers["X-A"]));
        Assert.Equal("text/markdown", (string?)hooked.Headers.ContentType);
    }

    [Fact]
    public async Task A_results_own_content_type_is_kept_unless_another_is_set()
    {
        var response = await Answer(() => Results.Text("x", "text/plain"), app => app.AfterRequest(response => { response.Headers["X-A"] = "1"; }));

        Assert.Equal("text/plain", (string?)response.Headers.ContentType);
    }

    [Fact]
    public async Task Cookies_of_the_response_and_of_the_result_are_both_sent_once()
    {
        var response = await Answer(() =>
        {
            var answer = MakeResponse(new WithCookie());
            answer.SetCookie("ours", "1");
            return answer;
        });

        Assert.Equal(["ours=1; Path=/", "theirs=2; path=/"], response.Headers.SetCookie.Order());
    }

    [Fact]
    public async Task A_result_that_clears_the_headers_does_not_lose_cookies()
    {
        var response = await Answer(() =>
        {
            var answer = MakeResponse(new Clearing());
            answer.SetCookie("ours", "1");
            return answer;
        });

        Assert.Equal("ours=1; Path=/", response.Headers.SetCookie.ToString());
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task A_status_without_a_body_removes_the_results_body(int status)
    {
        var response = await Answer(() => (Results.Ok("x"), status));

        Assert.Equal((status, ""), (response.Status, response.Text));
    }

    [Fact]
    public async Task A_before_hook_and_an_error_handler_may_answer_with_a_result()
    {
        var stopped = await Answer(() => "view", app => app.BeforeRequest(() => (object?)(Results.Text("stop"), 403)));
        var handled = await Answer(string () => throw new InvalidOperationException(), app => app.ErrorHandler<InvalidOperationException>(_ => MakeResponse(Results.Text("oh"), 503)));

        Assert.Equal((403, "stop"), (stopped.Status, stopped.Text));
        Assert.Equal((503, "oh"), (handled.Status, handled.Text));
    }

    [Fact]
    public async Task A_status_set_on_a_result_that_fails_is_not_that_of_the_error()
    {
        var app = new ModularApp();
        app.Get("/", () => (new Failing(), 201));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal((500, false), (response.Status, response.Text.Contains("never", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task HEAD_gets_the_status_and_headers_too()
    {
        var app = new ModularApp();
        app.Get("/", () => (Results.Text("x"), 201, new Dictionary<string, string> { ["X-A"] = "1" }));
        await using var client = app.TestClient();

        var response = await client.HeadAsync("/");

        Assert.Equal((201, "", "1"), (response.Status, response.Text, (string?)response.Headers["X-A"]));
    }

    sealed class WithCookie : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Cookies.Append("theirs", "2");
            return httpContext.Response.WriteAsync("x");
        }
    }

    sealed class Clearing : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Clear();
            return httpContext.Response.WriteAsync("x");
        }
    }

    sealed class Failing : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("never");
    }
}
