using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Modular.Tests.Hosting;

/// <summary>Bytes that no browser sends, against a real Kestrel: each is answered within the deadline, and the next visitor is served.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    readonly ModularApp _app = new(new() { Limits = new() { MaxContentLength = 2_000_000 }, RootPath = RootPath, Name = "hostile" });
    readonly Channel<Exception?> _teardowns = Channel.CreateUnbounded<Exception?>();
    readonly TaskCompletionSource _streaming = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Served _served = null!;
    int _views;

    static string RootPath { get; } = Path.Combine(Path.GetTempPath(), $"modular-hostile-{Guid.NewGuid():N}");

    static HostileRequestTests()
    {
        Directory.CreateDirectory(Path.Combine(RootPath, "static"));
        File.WriteAllText(Path.Combine(RootPath, "secret.txt"), "the secret");
        File.WriteAllText(Path.Combine(RootPath, "static", "open.txt"), "the open file");
    }

    public async ValueTask InitializeAsync()
    {
        _app.Route("/up", () => "up", endpoint: "up");
        _app.Route("/<name>/", (string name) => name, endpoint: "folder");
        _app.Route("/deep/<path:a>/x/<path:b>/y/<path:c>/z", (string a) => a, endpoint: "deep");
        _app.Route("/dash/<a>-<b>-<c>-<d>", (string a) => a, endpoint: "dash");
        _app.Route("/echo/<path:rest>", (string rest) => rest, endpoint: "echo");
        _app.Route("/cookies", () => string.Join('|', Current.Request.Cookies.Keys.Select(name => $"{name}={Current.Request.Cookies[name]}")), endpoint: "cookies");
        _app.Route("/json", () => $"{Current.Request.Json.ValueKind}", endpoint: "json", methods: ["POST"]);
        _app.Route("/typed", (Order order) => $"{order.Count}", endpoint: "typed", methods: ["POST"]);
        _app.Route("/form", () => $"{++_views}", endpoint: "form", methods: ["POST"]);
        _app.Route("/field", (Request request) => request.Form["a"], endpoint: "field", methods: ["POST"]);
        _app.Route("/data", () => $"{Current.Request.Data.Length}", endpoint: "data", methods: ["POST"]);
        _app.Route("/header", () =>
        {
            var response = MakeResponse("body");
            response.Headers[Asked("name") ?? "X-Asked"] = Asked("value") ?? "";
            return response;
        }, endpoint: "header");
        _app.Route("/cookie", () =>
        {
            var response = MakeResponse("body");
            response.SetCookie(Asked("name") ?? "asked", Asked("value") ?? "", new() { Path = Asked("path") ?? "/", Domain = Asked("domain") });
            return response;
        }, endpoint: "cookie");
        _app.Route("/type", () => new Response("body", contentType: Asked("value")), endpoint: "type");
        _app.Route("/redirect", () => Redirect(Asked("to")!), endpoint: "redirect");
        _app.Route("/after", () => "body", endpoint: "after");
        _app.AfterRequest(response =>
        {
            if (Current.Request.Path == "/after") response.Headers["X-After"] = "a\r\nb";
        });
        _app.Route("/stream", () => new Response(Endless()), endpoint: "stream");
        _app.TeardownRequest(error => _teardowns.Writer.TryWrite(error));
        _served = await Served.Start(_app);
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        await _app.DisposeAsync();
    }

    static string? Asked(string name) => Current.Request.Args.Find(name);

    sealed record Order(int Count);

    async IAsyncEnumerable<string> Endless()
    {
        var piece = new string('x', 10_000);
        while (true)
        {
            yield return piece;
            _streaming.TrySetResult();
            await Task.Yield();
        }
    }

    // The server has refused it or closed the connection, and serves the next client. It has logged no error.
    async Task Refused(Reply reply, int low = 400, int high = 499)
    {
        Assert.InRange(reply.Status, low, high);
        await GoesOn();
    }

    async Task GoesOn()
    {
        Assert.Equal((200, "up"), await _served.Get("/up") is var next ? (next.Status, next.Body) : default);
        Assert.True(!_served.Log.Failures.Any(), string.Join('\n', _served.Log.Failures));
    }

    [Theory]
    [InlineData("GET\r\n\r\n")]
    [InlineData("GET /up\r\n\r\n")]
    [InlineData(" /up HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET  /up HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("G(T /up HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET up HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /u\0p HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /\u00FC\u00FF HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1 x\r\nHost: a\r\n\r\n")]
    [InlineData("GET /up HTTX/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\0\u0001\u0002\u0003\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\r\n\r\n")]
    public async Task A_malformed_request_line_is_refused(string request) => await Refused(await _served.Send(request), 400, 505);

    [Theory]
    [InlineData("GET /up HTTP/1.1\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a/../b\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\n: nameless\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\nSpace : x\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n")]
    [InlineData("GET /up HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n")]
    public async Task A_malformed_header_is_refused(string request) => await Refused(await _served.Send(request));

    [Fact]
    public async Task A_huge_target_is_refused() => await Refused(await _served.Get($"/{new string('a', 100_000)}"), 414, 414);

    [Fact]
    public async Task A_huge_query_is_refused() => await Refused(await _served.Get($"/up?{new string('a', 100_000)}"), 414, 414);

    [Fact]
    public async Task A_huge_header_is_refused() => await Refused(await _served.Get("/up", $"X-Big: {new string('a', 100_000)}\r\n"), 431, 431);

    [Fact]
    public async Task Very_many_headers_are_refused() =>
        await Refused(await _served.Get("/up", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"X-{i}: y\r\n"))), 431, 431);

    [Theory]
    [InlineData("/static/..%2fsecret.txt")]
    [InlineData("/static/%2e%2e/secret.txt")]
    [InlineData("/static/%2e%2e%2fsecret.txt")]
    [InlineData("/static/..%5csecret.txt")]
    [InlineData("/static/..\\secret.txt")]
    [InlineData("/static/../secret.txt")]
    [InlineData("/static/....//secret.txt")]
    [InlineData("/static//secret.txt")]
    [InlineData("/static/..%252fsecret.txt")]
    [InlineData("/static/..%c0%afsecret.txt")]
    [InlineData("/static/open.txt%00.png")]
    [InlineData("/static/%00")]
    [InlineData("/static/.")]
    [InlineData("/static/open.txt/")]
    [InlineData("/static/~/secret.txt")]
    [InlineData("/static/%2fetc%2fpasswd")]
    [InlineData("/static//etc/passwd")]
    [InlineData("/static/C:%5csecret.txt")]
    public async Task No_target_leads_out_of_the_static_folder(string target)
    {
        var reply = await _served.Get(target);

        Assert.DoesNotContain("the secret", reply.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", reply.Raw, StringComparison.Ordinal);
        if (reply.Status == 308) Assert.StartsWith("http://a.test/", reply.Header("Location"), StringComparison.Ordinal);
        else await Refused(reply);
    }

    [Fact]
    public async Task The_static_folder_itself_is_served() => Assert.Equal("the open file", (await _served.Get("/static/open.txt")).Body);

    [Theory]
    [InlineData("//evil.com")]
    [InlineData("///evil.com")]
    [InlineData("/%2fevil.com")]
    [InlineData("/%2f%2fevil.com")]
    [InlineData("/\\evil.com")]
    [InlineData("/%5cevil.com")]
    [InlineData("/%5c%5cevil.com")]
    [InlineData("/\\/evil.com")]
    [InlineData("/.//evil.com")]
    [InlineData("/x/..//evil.com")]
    [InlineData("/%09/evil.com")]
    [InlineData("/@evil.com")]
    [InlineData("/:80@evil.com")]
    [InlineData("/http:evil.com")]
    [InlineData("/evil.com%0d%0aSet-Cookie:%20a=b")]
    public async Task A_redirect_for_slashes_never_leads_off_the_site(string target)
    {
        var reply = await _served.Get(target);

        Assert.True(reply.Status is 308 or 400 or 404, reply.Raw);
        if (reply.Header("Location") is { } location)
        {
            Assert.StartsWith("http://a.test/", location, StringComparison.Ordinal);
            Assert.False(location["http://a.test".Length..] is ['/', '/' or '\\', ..], location);
        }
        Assert.Null(reply.Header("Set-Cookie"));
        await GoesOn();
    }

    [Theory]
    [InlineData("//evil.com")]
    [InlineData("/%2fevil.com/")]
    [InlineData("/%5c%5cevil.com/")]
    public async Task A_proxys_absolute_target_does_not_change_that(string path)
    {
        var reply = await _served.Send($"GET http://a.test{path} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        if (reply.Header("Location") is { } location) Assert.StartsWith("http://a.test/", location, StringComparison.Ordinal);
        await GoesOn();
    }

    [Theory]
    [InlineData("/", 8_000, "")]
    [InlineData("/a", 4_000, "")]
    [InlineData("/deep", 1, "/a/x/b/y/c")]
    [InlineData("/a/x", 2_000, "")]
    public async Task Eight_thousand_characters_of_slashes_and_segments_are_handled_immediately(string piece, int count, string end)
    {
        var reply = await _served.Get(string.Concat(Enumerable.Repeat(piece, count)) + end);

        Assert.True(reply.Status is 404 or 308, reply.Head);
        await GoesOn();
    }

    [Theory]
    [InlineData("/deep", "/x/y", 1_900)]
    [InlineData("/deep", "/x", 3_900)]
    [InlineData("/deep/a", "/x/a/y/a", 900)]
    [InlineData("/dash/", "-", 8_000)]
    [InlineData("/dash/a", "-a", 4_000)]
    public async Task Matching_of_rules_that_backtrack_stops_in_time(string start, string piece, int count)
    {
        var reply = await _served.Get(start + string.Concat(Enumerable.Repeat(piece, count)));

        Assert.True(reply.Status is 200 or 404 or 308, reply.Head);
        await GoesOn();
    }

    [Theory]
    [InlineData("/header?value=a%0d%0aX-Evil:%20yes")]
    [InlineData("/header?value=a%0aX-Evil:%20yes")]
    [InlineData("/header?value=a%00b")]
    [InlineData("/header?name=X-A%0d%0aX-Evil:&value=yes")]
    [InlineData("/header?name=X%20A&value=yes")]
    [InlineData("/header?name=&value=yes")]
    [InlineData("/type?value=text/plain%0d%0aX-Evil:%20yes")]
    [InlineData("/cookie?name=a%0d%0aX-Evil:%20yes")]
    [InlineData("/cookie?name=a%3Bb")]
    [InlineData("/cookie?name=")]
    [InlineData("/cookie?domain=a.test%0d%0aX-Evil:%20yes")]
    [InlineData("/cookie?domain=a.test;%20Path=/x")]
    [InlineData("/after")]
    public async Task An_invalid_header_is_a_500_and_is_not_sent(string target)
    {
        var reply = await _served.Get(target);

        Assert.Equal(500, reply.Status);
        Assert.Null(reply.Header("X-Evil"));
        Assert.Null(reply.Header("X-After"));
        Assert.Null(reply.Header("Set-Cookie"));
        Assert.StartsWith("hostile: Exception on ", _served.Log.Errors.First(), StringComparison.Ordinal);
        Assert.All(_served.Log.Errors, line => Assert.StartsWith("hostile: ", line, StringComparison.Ordinal));     // the server has logged no error
        Assert.Equal("up", (await _served.Get("/up")).Body);
    }

    [Theory]
    [InlineData("/cookie?value=a%0d%0aX-Evil:%20yes", "Set-Cookie", "asked=\"a\\015\\012X-Evil: yes\"; Path=/")]
    [InlineData("/cookie?value=a;%20Domain=evil.com", "Set-Cookie", "asked=\"a\\073 Domain=evil.com\"; Path=/")]
    [InlineData("/cookie?path=/a%0d%0aX-Evil:%20yes;%20Domain=b", "Set-Cookie", "asked=; Path=/a%0D%0AX-Evil:%20yes%3B%20Domain=b")]
    [InlineData("/redirect?to=/a%0d%0aX-Evil:%20yes", "Location", "/a%0D%0AX-Evil:%20yes")]
    [InlineData("/redirect?to=/%C3%BC%22%3Cscript>", "Location", "/%C3%BC%22%3Cscript%3E")]
    public async Task Characters_that_can_be_encoded_are_sent_encoded(string target, string header, string expected)
    {
        var reply = await _served.Get(target);

        Assert.Equal(expected, reply.Header(header));
        Assert.Null(reply.Header("X-Evil"));
        await GoesOn();
    }

    [Theory]
    [InlineData("=nameless; a=1", "a=1")]
    [InlineData(";;;;a=1;;", "a=1")]
    [InlineData("a", "a=")]
    [InlineData("a=\"open; b=2", "a=\"open|b=2")]
    [InlineData("a=\"\\999\\3\"; b=2", "a=9993|b=2")]
    [InlineData("a=1; a=2", "a=1")]
    [InlineData("a==b=c", "a==b=c")]
    [InlineData("\u00C3\u00BC=\u00C3\u00BC", null)]
    public async Task Malformed_cookies_are_read_as_far_as_possible(string cookies, string? expected)
    {
        var reply = await _served.Get("/cookies", $"Cookie: {cookies}\r\n");

        Assert.True(reply.Status is 200 or 400, reply.Raw);
        if (expected is not null) Assert.Equal(expected, reply.Body);
        await GoesOn();
    }

    [Fact]
    public async Task Thousands_of_cookies_are_read_in_time()
    {
        var reply = await _served.Get("/cookies", $"Cookie: {string.Concat(Enumerable.Repeat("a=b;", 7_000))}\r\n");

        Assert.Equal("a=b", reply.Body);
        await GoesOn();
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "/json", new string('[', 100_000) },
        { "/json", new string('[', 100_000) + new string(']', 100_000) },
        { "/json", string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) },
        { "/json", "" },
        { "/json", "\0" },
        { "/json", "{\"a\":1" },
        { "/json", "[1e]" },
        { "/json", "NaN" },
        { "/json", "\"\\ud800" },
        { "/typed", $"{{\"count\":{new string('9', 100_000)}}}" },
        { "/typed", "{\"count\":1e999999999}" },
        { "/typed", "{\"count\":1.5}" },
        { "/typed", "{\"count\":\"x\"}" },
        { "/typed", "[]" },
        { "/typed", "null" },
        { "/typed", "" },
        { "/typed", new string('[', 100_000) },
    };

    [Theory, MemberData(nameof(Bombs))]
    public async Task A_JSON_bomb_is_a_400(string target, string body) => await Refused(await _served.Post(target, "application/json", body), 400, 400);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application")]
    [InlineData("/;=")]
    public async Task JSON_under_another_type_is_a_415(string type) => await Refused(await _served.Post("/json", type, "{}"), 415, 415);

    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: abc")]
    [InlineData("Content-Length: 0x10")]
    [InlineData("Content-Length: 99999999999999999999999")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: 5, 5")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    public async Task A_wrong_framing_is_refused(string header) =>
        await Refused(await _served.Send($"POST /data HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{header}\r\n\r\nhello"));

    [Fact]
    public async Task Of_two_framings_the_chunks_count_and_the_rest_is_not_read_as_another_request()
    {
        var reply = await _served.Send(
            "POST /data HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /up HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        // RFC 9112 §6.3: the length is ignored; the connection is closed or the chunks are used.
        Assert.True(reply.Status == 400 || reply.Body.StartsWith('0'), reply.Raw);
        await GoesOn();
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello, too long\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\nhello\n0\n\n")]
    public async Task Chunked_garbage_is_refused(string body) =>
        await Refused(await _served.Send($"POST /data HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{body}"));

    // For Kestrel the early end of a body is a disconnected client, so it closes the connection without a response.
    [Theory]
    [InlineData("/data", "text/plain", "Content-Length: 1000", "{\"a\":")]
    [InlineData("/json", "application/json", "Content-Length: 1000", "{\"a\":")]
    [InlineData("/form", "application/x-www-form-urlencoded", "Content-Length: 1000", "a=b")]
    [InlineData("/form", "multipart/form-data; boundary=B", "Content-Length: 1000", "--B\r\n")]
    [InlineData("/form", "application/x-www-form-urlencoded", "Transfer-Encoding: chunked", "")]
    [InlineData("/form", "application/x-www-form-urlencoded", "Transfer-Encoding: chunked", "5\r\na=bcd\r\n")]
    [InlineData("/form", "application/x-www-form-urlencoded", "Transfer-Encoding: chunked", "7FFFFFFF\r\na=bcd")]
    public async Task A_body_that_ends_early_does_not_run_the_view_or_log_an_error(string target, string type, string framing, string body)
    {
        var reply = await _served.Send($"POST {target} HTTP/1.1\r\nHost: a\r\nContent-Type: {type}\r\n{framing}\r\n\r\n{body}", hangUp: true);

        Assert.True(reply.Status is 0 or 400, reply.Raw);
        Assert.Equal(0, _views);
        await GoesOn();
    }

    [Fact]
    public async Task A_form_over_its_limit_is_a_413_when_the_view_reads_it()
    {
        var reply = await _served.Post("/field", "application/x-www-form-urlencoded", "a=" + new string('a', 1_000_000));

        await Refused(reply, 413, 413);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"B")]
    public async Task A_multipart_form_without_a_boundary_never_breaks_the_server(string type)
    {
        var reply = await _served.Post("/form", type, "--B\r\n\r\nx\r\n--B--\r\n");

        Assert.True(reply.Status is 200 or 400, reply.Raw);
        await GoesOn();
    }

    [Fact]
    public async Task A_body_over_MaxContentLength_is_a_413_before_it_was_sent() => await Refused(
        await _served.Send("POST /data HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2000001\r\n\r\n"), 413, 413);

    [Fact]
    public async Task A_body_over_MaxContentLength_that_does_not_say_so_is_a_413_too()
    {
        var chunk = $"186A0\r\n{new string('a', 100_000)}\r\n";

        await Refused(await _served.Send(
            $"POST /data HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat(chunk, 21))}0\r\n\r\n"), 413, 413);
    }

    [Fact]
    public async Task A_body_of_exactly_MaxContentLength_is_taken() =>
        Assert.Equal("2000000", (await _served.Post("/data", "text/plain", new string('a', 2_000_000))).Body);

    [Fact]
    public async Task A_client_that_disconnects_during_a_stream_ends_it_and_its_teardown_without_an_error()
    {
        using (var socket = await _served.Connect())
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
            await _streaming.Task;
            socket.LingerState = new LingerOption(true, 0);
        }

        var error = await _teardowns.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(error is null or OperationCanceledException or IOException, error?.ToString());
        await GoesOn();
    }

    [Fact]
    public async Task A_client_that_disconnects_while_sending_its_body_runs_the_teardown_without_an_error()
    {
        using (var socket = await _served.Connect())
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes("POST /data HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
            var buffer = new byte[25];
            Assert.Equal("HTTP/1.1 100 Continue", Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer))[..21]);
            socket.LingerState = new LingerOption(true, 0);
        }

        await _teardowns.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        await GoesOn();
    }

    [Fact]
    public async Task Pipelined_requests_are_handled_one_by_one()
    {
        var reply = await _served.Send(string.Concat(Enumerable.Repeat("GET /up HTTP/1.1\r\nHost: a\r\n\r\n", 50)) + "GET /up HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Equal(51, reply.Raw.Split("HTTP/1.1 200 OK").Length - 1);
    }
}
