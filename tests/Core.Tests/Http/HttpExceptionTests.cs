namespace Modular.Tests;

public class HttpExceptionTests
{
    [Fact]
    public void Its_message_is_for_the_log()
    {
        Assert.Equal("418 I'm a Teapot: This server is a teapot, not a coffee machine", new HttpException(418).Message);
        Assert.Equal("404 Not Found: no user <3", new HttpException(404, "no user <3").Message);
    }

    [Fact]
    public async Task Line_feeds_of_a_description_become_breaks_on_the_page()
    {
        var sent = await Sent.Of(ErrorPage.Of(new HttpException(400, "one <\ntwo")));

        Assert.Contains("<p>one &lt;<br>two</p>", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_headers_are_sent_with_the_page()
    {
        var page = ErrorPage.Of(new HttpException(405) { Headers = { Allow = "GET, HEAD" } });

        Assert.Equal("GET, HEAD", page.Headers.Allow);
        Assert.Equal("text/html; charset=utf-8", page.ContentType);
    }

    [Fact]
    public void An_error_with_a_response_is_that_response()
    {
        var response = new Response("aborted with response", 409);

        Assert.Same(response, ErrorPage.Of(new HttpException(response)));
    }
}
