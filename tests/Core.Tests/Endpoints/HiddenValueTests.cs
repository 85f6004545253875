namespace Modular.Tests.Endpoints;

/// <summary>A value behind a bare Task, or behind a task of object, counts as any other value.</summary>
public sealed class HiddenValueTests
{
    sealed record Inner(string Name);

#pragma warning disable CA1859 // The value behind a bare Task is what the tests look at.
    static Task Guard() => Task.FromResult(Redirect("/login"));
#pragma warning restore CA1859
    static Task Nothing() => Task.CompletedTask;
    static ValueTask GuardSoon() => new(Guard());
    static Task Of(object? value) => value is null ? Task.FromResult(value) : Task.CompletedTask;
    static async Task Async() => await Task.Yield();

    public static TheoryData<string, Action<ModularApp>> Guards => new()
    {
        { "302", app => app.BeforeRequest(Guard) },
        { "302", app => app.BeforeRequest(() => Guard()) },
        { "302", app => app.BeforeRequest(GuardSoon) },
        { "302", app => app.BeforeRequest((RequestContext context) => Guard()) },
        { "302", app => app.BeforeRequest(Task (Request request) => Guard()) },
        { "302", app => app.BeforeRequest(ValueTask (Request request) => GuardSoon()) },
        { "200", app => app.BeforeRequest(Task (Request request) => Task.FromResult(new Inner("internal"))) },
        { "302", app => app.BeforeRequest(async Task<object?> () => { await Task.Yield(); return Redirect("/login"); }) },
        { "404", app => app.BeforeRequest(Nothing) },
        { "404", app => app.BeforeRequest(Async) },
        { "404", app => app.BeforeRequest(Task (Request request) => Async()) },
        { "404", app => app.BeforeRequest(() => Of(null)) },
        { "404", app => app.BeforeRequest(Task () => new SemaphoreSlim(0, 1).WaitAsync(0)) },
    };

    [Theory]
    [MemberData(nameof(Guards))]
    public async Task The_result_of_a_before_hooks_task_ends_the_request(string expected, Action<ModularApp> guard)
    {
        var app = new ModularApp();
        guard(app);
        await using var client = app.TestClient();

        Assert.Equal(expected, $"{(await client.GetAsync("/")).Status}");
    }

    [Fact]
    public async Task A_number_as_the_result_of_a_hooks_bare_task_is_refused()
    {
        var app = new ModularApp();
        app.BeforeRequest(Task () => Task.FromResult(403));
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.StartsWith("A view returned a bare int, which isn't a response.", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<ModularApp>> Replacements => new()
    {
        { "replaced", app => app.AfterRequest(async (Response r) => (object)await Task.FromResult(new Response("replaced"))) },
        { "replaced", app => app.AfterRequest(Task (Response r) => Task.FromResult(new Response("replaced"))) },
        { "replaced", app => app.AfterRequest(ValueTask (Response r) => new(Task.FromResult(new Response("replaced")))) },
        { "replaced", app => app.AfterRequest(async ValueTask<object> (Response r) => await Task.FromResult(new Response("replaced"))) },
        { "replaced", app => app.AfterRequest(Task (RequestContext context, Response r) => Task.FromResult(new Response("replaced"))) },
        { "replaced", app => app.AfterRequest(Task (Request request, Response r) => Task.FromResult(new Response("replaced"))) },
        { "replaced", app => app.BeforeRequest(() => AfterThisRequest(async (Response r) => (object)await Task.FromResult(new Response("replaced")))) },
        { "replaced", app => app.BeforeRequest(() => AfterThisRequest(Task (Response r) => Task.FromResult(new Response("replaced")))) },
        { "view", app => app.AfterRequest(Task (Response r) => Async()) },
        { "view", app => app.AfterRequest(Task (Response r) => Of(null)) },
        { "view", app => app.AfterRequest(async ValueTask<bool> (Response r) => await Task.FromResult(true)) },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public async Task The_result_of_an_after_hooks_task_replaces_the_response(string expected, Action<ModularApp> hook)
    {
        var app = new ModularApp();
        hook(app);
        app.Get("/", () => "view");
        await using var client = app.TestClient();

        Assert.Equal(expected, (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_task_of_an_after_hook_with_another_result_than_a_response_is_an_error()
    {
        var app = new ModularApp();
        app.AfterRequest(Task (Response r) => Task.FromResult("text"));
        app.Get("/", () => "view");
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.StartsWith("An AfterRequest hook returns a value of type string, which isn't sent.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_result_of_a_teardown_hooks_bare_task_is_refused(bool injected)
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        if (injected) app.TeardownRequest(Task (Request request) => Task.FromResult("late"));
        else app.TeardownRequest(Task (Exception? error) => Task.FromResult("late"));
        app.Get("/", () => "view");
        await using (var client = app.TestClient()) await client.GetAsync("/");

        Assert.Contains("A TeardownRequest hook returns a value of type string, but the request is over by then.", string.Join('\n', lines.Errors.Select(line => line.Error?.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_of_a_task_is_the_response_of_a_view_or_an_error_handler()
    {
        var app = new ModularApp();
        app.Get("/", Task (HttpContext http) => Task.FromResult(new Response("from task", 403)), endpoint: "a");
        app.Get("/soon", ValueTask (HttpContext http) => new(Task.FromResult(("soon", 201))), endpoint: "b");
        app.Get("/written", async Task (HttpContext http) => await http.Response.WriteAsync("written"), endpoint: "c");
        app.Get("/piped", Task (HttpContext http) => http.Response.BodyWriter.WriteAsync("piped"u8.ToArray()).AsTask(), endpoint: "d");
        app.ErrorHandler(404, Task (HttpContext http) => Task.FromResult(new Response("handled", 404)));
        await using var client = app.TestClient();

        var texts = new List<string>();
        foreach (var path in (string[])["/", "/soon", "/written", "/piped", "/missing"]) texts.Add((await client.GetAsync(path)).Text);

        Assert.Equal(["from task", "soon", "written", "piped", "handled"], texts);
    }

    [Fact]
    public void An_error_handler_that_returns_a_bare_task_is_refused_with_a_message_about_handlers() => Assert.Equal(
        "The error handler of 404 returns nothing. Return a string, Markup, bytes, an object, a Response, or a tuple (body, status).",
        Mistake.OfSetUp(app => app.ErrorHandler(404, Task (HttpException error) => Guard())));
}
