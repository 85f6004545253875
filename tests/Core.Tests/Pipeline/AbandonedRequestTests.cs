using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Modular.Tests.Hosting;

namespace Modular.Tests.Contexts;

/// <summary>R7: middleware that abandons a running request. The abandoned code must not affect another request, or a context that the server reuses.</summary>
public sealed class AbandonedRequestTests
{
    [Fact]
    public async Task An_abandoned_request_does_not_run_another_requests_view_or_send_its_response()
    {
        var (slow, fast) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task? abandoned = null;
        var runs = 0;
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseMiddleware(next => async http =>
        {
            var answer = next(http);
            if (http.Request.Path != "/slow")
            {
                await answer;
                return;
            }
            abandoned = answer;
            http.Response.StatusCode = 504;
        });
        app.BeforeRequest(async Task<Response?> (RequestContext context) =>
        {
            await (context.Request.Path == "/slow" ? slow : fast).Task;
            return null;
        });
        app.Get("/slow", () => new Response("slow"), endpoint: "slow");
        app.Get("/b", () => new Response($"b{++runs}"), endpoint: "b");
        var (first, second) = (Request("/slow"), Request("/b"));

        await app.AppDelegate(first);                 // ends here, in the eyes of the server
        var other = app.AppDelegate(second);          // takes what the first one left, if anything of it is used again
        slow.SetResult();
        var error = await Assert.ThrowsAsync<ModularException>(() => abandoned!);
        var runsOfAnother = runs;
        fast.SetResult();
        await other;

        Assert.Equal(0, runsOfAnother);
        Assert.Equal((504, "", 200, "b1"), (first.Response.StatusCode, Body(first), second.Response.StatusCode, Body(second)));
        Assert.Equal("Current.Http was read after its request had ended. Read what you need before the task starts, or await it in the view.", error.Message);
    }

    [Theory]
    [InlineData("middleware of the application")]
    [InlineData("around AppDelegate")]
    [InlineData("around it by a plugin")]
    [InlineData("middleware of a host that it is mounted in")]
    public async Task After_an_abandoned_request_the_same_connection_gets_its_own_responses(string place)
    {
        const int Rounds = 4, Beside = 12;
        var release = new ConcurrentDictionary<string, TaskCompletionSource>();
        var abandoned = new ConcurrentDictionary<string, Task>();
        var views = 0;
        var app = new ModularApp(new() { StaticFolder = null });
        if (place == "middleware of the application") app.UseMiddleware(GiveUp);
        if (place == "around AppDelegate") app.AppDelegate = GiveUp(app.AppDelegate);
        if (place == "around it by a plugin") app.Use(new Around(GiveUp));
        app.BeforeRequest(async Task<Response?> (RequestContext context) =>
        {
            if (context.Request.Path == "/slow") await release[context.Request.Args["round"]].Task;
            else await Task.Yield();
            return null;
        });
        app.Get("/slow", () => new Response("slow"), endpoint: "slow");
        app.Get("/b", () => new Response($"b{Interlocked.Increment(ref views)}"), endpoint: "b");
        app.Get("/c", async (RequestContext context) =>
        {
            var round = context.Request.Args["round"];
            release[round].TrySetResult();
            await abandoned[round];            // what it does to its server's context, it does while this request has it
            return new Response("c");
        }, endpoint: "c");
        var host = new ModularApp(new() { StaticFolder = null });
        host.UseMiddleware(GiveUp);
        host.UseMiddleware(_ => app.AppDelegate);
        await using var served = await Served.Start(place == "middleware of a host that it is mounted in" ? host : app);

        for (var round = 0; round < Rounds; round++)
        {
            release[$"{round}"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using var socket = await served.Connect();
            Assert.StartsWith("HTTP/1.1 504", await Ask(socket, $"/slow?round={round}"), StringComparison.Ordinal);
            var beside = Enumerable.Range(0, Beside).Select(_ => served.Client.GetStringAsync(new Uri(served.Url, "/b"))).ToList();
            Assert.EndsWith("\r\n\r\nc", await Ask(socket, $"/c?round={round}"), StringComparison.Ordinal);
            Assert.All(await Task.WhenAll(beside), text => Assert.StartsWith("b", text, StringComparison.Ordinal));
        }

        Assert.Equal(Rounds * Beside, views);

        RequestDelegate GiveUp(RequestDelegate next) => async http =>
        {
            if (http.Request.Path != "/slow")
            {
                await next(http);
                return;
            }
            abandoned[http.Request.Query["round"].ToString()] = next(http).ContinueWith(task => task.Exception, TaskScheduler.Default);
            (http.Response.StatusCode, http.Response.ContentLength) = (504, 0);
        };
    }

    [Fact]
    public async Task A_half_sent_response_that_is_abandoned_is_aborted_before_the_server_reuses_its_context()
    {
        var (begun, more) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseMiddleware(next => async http => await Task.WhenAny(next(http), begun.Task));
        app.Get("/", () => new Response(Pieces()));
        var http = Request("/");
        using var lifetime = new Lifetime();
        http.Features.Set<IHttpRequestLifetimeFeature>(lifetime);

        var request = app.AppDelegate(http);
        await begun.Task;
        await Task.Yield();
        Assert.False(request.IsCompleted);            // the server must not use the context again while a write is in flight
        more.SetResult();
        await request;

        Assert.True(http.RequestAborted.IsCancellationRequested);
        Assert.DoesNotContain("three", Body(http), StringComparison.Ordinal);

        async IAsyncEnumerable<string> Pieces()
        {
            yield return "one";
            begun.SetResult();
            await more.Task;
            yield return "two";
            yield return "three";
        }
    }

    [Fact]
    public async Task An_abandoned_request_does_not_read_more_of_the_connection()
    {
        Task? abandoned = null;
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseMiddleware(next => async http =>
        {
            if (!HttpMethods.IsPost(http.Request.Method))
            {
                await next(http);
                return;
            }
            abandoned = next(http);
            await waiting.Task;
            (http.Response.StatusCode, http.Response.ContentLength) = (504, 0);
        });
        app.BeforeRequest(() => { waiting.TrySetResult(); });
        app.Post("/upload", () => $"took {Current.Request.Data.Length}", endpoint: "upload");
        app.Get("/c", () => "c", endpoint: "c");
        await using var served = await Served.Start(app);
        using var socket = await served.Connect();

        var first = await Ask(socket, "POST /upload HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\n12345", whole: true);
        var second = "";
        try
        {
            second = await Ask(socket, "67890GET /c HTTP/1.1\r\nHost: a.test\r\n\r\n", whole: true);
        }
        catch (SocketException)
        {
            // Kestrel may close a connection with a partly read body. Then requests can't be mixed up either.
        }
        var error = await Record.ExceptionAsync(() => abandoned!);

        Assert.StartsWith("HTTP/1.1 504", first, StringComparison.Ordinal);
        Assert.True(second.Length == 0 || second.EndsWith("\r\n\r\nc", StringComparison.Ordinal), second);
        Assert.NotNull(error);
    }

    [Fact]
    public async Task Two_thousand_requests_with_aborts_and_time_outs_in_between_get_their_own_responses()
    {
        const int Requests = 2000, AtOnce = 100;
        var wrong = new ConcurrentBag<string>();
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseMiddleware(next => async http =>
        {
            var abandons = http.Request.Query.ContainsKey("abandon");       // before next: two threads can't use one HttpContext
            var answer = next(http);
            if (!abandons)
            {
                await answer;
                return;
            }
            _ = answer.ContinueWith(task => task.Exception, TaskScheduler.Default);
            await Task.Yield();
        });
        app.BeforeRequest(async Task<Response?> (RequestContext context) =>
        {
            context.G["id"] = context.Request.Args["id"];
            for (var i = 0; i < 5; i++) await Task.Yield();
            return null;
        });
        app.GotRequestException += (_, error) => wrong.Add(error.ToString());
        app.AfterRequest(response => response.Headers["X-Id"] = Current.G.Get<string>("id"));
        app.Get("/text/<id>", (string id) => id, endpoint: "text");
        app.Get("/task/<id>", async (string id) =>
        {
            await Task.Yield();
            return new Response(id);
        }, endpoint: "task");
        app.Get("/none/<id>", (RequestContext context) => new Response(context.G.Get<string>("id")), endpoint: "none");

        for (var first = 0; first < Requests; first += AtOnce)
            await Task.WhenAll(Enumerable.Range(first, AtOnce).Select(AskAsync));

        Assert.True(wrong.IsEmpty, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(10))}");

        async Task AskAsync(int number)
        {
            var shape = (string[])["text", "task", "none"];
            var abandons = number % 3 == 0;
            var http = Request($"/{shape[number % shape.Length]}/{number}", $"?id={number}{(abandons ? "&abandon=1" : "")}");
            using var lifetime = new Lifetime();
            http.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
            if (number % 7 == 0) lifetime.Abort();
            await app.AppDelegate(http);
            var (body, id) = (Body(http), http.Response.Headers["X-Id"].ToString());
            if (body.Length > 0 && body != $"{number}" || id.Length > 0 && id != $"{number}" || !abandons && body != $"{number}") wrong.Add($"{number} got \"{body}\" of {id}");
        }
    }

    sealed class Around(Func<RequestDelegate, RequestDelegate> layer) : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Around", "[0.1,2.0)");

        public void Install(PluginBuilder builder) => builder.UseMiddleware(_ => layer);
    }

    sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        readonly CancellationTokenSource _source = new();

        public CancellationToken RequestAborted { get => _source.Token; set => throw new NotSupportedException(); }

        public void Abort() => _source.Cancel();

        public void Dispose() => _source.Dispose();
    }

    static DefaultHttpContext Request(string path, string query = "") => new()
    {
        Request = { Method = "GET", Path = path, QueryString = new(query) },
        Response = { Body = new MemoryStream() },
    };

    static string Body(HttpContext http) => Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());

    // Sends a request on an open connection and reads one answer of known length.
    static async Task<string> Ask(Socket socket, string target, bool whole = false)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(whole ? target : $"GET {target} HTTP/1.1\r\nHost: a.test\r\n\r\n"));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!IsComplete(text.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer, deadline.Token);
            if (count == 0) break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        return text.ToString();
    }

    static bool IsComplete(string text)
    {
        if (text.Split("\r\n\r\n", 2) is not [var head, var body]) return false;
        var length = head.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))["Content-Length:".Length..];
        return body.Length >= int.Parse(length, System.Globalization.NumberStyles.AllowLeadingWhite, System.Globalization.CultureInfo.InvariantCulture);
    }
}
