namespace Modular.Tests;

public class ETagTests
{
    [Fact]
    public void A_tag_with_a_quote_is_refused()
    {
        var error = Assert.Throws<ModularException>(() => new Response().SetETag("a\"b"));

        Assert.Equal("The ETag \"a\"b\" cannot be quoted. Use letters, digits and dashes, such as a hash in hexadecimal.", error.Message);
    }

    [Fact]
    public void A_tag_made_from_the_body_is_the_same_for_the_same_body()
    {
        var first = new Response("body").AddETag().Headers.ETag;
        var second = new Response("body").AddETag().Headers.ETag;

        Assert.Equal(first, second);
        Assert.NotEqual(first, new Response("other").AddETag().Headers.ETag);
        Assert.Equal("\"mine\"", new Response("body").SetETag("mine").AddETag().Headers.ETag);
    }

    [Theory]
    [InlineData("\"abc\"", true, true)]
    [InlineData("W/\"abc\"", false, true)]
    [InlineData("abc", true, true)]
    [InlineData("*", false, true)]
    [InlineData("\"x\" , W/\"y,z\",\"abc\"", true, true)]
    [InlineData("\"abc,d\"", false, false)]
    [InlineData("\"abc", false, false)]
    [InlineData(",,", false, false)]
    public void A_list_of_tags_is_read_with_its_commas_and_quotes(string header, bool strong, bool weak)
    {
        var list = ETagList.Parse(header);

        Assert.Equal((strong, weak), (list.ContainsStrong("abc"), list.ContainsWeakly("abc")));
    }

    [Fact]
    public async Task Only_a_200_to_get_or_head_is_made_conditional()
    {
        var http = Sent.Request("GET", ("If-None-Match", "*"));
        var post = Sent.Request("POST", ("If-None-Match", "*"));

        Assert.Equal(304, (await Sent.Of(new Response("x").SetETag("a").MakeConditional(http))).Status);
        Assert.Equal(200, (await Sent.Of(new Response("x").SetETag("a").MakeConditional(post))).Status);
        Assert.Equal(404, (await Sent.Of(new Response("x", 404).SetETag("a").MakeConditional(http))).Status);
    }

    [Theory]
    [InlineData(206, "Range: bytes=0-1", "If-None-Match: \"a\"")]
    [InlineData(206, "Range: bytes=0-1", "If-Match: \"other\"")]
    [InlineData(304, "Range: bytes=0-1", "If-None-Match: \"a\"", "If-Range: \"other\"")]
    [InlineData(200, "Range: bytes=0-1", "If-Range: ")]
    [InlineData(200, "Range: bytes=0-1", "If-Range: Fri, 01 Jan 2100 00:00:00 GMT", "If-None-Match: \"other\"")]
    public async Task A_range_is_looked_at_before_the_conditions(int status, params string[] headers)
    {
        var http = Sent.Request("GET", [.. headers.Select(header => (header.Split(": ")[0], header.Split(": ")[1]))]);
        var response = new Response("text").SetETag("a");
        response.Headers.LastModified = "Sun, 06 Nov 1994 08:49:37 GMT";

        Assert.Equal(status, (await Sent.Of(response.MakeConditional(http, acceptRanges: true))).Status);
    }

    [Fact]
    public void A_range_that_is_not_there_is_a_416_also_when_the_copy_is_still_good()
    {
        var http = Sent.Request("GET", ("Range", "bytes=9-"), ("If-None-Match", "\"a\""));

        Assert.Equal(416, Assert.Throws<HttpException>(() => new Response("text").SetETag("a").MakeConditional(http, acceptRanges: true)).Status);
    }
}
