using Microsoft.AspNetCore.Http.Features;

namespace Modular.Tests.Http;

/// <summary>Bodies on the wire: a real Kestrel, and clients that say one thing and send another.</summary>
public class RequestBodyTests
{
    const string Form = "application/x-www-form-urlencoded";

    static string Post(string type, string body, string? framing = null) =>
        $"POST / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Type: {type}\r\n{framing ?? $"Content-Length: {body.Length}"}\r\n\r\n{body}";

    static string Chunked(string type, params string[] chunks) =>
        Post(type, string.Concat(chunks.Select(chunk => $"{chunk.Length:X}\r\n{chunk}\r\n")) + "0\r\n\r\n", "Transfer-Encoding: chunked");

    // As the dispatcher will do it: the body before the view, errors as answers.
    static Task<RawServer> Serve(Func<Request, string> view, BodyLimits? limits = null) => RawServer.Start(async http =>
    {
        var request = new Request(http, limits ?? new());
        string text;
        try
        {
            await request.ReadBodyAsync(failsLater: true, http.RequestAborted);
            text = view(request);
        }
        catch (HttpException error)
        {
            (http.Response.StatusCode, text) = (error.Status, "");
        }
        await http.Response.WriteAsync(text);
    });

    [Fact]
    public async Task A_body_is_read_with_a_length_and_in_chunks()
    {
        await using var server = await Serve(request => request.GetText());

        Assert.Equal("hello", (await server.Send(Post("text/plain", "hello"))).Body);
        Assert.Equal("hello", (await server.Send(Chunked("text/plain", "he", "llo"))).Body);
        Assert.Equal("", (await server.Send(Post("text/plain", ""))).Body);
        Assert.Equal("", (await server.Send(Chunked("text/plain"))).Body);
        Assert.Equal("", (await server.Get("/")).Body);
    }

    [Fact]
    public async Task A_large_body_arrives_whole()
    {
        var body = new string('x', 1_000_003);
        await using var server = await Serve(request => $"{request.Data.Length} {request.Data.Span.Count((byte)'x')}");

        Assert.Equal("1000003 1000003", (await server.Send(Post("text/plain", body))).Body);
        Assert.Equal("1000003 1000003", (await server.Send(Chunked("text/plain", body))).Body);
    }

    [Fact]
    public async Task A_form_can_come_with_any_method_and_its_bytes_stay_readable()
    {
        await using var server = await Serve(request => $"{request.Form["a"]} {request.Data.Length}");

        foreach (var method in new[] { "GET", "POST", "PUT", "PATCH", "DELETE" })
            Assert.Equal("1 2 5", (await server.Send(Post(Form, "a=1+2").Replace("POST", method, StringComparison.Ordinal))).Body);
    }

    [Theory]
    [InlineData("POST", "q f")]
    [InlineData("PUT", "q f")]
    [InlineData("PATCH", "q f")]
    [InlineData("GET", "q")]
    [InlineData("DELETE", "q")]
    public async Task Values_are_the_query_and_with_some_methods_the_form(string method, string expected)
    {
        await using var server = await Serve(request => string.Join(' ', request.Values.GetAll("x")));

        var answer = await server.Send(Post(Form, "x=f").Replace("POST /", $"{method} /?x=q", StringComparison.Ordinal));

        Assert.Equal(expected, answer.Body);
    }

    [Fact]
    public async Task Code_that_uses_only_ASP_NET_still_gets_the_body_and_the_form()
    {
        await using var server = await RawServer.Start(async http =>
        {
            await new Request(http, new()).ReadBodyAsync(failsLater: true, http.RequestAborted);
            var form = await http.Request.ReadFormAsync();
            http.Request.Body.Position = 0;
            await http.Response.WriteAsync($"{form["a"]} {await new StreamReader(http.Request.Body).ReadToEndAsync()}");
        });

        Assert.Equal("1 a=1", (await server.Send(Post(Form, "a=1"))).Body);
        Assert.Equal("1 a=1", (await server.Send(Chunked(Form, "a=1"))).Body);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(Form)]
    public async Task A_body_with_too_large_a_stated_length_is_refused_without_waiting(string type)
    {
        await using var server = await Serve(request => request.GetText(), new() { MaxContentLength = 10 });

        Assert.Equal(413, await server.StatusOf(Post(type, "", "Content-Length: 1000000")));
    }

    // Even without limits, such a large array isn't possible.
    [Fact]
    public async Task A_body_that_no_memory_can_hold_is_a_413()
    {
        await using var server = await Serve(request => request.GetText(), new() { MaxContentLength = 10_000_000_000 });

        Assert.Equal(413, await server.StatusOf(Post("text/plain", "x", "Content-Length: 3000000000")));
    }

    [Theory]
    [InlineData(5, 200)]
    [InlineData(6, 413)]
    public async Task A_reader_with_a_small_buffer_does_not_get_more_in_chunks_either(int length, int expected)
    {
        await using var server = await RawServer.Start(async http =>
        {
            try
            {
                using var body = new BoundedBody(new(http, new()), null, room: 5);
                await body.CopyToAsync(Stream.Null);
            }
            catch (HttpException error)
            {
                http.Response.StatusCode = error.Status;
            }
        });

        Assert.Equal(expected, (await server.Send(Chunked("text/plain", [.. Enumerable.Repeat("x", length)]))).Status);
    }

    [Fact]
    public async Task The_read_body_cannot_be_changed_by_later_readers()
    {
        await using var server = await RawServer.Start(async http =>
        {
            var request = new Request(http, new());
            await request.ReadBodyAsync(http.RequestAborted);
            await http.Response.WriteAsync($"{http.Request.Body.CanWrite} {await new StreamReader(http.Request.Body).ReadToEndAsync()} {request.GetText()}");
        });

        Assert.Equal("False abc abc", (await server.Send(Post("text/plain", "abc"))).Body);
    }

    [Theory]
    [InlineData(10, 200)]
    [InlineData(11, 413)]
    public async Task Chunks_are_counted_without_their_framing(int length, int expected)
    {
        var chunks = Enumerable.Repeat("x", length).ToArray();
        await using var server = await Serve(request => request.GetText(), new() { MaxContentLength = 10 });

        Assert.Equal(expected, (await server.Send(Chunked("text/plain", chunks))).Status);
    }

    [Fact]
    public async Task A_body_that_is_too_large_fails_only_when_it_is_used()
    {
        await using var blind = await Serve(_ => "ignored", new() { MaxContentLength = 3 });

        Assert.Equal((200, "ignored"), Answer(await blind.Send(Post(Form, "a=12"))));
        Assert.Equal((200, "ignored"), Answer(await blind.Send(Chunked("multipart/form-data; boundary=B", "--B--"))));
        Assert.Equal((200, "ignored"), Answer(await blind.Send(Post("application/json", "1234"))));
        Assert.Equal((200, "ignored"), Answer(await blind.Send(Chunked("text/plain", "1234"))));
    }

    [Theory]
    [InlineData(Form, "a=12")]
    [InlineData("multipart/form-data; boundary=B", "--B--")]
    public async Task A_form_that_is_too_large_is_never_returned_in_part(string type, string body)
    {
        await using var server = await Serve(request => $"{request.Form.Find("a")} {request.Form.Keys.Any()}", new() { MaxContentLength = 3 });

        Assert.Equal(413, (await server.Send(Post(type, body))).Status);
        Assert.Equal(413, (await server.Send(Chunked(type, body))).Status);
    }

    static (int, string) Answer(RawAnswer answer) => (answer.Status, answer.Body);

    [Fact]
    public async Task A_url_encoded_form_has_the_limit_of_a_field()
    {
        await using var server = await Serve(request => request.Form["a"], new() { MaxFormMemorySize = 5 });

        Assert.Equal("123", (await server.Send(Post(Form, "a=123"))).Body);
        Assert.Equal(413, (await server.Send(Post(Form, "a=1234"))).Status);
        Assert.Equal(413, (await server.Send(Chunked(Form, "a=1", "234"))).Status);
    }

    [Fact]
    public async Task A_limit_may_be_above_the_servers_own()
    {
        await using var server = await RawServer.Start(async http =>
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 10;
            var request = new Request(http, new() { MaxContentLength = 100 });
            await request.ReadBodyAsync(http.RequestAborted);
            await http.Response.WriteAsync($"{request.Data.Length}");
        });

        Assert.Equal("50", (await server.Send(Post("text/plain", new('x', 50)))).Body);
    }

    [Fact]
    public async Task Without_a_limit_the_servers_own_limit_counts()
    {
        await using var server = await RawServer.Start(async http =>
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 10;
            var error = await Assert.ThrowsAsync<HttpException>(async () => await new Request(http, new()).ReadBodyAsync(http.RequestAborted));
            http.Response.StatusCode = error.Status;
        });

        Assert.Equal(413, (await server.Send(Post("text/plain", new('x', 50)))).Status);
        Assert.Equal(413, (await server.Send(Chunked("text/plain", new string('x', 50)))).Status);
    }

    [Theory]
    [InlineData("Content-Length: 100", "short")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\nbad\r\n")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nab")]
    public async Task A_body_that_ends_early_or_is_malformed_is_a_400(string framing, string body)
    {
        var failed = new TaskCompletionSource<int>();
        await using var server = await RawServer.Start(async http =>
        {
            var error = await Record.ExceptionAsync(async () => await new Request(http, new()).ReadBodyAsync(http.RequestAborted));
            failed.SetResult((error as HttpException)?.Status ?? 0);
        });

        await server.SendAndHangUp(Post("text/plain", body, framing));

        Assert.Equal(400, await failed.Task);
    }

    [Fact]
    public async Task A_client_that_disconnects_between_two_reads_is_a_400()
    {
        using var gone = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = gone.Token };
        http.Request.Body = new Leaving(gone);
        http.Request.ContentLength = 10;

        var error = await Assert.ThrowsAsync<HttpException>(async () => await new Request(http, new()).ReadBodyAsync(gone.Token));

        Assert.Equal(400, error.Status);
    }

    // Returns two bytes, and the client has disconnected when they are read.
    sealed class Leaving(CancellationTokenSource gone) : MemoryStream("ab"u8.ToArray())
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
            var count = Read(buffer.Span);
            gone.Cancel();
            return new(count);
        }
    }

    [Fact]
    public async Task A_hosts_stream_that_ends_early_is_a_400()
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream("abc"u8.ToArray());
        http.Request.ContentLength = 10;

        var error = await Assert.ThrowsAsync<HttpException>(async () => await new Request(http, new()).ReadBodyAsync());

        Assert.Equal(400, error.Status);
    }

    [Fact]
    public async Task A_cancelled_read_is_not_the_clients_mistake_and_does_not_leave_a_partial_body()
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new NeverEnding();
        http.Request.ContentLength = 10;
        var request = new Request(http, new());
        using var patience = new CancellationTokenSource();

        var reading = request.ReadBodyAsync(patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        Assert.Equal(400, Assert.Throws<HttpException>(() => request.Data).Status);
    }

    [Fact]
    public void A_stated_length_is_not_trusted_before_the_bytes_arrive()
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new NeverEnding();
        http.Request.ContentLength = 1_000_000_000;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = new Request(http, new()).ReadBodyAsync();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(reading.IsCompleted);
        Assert.True(bytes < 64 * 1024, $"{bytes} bytes");
    }

    [Fact]
    public void A_form_that_has_not_arrived_yet_is_reported_with_a_remedy()
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream("a=1"u8.ToArray());
        http.Request.ContentLength = 3;

        var error = Assert.Throws<ModularException>(() => new Request(http, new()).Form);

        Assert.Equal("Request.Form was read before the body had arrived. First write: await request.ReadBodyAsync();", error.Message);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1")]
    [InlineData("text/plain")]
    public async Task Text_is_read_as_UTF_8_whatever_charset_is_named(string type)
    {
        await using var server = await Serve(request => request.GetText());

        Assert.Equal("\uFFFD", (await server.Send(Post(type, "\u00FC"))).Body);
    }

    /// <summary>A client that has connected and sends nothing.</summary>
    sealed class NeverEnding : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await new TaskCompletionSource<int>().Task.WaitAsync(cancellationToken);
    }
}
