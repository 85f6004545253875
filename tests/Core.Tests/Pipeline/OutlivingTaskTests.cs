using System.Collections.Concurrent;

namespace Modular.Tests.Contexts;

/// <summary>R7: two requests never see each other's locals, also when a task outlives its request.</summary>
public sealed class OutlivingTaskTests
{
    const int Requests = 2000;
    const int AtOnce = 50;
    const int ReadsAfterTheEnd = 10;

    static readonly Slot<string> Owner = new("owner");

    [Fact]
    public async Task A_task_that_outlives_its_request_gets_the_clear_error()
    {
        var (ended, read) = (new TaskCompletionSource(), new TaskCompletionSource<Task<string>>());
        var app = new ModularApp();
        app.Route("/", () =>
        {
            read.SetResult(Later());
            return "answered";
        });
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");
        ended.SetResult();
        var error = await Assert.ThrowsAsync<ModularException>(async () => await await read.Task);

        Assert.Equal("answered", response.Text);
        Assert.Equal(
            "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.", error.Message);

        async Task<string> Later()
        {
            await ended.Task;
            Assert.Equal((false, false), (Current.HasRequest, Current.HasContext));
            return Current.Request.Path;
        }
    }

    [Fact]
    public async Task A_url_is_not_built_after_the_end_of_the_request()
    {
        var (ended, built) = (new TaskCompletionSource(), new TaskCompletionSource<Task<string>>());
        var app = new ModularApp();
        app.Route("/", () =>
        {
            built.SetResult(Later());
            return "";
        }, endpoint: "home");
        await using var client = app.TestClient();

        await client.GetAsync("/");
        ended.SetResult();
        var error = await Assert.ThrowsAsync<ModularException>(async () => await await built.Task);

        Assert.Equal(
            "UrlFor(\"home\") was called after its request had ended. Build the URL earlier, or await the task in the view.", error.Message);

        async Task<string> Later()
        {
            await ended.Task;
            return UrlFor("home");
        }
    }

    [Fact]
    public async Task Two_thousand_requests_and_their_outliving_tasks_never_see_each_other()
    {
        var (wrong, tasks) = (new ConcurrentBag<string>(), new ConcurrentBag<Task<int>>());
        var meetings = Enumerable.Range(0, Requests).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var app = new ModularApp(new() { StaticFolder = null })
            .Use(new Probe("Owners", builder => builder.AddRequestSlot(Owner, _ => "none")));
        app.BeforeRequest(() => Current.G["id"] = Current.Request.Args["id"]);
        app.AfterRequest(response => response.Headers["X-Id"] = (string)Current.G["id"]!);
        app.Route("/user/<name>", async (string name, RequestContext context) =>
        {
            var id = Current.Request.Args["id"];
            if (name != id || context.Find(Owner) is not null) wrong.Add($"{id} began as {name} of {context.Find(Owner)}");
            context.Set(Owner, id);
            var (request, g) = (context.Request, context.G);
            tasks.Add(Task.Run(() => Outlive(id, context, request, g, wrong)));

            // Two requests wait for one another, so that many are always in flight.
            var number = int.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
            meetings[number].SetResult();
            await meetings[number ^ 1].Task;
            if (Current.G.Get<string>("id") != id || context.Find(Owner) != id || Current.Request.Path != $"/user/{id}") wrong.Add($"{id} became another");
            return id;
        });

        for (var first = 0; first < Requests; first += AtOnce)
            await Task.WhenAll(Enumerable.Range(first, AtOnce).Select(id => Answer(app, $"{id}", wrong)));
        var errors = await Task.WhenAll(tasks);

        Assert.True(wrong.IsEmpty, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(10))}");
        Assert.Equal(Requests, errors.Length);
        Assert.All(errors, count => Assert.Equal(ReadsAfterTheEnd, count));
    }

    static async Task Answer(ModularApp app, string id, ConcurrentBag<string> wrong)
    {
        var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = ("GET", $"/user/{id}", new($"?id={id}"));
        await app.AppDelegate(http);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        if (text != id || http.Response.Headers["X-Id"] != id) wrong.Add($"{id} was answered with {text}, {http.Response.Headers["X-Id"]}");
    }

    // Reads and writes everything during its request and long after. Returns the number of clear errors.
    static async Task<int> Outlive(string id, RequestContext context, Request request, RequestItems g, ConcurrentBag<string> wrong)
    {
        for (var errors = 0; ;)
        {
            var hasEnded = Look(() => Current.Request.Args["id"])
                & Look(() => Current.G.Get<string>("id"))
                & Look(() => context.Request.Path["/user/".Length..])
                & Look(() => context.Find(Owner))
                & Look(() => context.G.Get<string>("id"))
                & Look(() => UrlFor(context.Endpoint!, ("name", id))["/user/".Length..])
                & Look(() => request.Path["/user/".Length..])
                & Look(() => request.ViewArgs!["name"] as string)
                & Write(() => context.Set(Owner, id))
                & Write(() => context.AfterThisRequest(response =>
                {
                    response.Headers["X-Id"] = id;
                    return new(response);
                }));
            if (g.Get<string>("id") != id) wrong.Add($"{id} lost its own G");
            if (hasEnded && ++errors == ReadsAfterTheEnd) return errors;
            await Task.Yield();
        }

        bool Look(Func<string?> read) => Write(() =>
        {
            var seen = read();
            if (seen != id) wrong.Add($"{id} saw {seen ?? "null"}");
        });

        bool Write(Action action)
        {
            try
            {
                action();
                return false;
            }
            catch (ModularException error) when (error.Message.Contains("after its request had ended", StringComparison.Ordinal)
                || error.Message.StartsWith("AfterThisRequest was called when the request's after hooks had run", StringComparison.Ordinal))
            {
                return true;
            }
            catch (Exception error)
            {
                wrong.Add($"{id} got {error.GetType().Name}: {error.Message}");
                return true;
            }
        }
    }
}
