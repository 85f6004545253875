namespace Modular.Tests.Http;

/// <summary>Parts of a body, RFC 9110 §14.</summary>
public class RangeTests
{
    const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";

    static async Task<TestResponse> Ask(string method, params (string Name, string Value)[] headers)
    {
        var app = new ModularApp();
        app.Get("/", () =>
        {
            var response = new Response("0123456789", contentType: "text/plain").SetETag("a");
            response.Headers.LastModified = Date;
            return response.MakeConditional(Current.Request.Http, acceptRanges: true);
        });
        await using var client = app.TestClient();
        return await client.SendAsync(method, "/", new() { Headers = headers });
    }

    [Theory]
    [InlineData("bytes=0-0", "bytes 0-0/10", "0")]
    [InlineData("bytes=7-", "bytes 7-9/10", "789")]
    [InlineData("bytes=8-99", "bytes 8-9/10", "89")]
    [InlineData("bytes=-3", "bytes 7-9/10", "789")]
    [InlineData("bytes=-10", "bytes 0-9/10", "0123456789")]
    [InlineData("bytes=-11", "bytes 0-9/10", "0123456789")]
    [InlineData("bytes=-9223372036854775807", "bytes 0-9/10", "0123456789")]
    [InlineData("Bytes=1-2", "bytes 1-2/10", "12")]
    public async Task A_part_is_a_206(string range, string contentRange, string text)
    {
        var response = await Ask("GET", ("Range", range));

        Assert.Equal((206, contentRange, text), (response.Status, response.Headers.ContentRange.ToString(), response.Text));
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=99-100")]
    [InlineData("bytes=-0")]
    public async Task A_range_outside_the_body_is_a_416_with_the_length(string range)
    {
        var response = await Ask("GET", ("Range", range));

        Assert.Equal((416, "bytes */10"), (response.Status, response.Headers.ContentRange.ToString()));
    }

    [Theory]
    [InlineData("items=0-1")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=50-60,70-80")]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=+0-4")]
    [InlineData("bytes=")]
    [InlineData("bytes")]
    [InlineData("bytes=\u00A00-1")]
    public async Task A_range_in_another_unit_in_bad_syntax_or_of_several_parts_is_ignored(string range)
    {
        var response = await Ask("GET", ("Range", range));

        Assert.Equal((200, "0123456789", 0), (response.Status, response.Text, response.Headers.ContentRange.Count));
    }

    [Fact]
    public async Task HEAD_ignores_ranges()
    {
        var response = await Ask("HEAD", ("Range", "bytes=0-1"));

        Assert.Equal((200, 10L, 0), (response.Status, response.Headers.ContentLength, response.Headers.ContentRange.Count));
    }

    [Theory]
    [InlineData(206, "\"a\"")]
    [InlineData(200, "W/\"a\"")]
    [InlineData(200, "\"b\"")]
    [InlineData(200, "a")]
    [InlineData(200, "*")]
    [InlineData(206, Date)]
    [InlineData(200, "Sun, 06 Nov 1994 08:49:36 GMT")]
    [InlineData(200, "Sun, 06 Nov 1994 08:49:38 GMT")]
    [InlineData(200, "soon")]
    public async Task If_Range_allows_a_range_only_for_the_same_strong_tag_or_the_same_date(int status, string condition)
    {
        Assert.Equal(status, (await Ask("GET", ("Range", "bytes=0-1"), ("If-Range", condition))).Status);
    }

    [Theory]
    [InlineData(304, "If-None-Match", "\"a\"")]
    [InlineData(304, "If-Modified-Since", Date)]
    [InlineData(412, "If-Match", "\"b\"")]
    [InlineData(206, "If-None-Match", "\"b\"")]
    [InlineData(206, "If-Match", "\"a\"")]
    public async Task The_other_conditions_are_checked_before_the_range(int status, string name, string value)
    {
        Assert.Equal(status, (await Ask("GET", ("Range", "bytes=0-1"), (name, value))).Status);
        Assert.Equal(status == 206 ? 416 : status, (await Ask("GET", ("Range", "bytes=10-"), (name, value))).Status);
    }
}
