using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Tests;

/// <summary>Behaviour that only a real server shows: the status line, chunks, and when bytes are sent.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    static readonly HttpClient Client = new();
    readonly WebApplication _server;
    readonly TaskCompletionSource _gate = new();
    readonly TaskCompletionSource _closed = new();
    readonly string _file = Path.GetTempFileName();
    Uri _address = null!;

    public KestrelTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(http => Answer(http).WriteAsync(http, http.RequestAborted));
    }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(_file, [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7 + 3))]);
        await _server.StartAsync();
        _address = new Uri(_server.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_file);
    }

    Response Answer(HttpContext http) => http.Request.Path.Value switch
    {
        "/teapot" => ErrorPage.Of(new HttpException(418)),
        "/unknown" => new Response("x", 799),
        "/empty" => new Response("dropped", 204),
        "/reset" => new Response("dropped", 205),
        "/same" => new Response("dropped", 304),
        "/gated" => new Response(Gated(), contentType: "text/plain").OnClose(_closed.SetResult),
        "/endless" => new Response(Endless()).OnClose(_closed.SetResult),
        "/file" => Response.File(http, _file, new() { MimeType = "application/octet-stream" }),
        "/big" => new Response(new string('ü', 1_000_000)),
        _ => new Response("hello"),
    };

    async IAsyncEnumerable<string> Gated()
    {
        yield return "first";
        await _gate.Task;
        yield return "second";
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Endless()
    {
        var piece = new byte[1024];
        while (true)
        {
            await Task.Yield();
            yield return piece;
        }
    }

    [Theory]
    [InlineData("/", "HTTP/1.1 200 OK")]
    [InlineData("/teapot", "HTTP/1.1 418 I'm a Teapot")]
    [InlineData("/unknown", "HTTP/1.1 799 Unknown")]
    [InlineData("/empty", "HTTP/1.1 204 No Content")]
    [InlineData("/reset", "HTTP/1.1 205 Reset Content")]
    [InlineData("/same", "HTTP/1.1 304 Not Modified")]
    public async Task The_status_line_has_Flasks_names(string path, string line)
    {
        var answer = await Raw($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Equal(line, answer.Split("\r\n")[0]);
        Assert.DoesNotContain("dropped", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piece_is_sent_before_the_next_is_available()
    {
        using var response = await Client.GetAsync(new Uri(_address, "/gated"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64];

        var first = await body.ReadAsync(buffer);
        _gate.SetResult();
        var second = await new StreamReader(body).ReadToEndAsync();

        Assert.Equal("first", Encoding.UTF8.GetString(buffer, 0, first));
        Assert.Equal("second", second);
        Assert.True(response.Headers.TransferEncodingChunked);
        await _closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_that_disconnects_ends_an_endless_stream()
    {
        using (var response = await Client.GetAsync(new Uri(_address, "/endless"), HttpCompletionOption.ResponseHeadersRead))
            Assert.Equal(200, (int)response.StatusCode);

        await _closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_file_is_sent_whole_and_in_parts()
    {
        var whole = await Client.GetByteArrayAsync(new Uri(_address, "/file"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/file")) { Headers = { Range = new RangeHeaderValue(99_990, 200_000) } };
        using var part = await Client.SendAsync(request);

        Assert.Equal(await File.ReadAllBytesAsync(_file), whole);
        Assert.Equal((206, 10), ((int)part.StatusCode, (int)part.Content.Headers.ContentLength!));
        Assert.Equal(whole[^10..], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_head_request_gets_the_length_and_nothing_else()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_address, "/big"));
        using var response = await Client.SendAsync(request);

        Assert.Equal(2_000_000, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_big_text_arrives_whole()
    {
        var text = await Client.GetStringAsync(new Uri(_address, "/big"));

        Assert.Equal(new string('ü', 1_000_000), text);
    }

    async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", _address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(socket.GetStream()).ReadToEndAsync();
    }
}
