namespace Modular.Tests;

public class ResponseTests
{
    [Fact]
    public async Task Text_is_html_in_utf8_with_its_length_in_bytes()
    {
        var sent = await Sent.Of(new Response("Grüße, 世界 😀"));

        Assert.Equal(200, sent.Status);
        Assert.Equal("text/html; charset=utf-8", sent.Headers.ContentType);
        Assert.Equal(20, sent.Headers.ContentLength);
        Assert.Equal("Grüße, 世界 😀", sent.Body);
    }

    [Fact]
    public async Task A_long_text_with_wide_characters_arrives_whole()
    {
        var text = string.Concat(Enumerable.Repeat("aé世😀", 20_000));

        var sent = await Sent.Of(new Response(text));

        Assert.Equal(text, sent.Body);
        Assert.Equal(sent.Bytes.Length, sent.Headers.ContentLength);
    }

    [Fact]
    public async Task A_lone_surrogate_is_replaced_and_counted()
    {
        var sent = await Sent.Of(new Response("a\uD800b"));

        Assert.Equal("a\uFFFDb", sent.Body);
        Assert.Equal(5, sent.Headers.ContentLength);
    }

    [Fact]
    public async Task Bytes_are_sent_as_they_are()
    {
        byte[] bytes = [0, 1, 0xFE, 0xFF];

        Assert.Equal(bytes, (await Sent.Of(bytes)).Bytes);
        Assert.Equal(bytes, (await Sent.Of(new Response((ReadOnlyMemory<byte>)bytes))).Bytes);
    }

    [Fact]
    public async Task Head_sends_the_headers_and_no_body()
    {
        var sent = await Sent.Of(new Response("hello", 201), "HEAD");

        Assert.Equal(201, sent.Status);
        Assert.Equal(5, sent.Headers.ContentLength);
        Assert.Empty(sent.Bytes);
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(205, 0L)]
    [InlineData(304, null)]
    [InlineData(102, null)]
    public async Task A_status_without_a_body_sends_none(int status, long? length)
    {
        var sent = await Sent.Of(new Response("hello", status));

        Assert.Equal(length, sent.Headers.ContentLength);
        Assert.Empty(sent.Bytes);
    }

    [Fact]
    public async Task A_304_sends_no_header_that_describes_a_body()
    {
        var response = new Response("x", 304);
        response.Headers.LastModified = "Tue, 15 Nov 1994 12:45:26 GMT";
        response.Headers.ETag = "\"a\"";
        response.Headers.Expires = "0";

        var sent = await Sent.Of(response);

        Assert.Equal(["ETag", "Expires"], sent.Headers.Select(h => h.Key).Order());
        Assert.Empty((await Sent.Of(new Response("x", 304))).Headers);
    }

    [Fact]
    public async Task A_wrong_content_length_is_corrected()
    {
        var response = new Response("hello");
        response.Headers.ContentLength = 999;

        Assert.Equal(5, (await Sent.Of(response)).Headers.ContentLength);
    }

    [Fact]
    public void The_content_type_and_its_header_are_one()
    {
        var response = new Response("x", contentType: "text/csv");
        response.Headers["X-One"] = "1";

        response.ContentType = "text/plain";
        Assert.Equal("text/plain", response.Headers.ContentType);

        response.Headers.ContentType = "application/xml";
        Assert.Equal("application/xml", response.ContentType);

        response.ContentType = null;
        Assert.Equal(["X-One"], response.Headers.Keys);
    }

    [Fact]
    public void A_mime_type_gets_its_charset_and_a_content_type_is_verbatim()
    {
        var response = new Response { MimeType = "text/plain" };
        Assert.Equal("text/plain; charset=utf-8", response.ContentType);

        response.MimeType = "application/json";
        Assert.Equal("application/json", response.ContentType);

        response.ContentType = "Text/CSV ;charset=iso-8859-1";
        Assert.Equal("text/csv", response.MimeType);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(1000)]
    public void A_status_has_three_digits(int status)
    {
        var error = Assert.Throws<ModularException>(() => new Response("", status));

        Assert.Equal($"{status} isn't an HTTP status code. Use a number of three digits, such as 200 or 404.", error.Message);
    }

    [Fact]
    public async Task Texts_markup_bytes_and_pairs_with_a_status_become_responses()
    {
        Response[] responses = ["a", new Markup("<b>"), new byte[] { 65 }, ("gone", 410), (new Markup("<i>"), 404)];

        var sent = new List<string>();
        foreach (var response in responses) sent.Add($"{response.Status} {(await Sent.Of(response)).Body}");

        Assert.Equal(["200 a", "200 <b>", "200 A", "410 gone", "404 <i>"], sent);
    }

    [Fact]
    public void Text_and_data_are_two_views_of_one_body()
    {
        var response = new Response("ü");
        Assert.Equal([0xC3, 0xBC], response.Data.ToArray());

        response.Data = new byte[] { 65 };
        Assert.Equal("A", response.Text);

        response.Text = null;
        Assert.Equal(0, response.Data.Length);
    }

    [Fact]
    public async Task A_header_with_a_line_feed_is_refused_before_anything_is_sent()
    {
        var http = Sent.Request();
        var response = new Response("hello");
        response.Headers["X-Name"] = "a\r\nSet-Cookie: admin=1";

        var error = await Assert.ThrowsAsync<ModularException>(() => Sent.Of(response, http));

        Assert.Equal(
            "The header X-Name cannot be sent with the value \"a\\u000D\\u000ASet-Cookie: admin=1\". Remove its line feeds and control characters.",
            error.Message);
        Assert.False(http.Response.HasStarted);
        Assert.Empty(http.Response.Headers);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\x7F" + "b")]
    public async Task No_control_character_gets_into_a_header(string value)
    {
        var response = new Response("hello");
        response.Headers["X-Name"] = value;

        await Assert.ThrowsAsync<ModularException>(() => Sent.Of(response));
        await Assert.ThrowsAsync<ModularException>(() => Sent.Of(new Response("hello", contentType: value)));
    }

    [Fact]
    public async Task A_header_name_is_a_token()
    {
        var response = new Response("hello");
        response.Headers["X Name:"] = "1";

        var error = await Assert.ThrowsAsync<ModularException>(() => Sent.Of(response));

        Assert.Equal("The header name \"X Name:\" cannot be sent. Use letters, digits and dashes.", error.Message);
    }

    [Fact]
    public async Task Cookies_and_Vary_of_earlier_middleware_are_kept()
    {
        var http = Sent.Request();
        http.Response.Headers.SetCookie = "front=1";
        http.Response.Headers.Vary = "Origin";
        http.Response.Headers["X-Who"] = "front";
        var response = new Response("x");
        response.SetCookie("view", "2");
        response.Headers.Vary = "Cookie";
        response.Headers["X-Who"] = "view";

        var sent = await Sent.Of(response, http);

        Assert.Equal("front=1 | view=2; Path=/", string.Join(" | ", [.. sent.Headers.SetCookie]));
        Assert.Equal("Origin | Cookie", string.Join(" | ", [.. sent.Headers.Vary]));
        Assert.Equal("view", sent.Headers["X-Who"]);
    }

    [Fact]
    public async Task A_location_is_made_ascii_when_it_is_sent()
    {
        var response = Redirects.To("/");

        response.Headers.Location = "//evil\\/ü";
        Assert.Equal("//evil%5c/%C3%BC", (await Sent.Of(response)).Headers.Location);
    }
}
