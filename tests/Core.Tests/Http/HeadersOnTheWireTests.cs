using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Net.Http.Headers;

namespace Modular.Tests.Http;

/// <summary>Headers that a view sets, on a server with sockets and in the test client alike.</summary>
public class HeadersOnTheWireTests
{
    static async Task<string> OverSocket(ModularApp app, string path = "/", string method = "GET")
    {
        await using var host = app.Build(builder => builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0"));
        await host.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", new Uri(host.Urls.First()).Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        return await new StreamReader(socket.GetStream(), Encoding.Latin1).ReadToEndAsync();
    }

    static ModularApp App(Func<Response> view)
    {
        var app = new ModularApp();
        app.Route("/", view, endpoint: "view");
        return app;
    }

    static ModularApp App(string name, params string[] values) => App(() =>
    {
        var response = new Response("hello");
        response.Headers[name] = values;
        return response;
    });

    [Fact]
    public async Task A_framing_that_a_view_set_on_the_servers_own_response_is_not_sent()
    {
        var app = new ModularApp();
        app.Get("/", (HttpContext http) =>
        {
            http.Response.Headers.TransferEncoding = "chunked";
            return "hello";
        });

        var answer = await OverSocket(app);

        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("transfer-encoding", "gzip, chunked")]
    [InlineData("Keep-Alive", "timeout=5")]
    [InlineData("Proxy-Connection", "keep-alive")]
    [InlineData("Upgrade", "h2c")]
    [InlineData("TE", "trailers")]
    [InlineData("Trailer", "X-Checksum")]
    public async Task A_header_of_another_connection_is_not_sent(string name, string value)
    {
        var raw = await OverSocket(App(name, value));
        await using var client = App(name, value).TestClient();
        var tested = await client.GetAsync("/");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", raw);
        Assert.EndsWith("\r\n\r\nhello", raw);
        Assert.DoesNotContain($"\r\n{name}:", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((200, "hello"), (tested.Status, tested.Text));
        Assert.False(tested.Headers.ContainsKey(name));
    }

    [Fact]
    public async Task Headers_that_Connection_names_are_not_sent_either()
    {
        await using var client = App(() =>
        {
            var response = new Response("hello");
            response.Headers.Connection = new(["X-Hop ,\tclose", "x-other"]);
            response.Headers["X-Hop"] = response.Headers["X-Other"] = response.Headers["X-End"] = "1";
            return response;
        }).TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal((false, false, false, true),
            (response.Headers.ContainsKey("Connection"), response.Headers.ContainsKey("X-Hop"), response.Headers.ContainsKey("X-Other"), response.Headers.ContainsKey("X-End")));
    }

    [Fact]
    public async Task Headers_of_another_connection_are_not_sent_with_a_stream_an_error_a_result_or_an_error_handlers_answer()
    {
        static Response WithHop(Response response)
        {
            response.Headers.TransferEncoding = "chunked";
            return response;
        }
        var app = new ModularApp();
        app.Route("/stream", () => WithHop(new Response(new MemoryStream("hello"u8.ToArray()))), endpoint: "stream");
        app.Route("/result", () => WithHop(new Response(Results.Text("hello"))), endpoint: "result");
        app.Route("/error", Response () => throw new HttpException(503) { Headers = { TransferEncoding = "chunked" } }, endpoint: "error");
        app.ErrorHandler(404, () => WithHop(new Response("hello", 404)));
        await using var client = app.TestClient();

        foreach (var path in (string[])["/stream", "/result", "/error", "/none"])
            Assert.False((await client.GetAsync(path)).Headers.ContainsKey("Transfer-Encoding"), path);
        Assert.DoesNotContain("chunked", await OverSocket(app, "/error"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("300")]
    [InlineData("-1")]
    [InlineData("five")]
    public async Task A_wrong_Content_Length_is_replaced_by_the_bodys_length(string stated)
    {
        var raw = await OverSocket(App("Content-Length", stated));

        Assert.Contains("\r\nContent-Length: 5\r\n", raw, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", raw);
    }

    [Theory]
    [InlineData("five")]
    [InlineData("5, 5")]
    [InlineData("+5")]
    public async Task A_Content_Length_of_a_stream_that_is_not_a_number_is_refused(string stated)
    {
        await using var client = App(() =>
        {
            var response = new Response(Pieces());
            response.Headers[HeaderNames.ContentLength] = stated;
            return response;
        }).TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal($"The header Content-Length cannot be sent with the value \"{stated}\". Write the number of the body's bytes, or leave the header out.", error.Message);
    }

    [Fact]
    public async Task A_stream_may_state_its_length()
    {
        var raw = await OverSocket(App(() =>
        {
            var response = new Response(Pieces());
            response.Headers.ContentLength = 5;
            return response;
        }));

        Assert.Contains("\r\nContent-Length: 5\r\n", raw, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", raw);
    }

    [Theory]
    [InlineData("Date")]
    [InlineData("Content-Type")]
    [InlineData("content-length")]
    [InlineData("Location")]
    public async Task A_header_of_which_there_can_be_one_is_refused_twice(string name)
    {
        await using var client = App(name, "1", "2").TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal($"The header {name} cannot be sent 2 times. Set one value.", error.Message);
    }

    [Fact]
    public async Task A_views_own_Date_and_Server_replace_the_servers()
    {
        var raw = await OverSocket(App(() =>
        {
            var response = new Response("hello");
            response.Headers.Date = "Sun, 06 Nov 1994 08:49:37 GMT";
            response.Headers.Server = "mine";
            return response;
        }));

        Assert.Equal(["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Server: mine"],
            raw.Split("\r\n").Where(line => line.StartsWith("Date", StringComparison.Ordinal) || line.StartsWith("Server", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("X-Name")]
    [InlineData("Content-Type")]
    [InlineData("Content-Disposition")]
    [InlineData("Set-Cookie")]
    public async Task A_value_that_is_not_ASCII_is_refused_by_every_server(string name)
    {
        await using var client = App(name, "é").TestClient();
        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));
        var raw = await OverSocket(App(name, "é"));

        Assert.Equal($"The header {name} cannot be sent with the value \"é\", because headers are ASCII. Write it percent-encoded, as Uri.EscapeDataString(value) does.", error.Message);
        Assert.StartsWith("HTTP/1.1 500 ", raw);
    }

    [Fact]
    public async Task A_content_type_that_is_not_ASCII_is_refused_before_the_headers_are_read()
    {
        await using var client = App(() => new Response("hello", contentType: "text/ü")).TestClient();

        await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));
    }

    [Theory]
    [InlineData("Location")]
    [InlineData("Content-Location")]
    public async Task An_address_that_is_not_ASCII_is_encoded(string name)
    {
        await using var client = App(name, "/ä").TestClient();

        Assert.Equal("/%C3%A4", (await client.GetAsync("/")).Headers[name]);
        Assert.Contains($"\r\n{name}: /%C3%A4\r\n", await OverSocket(App(name, "/ä")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_ASCII_is_refused()
    {
        await using var client = App("X-Ä", "1").TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("The header name \"X-Ä\" cannot be sent. Use letters, digits and dashes.", error.Message);
    }

    static async IAsyncEnumerable<string> Pieces()
    {
        await Task.Yield();
        yield return "hel";
        yield return "lo";
    }
}
