using System.Net;
using System.Numerics;

namespace Modular.Tests.Endpoints;

public sealed class ViewReturnTests
{
    const string Choices =
        " Return a string, Markup, bytes, an object, a Response, or a tuple (body, status), (body, headers) or (body, status, headers).";

    static readonly Dictionary<string, Delegate> Views = new()
    {
        ["text"] = () => "text",
        ["markup"] = () => new Markup("<b>"),
        ["html"] = () => Html($"<b>{"<"}</b>"),
        ["bytes"] = () => "bytes"u8.ToArray(),
        ["memory"] = () => new ReadOnlyMemory<byte>("memory"u8.ToArray()),
        ["response"] = () => new Response("response", 203),
        ["object"] = () => new { Name = "tea", Count = 2 },
        ["record"] = () => new Item("tea"),
        ["list"] = () => new List<object?> { 1, "a", null, 1.5 },
        ["array"] = () => new[] { 1, 2 },
        ["sequence"] = () => Enumerable.Range(1, 3).Where(number => number != 2),
        ["dictionary"] = () => new Dictionary<string, int> { ["Key"] = 1 },
        ["big"] = () => new { Number = BigInteger.Parse("123456789012345678901234567890") },
        ["json"] = () => Json(new { a = 1 }, 418),
        ["json-number"] = () => Json(5),
        ["result"] = () => Results.Text("result", "text/plain", statusCode: 202),
        ["stream"] = () => new MemoryStream("stream"u8.ToArray()),
        ["pieces"] = () => Pieces("pie", "ces"),
        ["byte-pieces"] = () => Pieces("pie"u8.ToArray(), "ces"u8.ToArray()),
        ["memory-pieces"] = () => Pieces(new ReadOnlyMemory<byte>("pie"u8.ToArray()), new ReadOnlyMemory<byte>("ces"u8.ToArray())),
        ["task"] = () => Task.FromResult("task"),
        ["value-task"] = () => ValueTask.FromResult("value task"),
        ["task-object"] = async () =>
        {
            await Task.Yield();
            return new Item("later");
        },
        ["task-tuple"] = async () =>
        {
            await Task.Yield();
            return ("later", 202);
        },
        ["value-task-response"] = async ValueTask<Response> () =>
        {
            await Task.Yield();
            return new("later", 203);
        },
        ["status"] = () => ("a", 201),
        ["status-code"] = () => ("a", HttpStatusCode.Created),
        ["status-line"] = () => ("a", "404 Not here"),
        ["markup-status"] = () => (new Markup("<b>"), 201),
        ["class-tuple"] = () => Tuple.Create("a", 201),
        ["json-status"] = () => (new Item("tea"), 201),
        ["bytes-status"] = () => ("a"u8.ToArray(), 201),
        ["no-status"] = () => ("a", (int?)null),
        ["tuple-in-tuple"] = () => (("a", 201), new Dictionary<string, string> { ["Content-Type"] = "text/plain" }),
        ["null-headers"] = () => ("a", 201, (Dictionary<string, string>?)null),
        ["union"] = Response () => 1 > 0 ? "text" : ("other", 404),
    };

    static readonly Dictionary<string, Delegate> Mistakes = new()
    {
        ["null"] = () => (string?)null,
        ["a null"] = () => (Item?)null,
        ["a later null"] = () => Task.FromResult<object?>(null),
        ["a null response"] = () => (Response)null!,
        ["int"] = object () => 404,
        ["enum"] = object () => DayOfWeek.Friday,
        ["decimal"] = object () => 1m,
        ["big number"] = object () => BigInteger.One,
        ["tuple of one"] = () => ValueTuple.Create("a"),
        ["tuple of four"] = () => ("a", 200, new Dictionary<string, string>(), "d"),
        ["null in a tuple"] = () => ((string?)null, 200),
        ["status of words"] = () => ("a", "many"),
        ["empty status"] = () => ("a", ""),
        ["number for headers"] = () => ("a", 200, 5),
        ["date for a status"] = () => ("a", DateTime.UnixEpoch, new Dictionary<string, string>()),
        ["status of two digits"] = () => ("a", 42),
    };

    [Theory]
    [InlineData("text", "200 text/html; charset=utf-8 text")]
    [InlineData("markup", "200 text/html; charset=utf-8 <b>")]
    [InlineData("html", "200 text/html; charset=utf-8 <b>&lt;</b>")]
    [InlineData("bytes", "200 text/html; charset=utf-8 bytes")]
    [InlineData("memory", "200 text/html; charset=utf-8 memory")]
    [InlineData("response", "203 text/html; charset=utf-8 response")]
    [InlineData("object", "200 application/json {\"name\":\"tea\",\"count\":2}\n")]
    [InlineData("record", "200 application/json {\"name\":\"tea\"}\n")]
    [InlineData("list", "200 application/json [1,\"a\",null,1.5]\n")]
    [InlineData("array", "200 application/json [1,2]\n")]
    [InlineData("sequence", "200 application/json [1,3]\n")]
    [InlineData("dictionary", "200 application/json {\"Key\":1}\n")]
    [InlineData("big", "200 application/json {\"number\":123456789012345678901234567890}\n")]
    [InlineData("json", "418 application/json {\"a\":1}\n")]
    [InlineData("json-number", "200 application/json 5\n")]
    [InlineData("result", "202 text/plain result")]
    [InlineData("stream", "200 application/octet-stream stream")]
    [InlineData("pieces", "200 text/html; charset=utf-8 pieces")]
    [InlineData("byte-pieces", "200 text/html; charset=utf-8 pieces")]
    [InlineData("memory-pieces", "200 text/html; charset=utf-8 pieces")]
    [InlineData("task", "200 text/html; charset=utf-8 task")]
    [InlineData("value-task", "200 text/html; charset=utf-8 value task")]
    [InlineData("task-object", "200 application/json {\"name\":\"later\"}\n")]
    [InlineData("task-tuple", "202 text/html; charset=utf-8 later")]
    [InlineData("value-task-response", "203 text/html; charset=utf-8 later")]
    [InlineData("status", "201 text/html; charset=utf-8 a")]
    [InlineData("status-code", "201 text/html; charset=utf-8 a")]
    [InlineData("status-line", "404 text/html; charset=utf-8 a")]
    [InlineData("markup-status", "201 text/html; charset=utf-8 <b>")]
    [InlineData("class-tuple", "201 text/html; charset=utf-8 a")]
    [InlineData("json-status", "201 application/json {\"name\":\"tea\"}\n")]
    [InlineData("bytes-status", "201 text/html; charset=utf-8 a")]
    [InlineData("no-status", "200 text/html; charset=utf-8 a")]
    [InlineData("tuple-in-tuple", "201 text/plain a")]
    [InlineData("null-headers", "201 text/html; charset=utf-8 a")]
    [InlineData("union", "200 text/html; charset=utf-8 text")]
    public async Task The_result_of_a_view_is_its_response_and_HEAD_returns_the_same_without_the_body(string name, string expected)
    {
        var app = new ModularApp();
        app.Route("/", Views[name]);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");
        var head = await client.HeadAsync("/");

        Assert.Equal(expected, response.ToString());
        Assert.Equal((response.Status, ""), (head.Status, head.Text));
        Assert.Equal(Headers(response), Headers(head));
    }

    [Theory]
    [InlineData("null", "A view returned null, which isn't a response." + Choices)]
    [InlineData("a null", "A view returned null, which isn't a response." + Choices)]
    [InlineData("a later null", "A view returned null, which isn't a response." + Choices)]
    [InlineData("a null response", "A view returned null, which isn't a response." + Choices)]
    [InlineData("int", "A view returned a bare int, which isn't a response." + Choices)]
    [InlineData("enum", "A view returned a bare DayOfWeek, which isn't a response." + Choices)]
    [InlineData("decimal", "A view returned a bare decimal, which isn't a response." + Choices)]
    [InlineData("big number", "A view returned a bare BigInteger, which isn't a response." + Choices)]
    [InlineData("tuple of one", "A view returned a tuple of 1, which isn't a response." + Choices)]
    [InlineData("tuple of four", "A view returned a tuple of 4, which isn't a response." + Choices)]
    [InlineData("null in a tuple", "A view returned null, which isn't a response." + Choices)]
    [InlineData("status of words", "A view returned the status \"many\", which isn't a response." + Choices)]
    [InlineData("empty status", "A view returned the status \"\", which isn't a response." + Choices)]
    [InlineData("number for headers", "A view returned headers of type int, which isn't a response." + Choices)]
    [InlineData("date for a status", "A view returned a status of type DateTime, which isn't a response." + Choices)]
    [InlineData("status of two digits", "42 isn't an HTTP status code. Use a number of three digits, such as 200 or 404.")]
    public async Task A_result_that_is_not_a_response_is_a_500_and_the_developer_sees_the_reason(string name, string message)
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.Route("/", Mistakes[name]);
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal(500, response.Status);
        var (_, text, error) = Assert.Single(lines.Errors);
        Assert.Equal(("Exception on / [GET]", message), (text, error!.Message));
    }

    [Fact]
    public async Task A_null_from_a_plain_view_is_reported_too()
    {
        var app = new ModularApp();
        app.Route("/text", () => (string)null!);
        app.Route("/later", string () => null!);
        app.Route("/response", () => (Response)null!);
        await using var client = app.TestClient();

        foreach (var path in new[] { "/text", "/later", "/response" })
        {
            var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync(path));
            Assert.Equal("A view returned null, which isn't a response." + Choices, error.Message);
        }
    }

    [Fact]
    public async Task A_view_that_returns_several_types_or_only_null_or_only_throws_compiles()
    {
        var app = new ModularApp();
        app.Get("/mixed", () =>
        {
            if (Current.Request.Args.Count > 0) return "text";
            return ("tuple", 202);
        });
        app.Get("/null", () => null!);
        app.Get("/throw", () => throw new HttpException(418));
        await using var client = app.TestClient();

        Assert.Equal((202, 200, 418), ((await client.GetAsync("/mixed")).Status, (await client.GetAsync("/mixed?a=1")).Status, (await client.GetAsync("/throw")).Status));
        Assert.StartsWith("A view returned null", (await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/null"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_given_in_a_tuple_replaces_the_responses_own()
    {
        var app = new ModularApp();
        app.Route("/", () =>
        {
            var response = new Response("a", 202);
            response.Headers["X-A"] = new(["1", "2"]);
            return (response, new Dictionary<string, string> { ["x-a"] = "3" });
        });
        await using var client = app.TestClient();

        var answer = await client.GetAsync("/");

        Assert.Equal((202, "3"), (answer.Status, answer.Headers["X-A"].ToString()));
    }

    [Theory]
    [InlineData("X-A", "a\r\nSet-Cookie: b=c", "The header X-A cannot be sent with the value \"a\\u000D\\u000ASet-Cookie: b=c\". Remove its line feeds and control characters.")]
    [InlineData("X A", "a", "The header name \"X A\" cannot be sent. Use letters, digits and dashes.")]
    public async Task A_value_that_would_split_a_header_is_a_500(string name, string value, string message)
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.Route("/", () => ("a", new Dictionary<string, string> { [name] = value }));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("X-A", response.Headers.Keys);
        Assert.Equal(message, Assert.Single(lines.Errors).Error!.Message);
    }

    [Fact]
    public async Task A_stream_that_is_returned_is_disposed_also_for_head()
    {
        var streams = new List<Disposable>();
        var app = new ModularApp();
        app.Route("/", () =>
        {
            streams.Add(new());
            return streams[^1];
        });
        await using var client = app.TestClient();

        await client.GetAsync("/");
        await client.HeadAsync("/");

        Assert.Equal([true, true], streams.Select(stream => stream.IsDisposed));
    }

    [Fact]
    public async Task Two_requests_of_one_text_view_do_not_share_changes_of_a_response()
    {
        var app = new ModularApp();
        app.Route("/marked", () =>
        {
            AfterThisRequest(response => (response.Status, response.Headers["X-Mark"]) = (299, "1"));
            return "marked";
        });
        app.Route("/plain", () => "plain");
        await using var client = app.TestClient();

        var marked = await client.GetAsync("/marked");
        var plain = await client.GetAsync("/plain");

        Assert.Equal((299, "1", "marked"), (marked.Status, marked.Headers["X-Mark"].ToString(), marked.Text));
        Assert.Equal((200, "", "plain"), (plain.Status, plain.Headers["X-Mark"].ToString(), plain.Text));
    }

    static string Headers(TestResponse response) => string.Join('\n', response.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));

    static async IAsyncEnumerable<T> Pieces<T>(params T[] pieces)
    {
        foreach (var piece in pieces)
        {
            await Task.Yield();
            yield return piece;
        }
    }

    [Fact]
    public async Task A_stream_that_can_neither_be_read_nor_be_closed_is_logged_with_both_errors()
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.Route("/", () => new Response(Pieces()).OnClose(() => throw new InvalidOperationException("not closed")));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal(500, response.Status);
        var both = Assert.IsType<AggregateException>(Assert.Single(lines.Errors).Error);
        Assert.Equal(["not read", "not closed"], both.InnerExceptions.Select(one => one.Message));

        static async IAsyncEnumerable<string> Pieces()
        {
            await Task.Yield();
            if (DateTime.UnixEpoch.Year == 1970) throw new InvalidOperationException("not read");
            yield return "";
        }
    }

    sealed record Item(string Name);

    sealed class Disposable() : MemoryStream("body"u8.ToArray())
    {
        internal bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
