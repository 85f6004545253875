using System.Collections.Concurrent;
using System.Text;

namespace Modular.Tests.Contexts;

/// <summary>R7: a hook or a task that keeps a response keeps its own request's, whatever the shape of the view.</summary>
public sealed class KeptResponseTests
{
    [Fact]
    public async Task A_response_that_a_hook_kept_is_never_used_for_another_request()
    {
        const int Requests = 5_000;
        var kept = new ConcurrentBag<(string Id, Response Response)>();
        var (turn, done) = (0, 0);
        RequestContext? current = null;
        var app = new ModularApp(new() { StaticFolder = null });
        app.Get("/<id>", (string id) =>
        {
            current = Current.Context;
            Volatile.Write(ref turn, int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
            return id;
        });
        // A task beside the view, which adds its hook somewhere between the view's end and the answer.
        var beside = new Thread(() =>
        {
            for (var number = 1; number <= Requests; number++)
            {
                var spin = new SpinWait();
                while (Volatile.Read(ref turn) < number) spin.SpinOnce(-1);
                Thread.SpinWait(number % 60);
                try
                {
                    var id = $"{number}";
                    current!.AfterThisRequest(response =>
                    {
                        kept.Add((id, response));
                        return new(response);
                    });
                }
                catch (ModularException)
                {
                    // Too late, which is an error.
                }
                Volatile.Write(ref done, number);
            }
        });
        beside.Start();

        for (var number = 1; number <= Requests; number++)
        {
            var http = new DefaultHttpContext { Request = { Method = "GET", Path = $"/{number}" }, Response = { Body = new MemoryStream() } };
            await app.AppDelegate(http);
            Assert.Equal($"{number}", Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()));
            SpinWait.SpinUntil(() => Volatile.Read(ref done) == number);
        }

        Assert.All(kept, entry => Assert.Equal(entry.Id, entry.Response.Text));
        Assert.All(kept.GroupBy(entry => entry.Response, ReferenceEqualityComparer.Instance), same => Assert.Single(same.Select(entry => entry.Id).Distinct()));
    }

    [Fact]
    public async Task A_hook_that_is_added_after_the_after_hooks_is_refused_and_not_ignored()
    {
        RequestContext? context = null;
        string? message = null;
        var app = new ModularApp(new() { StaticFolder = null });
        app.TeardownRequest(_ => message = Mistake.Of(() => context!.AfterThisRequest(_ => default)));
        app.Get("/", () =>
        {
            context = Current.Context;
            return "";
        });
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal("AfterThisRequest was called when the request's after hooks had run, so the hook would never run. Call it in the view, or in a hook before.", message);
    }

    public static TheoryData<string> Shapes => ["string", "Response", "context", "Task<string>", "Task<Response>", "ValueTask", "object", "stream"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_task_that_outlives_a_view_of_any_shape_gets_the_clear_error(string shape)
    {
        var (ended, tasks) = (new TaskCompletionSource(), new List<Task<string>>());
        var app = new ModularApp(new() { StaticFolder = null });
        Add(app, shape, () => tasks.Add(Later()));
        await using var client = app.TestClient();

        var first = await client.GetAsync("/a");
        var second = await client.GetAsync("/b");
        ended.SetResult();

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(2, tasks.Count);
        foreach (var task in tasks)
            Assert.Equal("Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.",
                (await Assert.ThrowsAsync<ModularException>(() => task)).Message);

        async Task<string> Later()
        {
            await ended.Task;
            return Current.Request.Path;
        }
    }

    [Theory]
    [InlineData("view")]
    [InlineData("before hook")]
    [InlineData("after hook")]
    [InlineData("error handler")]
    [InlineData("exception")]
    public async Task A_response_is_sent_to_one_request_alone(string place)
    {
        var shared = new Response("shared");
        var app = new ModularApp { PropagatesExceptions = true };
        app.Get("/<id>", (string id) => place switch
        {
            "view" => shared,
            "error handler" => throw new InvalidOperationException(),
            "exception" => throw new HttpException(shared),
            _ => new Response(id),
        });
        if (place == "before hook") app.BeforeRequest(() => shared);
        if (place == "after hook") app.AfterRequest(Response? (Response _) => shared);
        if (place == "error handler") app.ErrorHandler<InvalidOperationException>(_ => shared);
        app.AfterRequest(response => { response.SetCookie("user", Current.Request.Path); });
        await using var client = app.TestClient();

        var first = await client.GetAsync("/alice");
        var second = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/bob"));

        Assert.Equal("shared", first.Text);
        Assert.Equal("A response of another request was returned, with the cookies and headers of that request. Make a new one for each request: () => new Response(…).", second.Message);
    }

    static void Add(ModularApp app, string shape, Action starts)
    {
        foreach (var path in (string[])["/a", "/b"])
            switch (shape)
            {
                case "string": app.Get(path, () => { starts(); return path; }, endpoint: path[1..]); break;
                case "Response": app.Get(path, () => { starts(); return new Response(path); }, endpoint: path[1..]); break;
                case "context": app.Get(path, (RequestContext _) => { starts(); return new Response(path); }, endpoint: path[1..]); break;
                case "Task<string>": app.Get(path, async () => { await Task.Yield(); starts(); return path; }, endpoint: path[1..]); break;
                case "Task<Response>": app.Get(path, async () => { await Task.Yield(); starts(); return new Response(path); }, endpoint: path[1..]); break;
                case "ValueTask": app.Get(path, async ValueTask<string> () => { await Task.Yield(); starts(); return path; }, endpoint: path[1..]); break;
                case "object": app.Get(path, () => { starts(); return new { path }; }, endpoint: path[1..]); break;
                default: app.Get(path, () => { starts(); return new Response(Pieces(path)); }, endpoint: path[1..]); break;
            }
    }

    static async IAsyncEnumerable<string> Pieces(string path)
    {
        yield return path;
        await Task.Yield();
        yield return path;
    }
}
