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
    public void A_code_without_a_page_cannot_be_aborted_with()
    {
        var error = Assert.Throws<ModularException>(() => HttpStatus.RequireError(402));

        Assert.Equal(
            "There is no error page for 402, so it cannot be aborted with. Use one of 400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, "
            + "414, 415, 416, 417, 418, 421, 422, 423, 424, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, or a response of your own: "
            + "Abort(new Response(\"…\", 402)).",
            error.Message);
        Assert.Equal(404, HttpStatus.RequireError(404));
    }

    [Fact]
    public async Task Line_feeds_of_a_description_become_breaks_on_the_page()
    {
        var sent = await Sent.Of(ErrorPage.Of(new HttpException(400, "one <\ntwo")));

        Assert.Contains("<p>one &lt;<br>two</p>", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_headers_go_onto_the_page()
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
