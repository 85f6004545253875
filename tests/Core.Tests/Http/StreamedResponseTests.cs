using System.Runtime.CompilerServices;

namespace Modular.Tests;

public class StreamedResponseTests
{
    [Fact]
    public async Task A_seekable_stream_is_sent_from_its_position_with_its_length()
    {
        var stream = new MemoryStream("hello world"u8.ToArray()) { Position = 6 };

        var sent = await Sent.Of(new Response(stream));

        Assert.Equal("world", sent.Body);
        Assert.Equal(5, sent.Headers.ContentLength);
    }

    [Fact]
    public async Task A_stream_of_unknown_length_has_no_content_length()
    {
        var sent = await Sent.Of(new Response(new OneWayStream("hello"u8.ToArray())));

        Assert.Equal("hello", sent.Body);
        Assert.Null(sent.Headers.ContentLength);
    }

    [Fact]
    public async Task Pieces_are_sent_in_their_order()
    {
        var sent = await Sent.Of(new Response(Count(3), contentType: "text/plain"));

        Assert.Equal("0;1;2;", sent.Body);
        Assert.Null(sent.Headers.ContentLength);
    }

    [Theory]
    [InlineData("GET", 200)]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task A_stream_is_always_disposed(string method, int status)
    {
        var stream = new MemoryStream([1]);

        await Sent.Of(new Response(stream, status), method);

        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task A_stream_is_disposed_when_the_write_fails()
    {
        var stream = new MemoryStream([1]);

        await Assert.ThrowsAsync<ModularException>(() => Sent.Of(new Response(stream, contentType: "a\nb")));

        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task A_stream_that_was_replaced_by_text_is_disposed_with_the_response()
    {
        var stream = new MemoryStream([1]);
        var response = new Response(stream) { Text = "instead" };

        Assert.Equal("instead", (await Sent.Of(response)).Body);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task Functions_of_OnClose_run_in_order_even_if_one_fails()
    {
        var ran = new List<int>();
        var response = new Response("x")
            .OnClose(() => ran.Add(1))
            .OnClose(() => throw new InvalidOperationException("two"))
            .OnClose(() =>
            {
                ran.Add(3);
                return ValueTask.CompletedTask;
            });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Sent.Of(response));

        Assert.Equal("two", error.Message);
        Assert.Equal([1, 3], ran);
    }

    [Fact]
    public async Task A_disconnected_client_stops_the_pieces_and_closes_their_source()
    {
        using var gone = new CancellationTokenSource();
        var closed = false;
        async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            try
            {
                while (true)
                {
                    yield return "x";
                    await gone.CancelAsync();
                }
            }
            finally
            {
                closed = true;
            }
        }
        var http = Sent.Request();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new Response(Endless()).WriteAsync(http, gone.Token));

        Assert.True(closed);
    }

    [Fact]
    public void A_streamed_body_has_no_text_and_no_data()
    {
        var response = new Response(Count(1));

        Assert.True(response.IsStreamed);
        Assert.Null(response.Text);
        Assert.Equal(
            "The body is streamed, so its data isn't available. Check IsStreamed first, or set Text or Data.",
            Assert.Throws<ModularException>(() => response.Data).Message);
    }

    [Fact]
    public async Task A_range_of_a_stream_is_copied_and_no_more()
    {
        var stream = new MemoryStream("0123456789"u8.ToArray()) { Position = 2 };

        var sent = await Sent.Of(
            new Response(stream).MakeConditional(Sent.Request("GET", ("Range", "bytes=1-3")), acceptRanges: true));

        Assert.Equal((206, "345", 3), (sent.Status, sent.Body, sent.Headers.ContentLength));
        Assert.Equal("bytes 1-3/8", sent.Headers.ContentRange);
    }

    static async IAsyncEnumerable<string> Count(int end)
    {
        for (var i = 0; i < end; i++)
        {
            await Task.Yield();
            yield return $"{i};";
        }
    }

    sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
