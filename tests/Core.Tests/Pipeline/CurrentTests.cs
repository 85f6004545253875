using System.Reflection;

namespace Modular.Tests.Contexts;

public sealed class CurrentTests
{
    static readonly Slot<List<string>> Notes = new("notes");

    [Fact]
    public void Outside_a_request_each_property_of_Current_says_where_to_read_it()
    {
        Assert.Equal(Outside("Context"), Mistake.Of(() => _ = Current.Context));
        Assert.Equal(Outside("App"), Mistake.Of(() => _ = Current.App));
        Assert.Equal(Outside("Request"), Mistake.Of(() => _ = Current.Request));
        Assert.Equal(Outside("G"), Mistake.Of(() => _ = Current.G));
        Assert.Equal(Outside("Context"), Mistake.Of(() => AfterThisRequest(_ => { })));
        Assert.Equal((false, false), (Current.HasRequest, Current.HasContext));

        static string Outside(string word) =>
            $"Current.{word} was read outside a request. Read it in a view, or in a test inside: using var _ = app.TestRequestContext(\"/\").";
    }

    [Fact]
    public void An_application_context_has_no_request()
    {
        var app = new ModularApp();

        using var scope = app.AppContext();

        Assert.Equal(
            "Current.Request was read in an application context, which has no request. " +
            "Read it in a view, or in a test inside: using var _ = app.TestRequestContext(\"/\").",
            Mistake.Of(() => _ = Current.Request));
        Assert.Equal(
            "Current.Http was read in an application context, which has no request. " +
            "Read it in a view, or in a test inside: using var _ = app.TestRequestContext(\"/\").",
            Mistake.Of(() => _ = Current.Context.Http));
        Assert.Equal((false, true), (Current.HasRequest, Current.HasContext));
        Assert.Same(app, Current.App);
        Assert.Equal((null, null, CancellationToken.None), (Current.Context.Endpoint, Current.Context.Rule, Current.Context.RequestAborted));
        Assert.Same(app, Current.Context.Services.GetService(typeof(ModularApp)));
    }

    [Fact]
    public async Task The_context_follows_awaits_and_tasks()
    {
        var app = new ModularApp();
        app.Route("/<name>", async (string name) =>
        {
            Current.G["name"] = name;
            await Task.Yield();
            var inTask = await Task.Run(() => $"{Current.Request.Path} {Current.G["name"]}");
            var both = await Task.WhenAll(Later(), Later());
            return $"{inTask} {string.Join(' ', both)}";
        });
        await using var client = app.TestClient();

        var response = await client.GetAsync("/ann");

        Assert.Equal("/ann ann /ann /ann", response.Text);

        static async Task<string> Later()
        {
            await Task.Yield();
            return Current.Request.Path;
        }
    }

    [Fact]
    public async Task Requests_side_by_side_have_their_own_context()
    {
        var (arrived, go) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var app = new ModularApp();
        app.BeforeRequest(() => Current.G["id"] = Current.Request.Args["id"]);
        app.Route("/", async () =>
        {
            arrived.Release();
            await go.Task;
            return $"{Current.G["id"]} {Current.Request.Args["id"]}";
        });
        await using var client = app.TestClient();

        var answers = Enumerable.Range(0, 20).Select(id => client.GetAsync($"/?id={id}")).ToArray();
        for (var i = 0; i < answers.Length; i++) await arrived.WaitAsync();
        go.SetResult();
        var responses = await Task.WhenAll(answers);

        Assert.Equal(Enumerable.Range(0, 20).Select(id => $"{id} {id}"), responses.Select(response => response.Text));
    }

    [Fact]
    public async Task Every_member_of_a_context_that_has_ended_says_so()
    {
        RequestContext? context = null;
        var app = new ModularApp();
        app.Route("/", () =>
        {
            context = Current.Context;
            return "";
        });
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.True(context!.HasEnded);
        Assert.Equal(Ended("Request"), Mistake.Of(() => _ = context.Request));
        Assert.Equal(Ended("Http"), Mistake.Of(() => _ = context.Http));
        Assert.Equal(Ended("G"), Mistake.Of(() => _ = context.G));
        Assert.Equal(Ended("HasRequest"), Mistake.Of(() => _ = context.HasRequest));
        Assert.Equal(Ended("Services"), Mistake.Of(() => _ = context.Services));
        Assert.Equal(Ended("RequestAborted"), Mistake.Of(() => _ = context.RequestAborted));
        Assert.Equal(Ended("Endpoint"), Mistake.Of(() => _ = context.Endpoint));
        Assert.Equal(Ended("Rule"), Mistake.Of(() => _ = context.Rule));
        Assert.Equal(Ended("App"), Mistake.Of(() => _ = context.App));
        Assert.Equal(Ended("Find"), Mistake.Of(() => context.Find(Notes)));
        Assert.Equal(Ended("Find"), Mistake.Of(() => context.Get(Notes)));
        Assert.Equal(Ended("Set"), Mistake.Of(() => context.Set(Notes, [])));
        Assert.Equal(Ended("AfterThisRequest"), Mistake.Of(() => context.AfterThisRequest(_ => default)));
    }

    [Fact]
    public async Task Every_member_of_a_request_that_has_ended_says_so()
    {
        Request? request = null;
        var app = new ModularApp();
        app.Post("/<int:id>", (int id) =>
        {
            request = Current.Request;
            foreach (var (_, read) in Members(request)) Quietly(read);          // what was read once must not stay readable
            return "";
        });
        await using var client = app.TestClient();

        await client.PostAsync("/7?q=1", new() { Json = "{}" });

        foreach (var (name, read) in Members(request!))
        {
            var error = Record.Exception(read);
            Assert.True(
                error is ModularException { Message: "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view." },
                $"{name}: {error?.Message ?? "was readable"}");
        }
        Assert.Equal("a request that has ended", request!.ToString());
    }

    [Fact]
    public void A_slot_that_no_plugin_opens_is_reported()
    {
        using var scope = new ModularApp().TestRequestContext("/");

        Assert.Equal(
            "Slot notes (List<string>) was read, but no plugin of this application opens it. Install the plugin that it belongs to before the first request.",
            Mistake.Of(() => Current.Context.Get(Notes)));
        Assert.Null(Current.Context.Find(Notes));
    }

    static string Ended(string word) =>
        $"Current.{word} was read after its request had ended. Read what you need before the task starts, or await it in the view.";

    static IEnumerable<(string Name, Action Read)> Members(Request request)
    {
        foreach (var property in typeof(Request).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            yield return (property.Name, () => Call(property.GetMethod!));
        yield return ("GetText", () => request.GetText());
        yield return ("GetJson", () => request.GetJson());
        yield return ("GetJson<T>", () => request.GetJson<object>());
        yield return ("ReadBodyAsync", () => request.ReadBodyAsync().AsTask().GetAwaiter().GetResult());

        void Call(MethodInfo getter) => getter.Invoke(request, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (HttpException)
        {
        }
    }
}
