using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Modular.Tests.Http;

namespace Modular.Tests.Endpoints;

public sealed partial class JsonAnswerTests
{
    static readonly Dictionary<string, Delegate> Streams = new()
    {
        ["records"] = () => Later(new Item("tea"), new Item("cup")),
        ["numbers"] = () => Later(1, 2),
        ["objects"] = () => Later<object?>(new Item("tea"), 1, null),
        ["nothing"] = () => Later<Item>(),
        ["both"] = () => new Both(),
        ["task"] = () => Task.FromResult(Later(new Item("tea"))),
        ["json"] = () => Json(Later("a", "b")),
        ["status"] = () => (Later(new Item("tea")), 201),
        ["json-status"] = () => Json(Later(1), 202),
        ["inside"] = () => new { Count = 2, Items = Later(1, 2) },
        ["inside-dictionary"] = () => new Dictionary<string, object> { ["items"] = Later(1, 2) },
        ["inside-list"] = () => new[] { Later(1), Later(2) },
        ["markup"] = () => Later(new Markup("<b>"), new Markup("</b>")),
    };

    [Theory]
    [InlineData("records", "200 application/json [{\"name\":\"tea\"},{\"name\":\"cup\"}]\n")]
    [InlineData("numbers", "200 application/json [1,2]\n")]
    [InlineData("objects", "200 application/json [{\"name\":\"tea\"},1,null]\n")]
    [InlineData("nothing", "200 application/json []\n")]
    [InlineData("both", "200 application/json [1]\n")]
    [InlineData("task", "200 application/json [{\"name\":\"tea\"}]\n")]
    [InlineData("json", "200 application/json [\"a\",\"b\"]\n")]
    [InlineData("status", "201 application/json [{\"name\":\"tea\"}]\n")]
    [InlineData("json-status", "202 application/json [1]\n")]
    [InlineData("inside", "200 application/json {\"count\":2,\"items\":[1,2]}\n")]
    [InlineData("inside-dictionary", "200 application/json {\"items\":[1,2]}\n")]
    [InlineData("inside-list", "200 application/json [[1],[2]]\n")]
    [InlineData("markup", "200 text/html; charset=utf-8 <b></b>")]
    public async Task An_async_sequence_is_a_JSON_array_and_HEAD_reads_none_of_it(string name, string expected)
    {
        var app = new ModularApp();
        app.Route("/", Streams[name]);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");
        var head = await client.HeadAsync("/");

        Assert.Equal(expected, response.ToString());
        Assert.Equal((response.Status, response.Headers.ContentType.ToString(), ""), (head.Status, head.Headers.ContentType.ToString(), head.Text));
    }

    [Fact]
    public async Task An_element_is_sent_before_the_next_one_is_available()
    {
        var next = new TaskCompletionSource();
        var app = new ModularApp();
        app.Route("/", () => Waiting(next.Task));
        await using var server = await RawServer.Start(app.AppDelegate);

        Assert.Equal(200, await server.StatusOf("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"));
        next.SetResult();

        static async IAsyncEnumerable<int> Waiting(Task next)
        {
            yield return 1;
            await next;
            yield return 2;
        }
    }

    [Fact]
    public async Task A_source_that_fails_before_its_first_element_is_a_500_without_a_piece_of_JSON()
    {
        var app = new ModularApp();
        app.Route("/", () => Failing());
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal((500, "text/html; charset=utf-8"), (response.Status, response.Headers.ContentType.ToString()));
        Assert.StartsWith("<!doctype html>", response.Text, StringComparison.Ordinal);

        static async IAsyncEnumerable<Item> Failing()
        {
            await Task.Yield();
            if (DateTime.UnixEpoch.Year == 1970) throw new InvalidOperationException("no database");
            yield return new("tea");
        }
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("bytes")]
    [InlineData("markup")]
    public async Task A_source_is_cancelled_when_its_client_disconnects(string kind)
    {
        var left = new TaskCompletionSource();
        using var client = new CancellationTokenSource();
        var http = Sent.Request();
        http.RequestAborted = client.Token;
        var app = new ModularApp();
        app.Route("/", object () => kind switch
        {
            "objects" => Endless(new Item("tea")),
            "bytes" => Endless("tea"u8.ToArray()),
            _ => Endless(new Markup("tea")),
        });
        await using var services = new ServiceCollection().BuildServiceProvider();
        http.RequestServices = services;

        var answer = app.AppDelegate(http);
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await Task.WhenAny(answer);

        async IAsyncEnumerable<T> Endless<T>(T piece, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            yield return piece;
            cancellation.Register(() => left.TrySetCanceled(CancellationToken.None));
            await left.Task;
        }
    }

    [Fact]
    public async Task A_generated_context_that_knows_the_sequence_is_enough()
    {
        var app = new ModularApp(new() { Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = Known.Default } });
        app.Route("/", () => Later(new Item("tea")));
        await using var client = app.TestClient();

        Assert.Equal("[{\"name\":\"tea\"}]\n", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_MultiDict_is_a_JSON_object_of_first_values()
    {
        var app = new ModularApp();
        app.Post("/<int:id>", (int id) => new
        {
            Current.Request.Args,
            Current.Request.Form,
            Current.Request.Values,
            Current.Request.Cookies,
            Current.Request.ViewArgs,
        });
        app.Get("/args", () => Json(Current.Request.Args));
        app.Get("/returned", () => Current.Request.Args);
        app.Get("/pairs", () => Json(Current.Request.Args.Pairs.Count));
        await using var client = app.TestClient();

        Assert.Equal(
            """{"args":{"a":"1","B":"x"},"form":{"c":"3"},"values":{"a":"1","B":"x","c":"3"},"cookies":{"d":"4"},"viewArgs":{"id":7}}""" + "\n",
            (await client.PostAsync("/7?a=1&a=2&B=x", new() { Form = [("c", "3")], Headers = [("Cookie", "d=4")] })).Text);
        Assert.Equal("{\"a\":\"1\",\"\":\"\\u003C\"}\n", (await client.GetAsync("/args?a=1&a=2&=<")).Text);
        Assert.Equal("{\"a\":\"1\"}\n", (await client.GetAsync("/returned?a=1&a=2")).Text);
        Assert.Equal("{}\n", (await client.GetAsync("/args")).Text);
        Assert.Equal("2\n", (await client.GetAsync("/pairs?a=1&a=2")).Text);
    }

    [Fact]
    public async Task Headers_are_a_JSON_object_of_lists_and_G_one_of_its_values()
    {
        var app = new ModularApp();
        app.Get("/headers", () => Json(Current.Request.Headers));
        app.Get("/g", () =>
        {
            (Current.G["user"], Current.G["none"], Current.G["args"]) = (new Item("tea"), null, Current.Request.Args);
            return Json(Current.G);
        });
        await using var client = app.TestClient(new() { Headers = [] });

        Assert.Contains("\"X-A\":[\"1\"]", (await client.GetAsync("/headers", new() { Headers = [("X-A", "1")] })).Text, StringComparison.Ordinal);
        Assert.Equal("{\"user\":{\"name\":\"tea\"},\"none\":null,\"args\":{\"q\":\"1\"}}\n", (await client.GetAsync("/g?q=1")).Text);
    }

    [Fact]
    public async Task Options_of_the_applications_own_write_the_same_objects()
    {
        var app = new ModularApp(new() { Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() } });
        app.Get("/", () => Json(Current.Request.Args));
        await using var client = app.TestClient();

        Assert.Equal("{\"a\":\"1\"}\n", (await client.GetAsync("/?a=1&a=2")).Text);
    }

    static async IAsyncEnumerable<T> Later<T>(params T[] items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    internal sealed record Item(string Name);

    // As a database query: both sequences at once.
    sealed class Both : IEnumerable<int>, IAsyncEnumerable<int>
    {
        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Later(1).GetAsyncEnumerator(cancellationToken);

        public IEnumerator<int> GetEnumerator() => throw new InvalidOperationException("It blocks.");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(IAsyncEnumerable<Item>))]
    sealed partial class Known : JsonSerializerContext;
}
