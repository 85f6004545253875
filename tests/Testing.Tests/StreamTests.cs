using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;

namespace Modular.Testing.Tests;

/// <summary>Responses that are read step by step while the view is running.</summary>
public class StreamTests
{
    static async Task<string> Read(Stream body)
    {
        var buffer = new byte[100];
        var count = await body.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    [Fact]
    public async Task Each_piece_can_be_read_before_the_next_is_created()
    {
        var app = new ModularApp();
        var pieces = Channel.CreateUnbounded<string>();
        app.Route("/", () => new Response(pieces.Reader.ReadAllAsync(), contentType: "text/plain"), endpoint: "index");
        await using var client = app.TestClient();

        var opening = client.StreamAsync("/");
        pieces.Writer.TryWrite("first");
        using var response = await opening;
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = await Read(body);
        pieces.Writer.TryWrite("second");
        var second = await Read(body);
        pieces.Writer.Complete();
        var end = await Read(body);

        Assert.Equal((200, "text/plain"), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(("first", "second", ""), (first, second, end));
    }

    [Fact]
    public async Task A_client_that_stops_reading_ends_the_view()
    {
        var app = new ModularApp();
        var ended = new TaskCompletionSource();
        app.Route("/", () => new Response(Endless()), endpoint: "index");
        app.TeardownRequest(_ => ended.SetResult());
        await using var client = app.TestClient();

        using (var response = await client.StreamAsync("/")) Assert.Equal(200, (int)response.StatusCode);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));

        static async IAsyncEnumerable<string> Endless()
        {
            while (true)
            {
                yield return "piece";
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_response_may_begin_before_the_request_has_ended()
    {
        var app = new ModularApp();
        app.Route("/shout", (PipeReader body) => new Response(Shout(body)), endpoint: "shout", methods: ["POST"]);
        await using var client = app.TestClient();
        var pipe = new Pipe();
        using var content = new StreamContent(pipe.Reader.AsStream());

        await pipe.Writer.WriteAsync("one"u8.ToArray());
        using var response = await client.StreamAsync("/shout", "POST", new() { Content = content });
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = await Read(body);
        await pipe.Writer.WriteAsync("two"u8.ToArray());
        var second = await Read(body);
        await pipe.Writer.CompleteAsync();
        var end = await Read(body);

        Assert.Equal(("ONE", "TWO", ""), (first, second, end));

        static async IAsyncEnumerable<string> Shout(PipeReader body)
        {
            while (true)
            {
                var read = await body.ReadAsync();
                var text = Encoding.UTF8.GetString(read.Buffer).ToUpperInvariant();
                body.AdvanceTo(read.Buffer.End);
                if (text.Length > 0) yield return text;
                if (read.IsCompleted) yield break;
            }
        }
    }

    [Fact]
    public async Task A_stream_sends_and_keeps_cookies_too()
    {
        var app = new ModularApp();
        app.Route("/", () =>
        {
            var response = new Response($"seen {Current.Request.Cookies.Get("seen", "nothing")}");
            response.SetCookie("seen", "it");
            return response;
        }, endpoint: "index");
        await using var client = app.TestClient();

        using var first = await client.StreamAsync("/");
        using var second = await client.StreamAsync("/");

        Assert.Equal(("seen nothing", "seen it"), (await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync()));
    }
}
