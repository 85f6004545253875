using Modular.Tests.Hosting;

namespace Modular.Tests.Endpoints;

public sealed class WrittenAnswerTests
{
    [Theory]
    [InlineData("/nothing", "201 X-Own: 1 X-After: 1 ")]
    [InlineData("/text", "202 X-Own: 1 X-After:  written")]
    [InlineData("/value-task", "203 X-Own: 1 X-After: 1 ")]
    [InlineData("/void", "204 X-Own: 1 X-After: 1 ")]
    public async Task A_view_that_takes_the_HttpContext_may_write_the_answer_itself(string path, string expected)
    {
        var app = new ModularApp();
        app.AfterRequest(response => response.Headers["X-After"] = "1");
        app.Route("/nothing", (HttpContext http) => Set(http, 201));
        app.Route("/text", async (HttpContext http) =>
        {
            await Set(http, 202);
            await http.Response.WriteAsync("written");
        });
        app.Route("/value-task", ValueTask (HttpContext http) => new(Set(http, 203)));
        app.Route("/void", void (HttpContext http) => Set(http, 204));
        await using var client = app.TestClient();

        var response = await client.GetAsync(path);

        Assert.Equal(expected, $"{response.Status} X-Own: {response.Headers["X-Own"]} X-After: {response.Headers["X-After"]} {response.Text}");

        static Task Set(HttpContext http, int status)
        {
            http.Response.StatusCode = status;
            http.Response.Headers["X-Own"] = "1";
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_exception_after_the_first_byte_aborts_the_response_and_is_logged()
    {
        var app = new ModularApp();
        app.ErrorHandler<TimeoutException>(_ => ("too late for this", 500));
        app.Route("/", async Task (HttpContext http) =>
        {
            await http.Response.WriteAsync("half");
            await http.Response.Body.FlushAsync();
            throw new TimeoutException();
        });
        await using var server = await Served.Start(app);

        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetStringAsync("/"));

        await server.DisposeAsync();
        Assert.EndsWith("Exception on / [GET]", Assert.Single(server.Log.Errors), StringComparison.Ordinal);
    }
}
