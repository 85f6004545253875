namespace Modular.Testing.Tests;

/// <summary>A response that a real server can't send is also an error in the client.</summary>
public class ImpossibleAnswerTests
{
    static async Task<InvalidOperationException> Refused(RequestDelegate answer)
    {
        var app = new ModularApp();
        app.Get("/", () => new Response(new Custom(answer)));
        await using var client = app.TestClient();
        return await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/"));
    }

    sealed class Custom(RequestDelegate answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => answer(httpContext);
    }

    [Fact]
    public async Task A_result_that_sends_a_header_which_is_not_ASCII()
    {
        var error = await Refused(http =>
        {
            http.Response.Headers["X-Name"] = "é";
            return http.Response.WriteAsync("x");
        });

        Assert.Equal("The header X-Name has the value \"é\", which no server can send because headers are ASCII. Percent-encode it: Uri.EscapeDataString(value).", error.Message);
    }

    [Fact]
    public async Task A_body_that_is_shorter_than_its_length()
    {
        var error = await Refused(http =>
        {
            http.Response.ContentLength = 5;
            return http.Response.WriteAsync("x");
        });

        Assert.Equal("The response to GET / has the Content-Length 5 but a body of 1 bytes. Remove the header, or set it to the length of the body.", error.Message);
    }
}
