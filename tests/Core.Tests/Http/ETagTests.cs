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
    [InlineData("\"abc\"", 200, 304)]
    [InlineData("W/\"abc\"", 412, 304)]
    [InlineData("*", 412, 304)]
    [InlineData("\"x\" , W/\"y,z\",\"abc\"", 200, 304)]
    [InlineData("\"abc,d\"", 412, 200)]
    [InlineData("abc", 200, 304)]
    [InlineData("\"abc", 200, 200)]
    [InlineData(",,", 412, 200)]
    public void A_list_of_tags_is_read_with_its_commas_and_quotes(string header, int ifMatch, int ifNoneMatch)
    {
        int Status(string name) => new Response("x").SetETag("abc").MakeConditional(Sent.Request("GET", (name, header))).Status;

        Assert.Equal((ifMatch, ifNoneMatch), (Status("If-Match"), Status("If-None-Match")));
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

    [Fact]
    public async Task An_empty_If_Range_sends_the_whole_body()
    {
        var http = Sent.Request("GET", ("Range", "bytes=0-1"), ("If-Range", ""));

        Assert.Equal(200, (await Sent.Of(new Response("text").SetETag("a").MakeConditional(http, acceptRanges: true))).Status);
    }
}
