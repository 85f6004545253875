namespace Modular.Tests.Endpoints;

/// <summary>Every shape that a hook can be written in compiles, and what it returns is sent, awaited or refused; it is never dropped.</summary>
public sealed class HookShapeTests
{
    public static TheoryData<string, Action<RouteGroup>, string> Guards => new()
    {
        { "() => Redirect", app => app.BeforeRequest(() => Redirect("/login")), "302" },
        { "() => new Response", app => app.BeforeRequest(() => new Response("no", 403)), "403 no" },
        { "() => response method", app => app.BeforeRequest(() => Guard()), "403 guard" },
        { "() => string method", app => app.BeforeRequest(() => Words()), "200 words" },
        { "() => object method", app => app.BeforeRequest(() => Thing()), "200 {\"name\":\"thing\"}" },
        { "() => tuple", app => app.BeforeRequest(() => ("no", 403)), "403 no" },
        { "() => tuple method", app => app.BeforeRequest(() => Pair()), "403 pair" },
        { "() => anonymous", app => app.BeforeRequest(() => new { name = "thing" }), "200 {\"name\":\"thing\"}" },
        { "() => IResult", app => app.BeforeRequest(() => Results.Text("no", statusCode: 403)), "403 no" },
        { "() => Task<Response>", app => app.BeforeRequest(() => GuardAsync()), "403 guard" },
        { "() => Task<string>", app => app.BeforeRequest(() => WordsAsync()), "200 words" },
        { "() => ValueTask<Response>", app => app.BeforeRequest(() => GuardSoon()), "403 guard" },
        { "() => ValueTask<string>", app => app.BeforeRequest(() => WordsSoon()), "200 words" },
        { "block", app => app.BeforeRequest(() => { return Guard(); }), "403 guard" },
        { "block with null", app => app.BeforeRequest(() => { if (Current.Request.Path.Length > 0) return Redirect("/login"); return null; }), "302" },
        { "async block", app => app.BeforeRequest(async () => { await Task.Yield(); return Guard(); }), "403 guard" },
        { "async block with null", app => app.BeforeRequest(async () => { await Task.Yield(); return Current.Request.Path.Length > 0 ? Words() : null; }), "200 words" },
        { "async expression", app => app.BeforeRequest(async () => await GuardAsync()), "403 guard" },
        { "method", app => app.BeforeRequest(Guard), "403 guard" },
        { "string method group", app => app.BeforeRequest(Words), "200 words" },
        { "Task method group", app => app.BeforeRequest(GuardAsync), "403 guard" },
        { "ValueTask method group", app => app.BeforeRequest(GuardSoon), "403 guard" },
        { "Task<string> method group", app => app.BeforeRequest(WordsAsync), "200 words" },
        { "context => Redirect", app => app.BeforeRequest(context => Redirect(context.Request.Path + "login")), "302" },
        { "context => method", app => app.BeforeRequest(context => GuardOf(context)), "403 guard /" },
        { "context => text method", app => app.BeforeRequest(context => WordsOf(context)), "200 words /" },
        { "context => Task<Response>", app => app.BeforeRequest(context => GuardOfAsync(context)), "403 guard /" },
        { "context => ValueTask<string>", app => app.BeforeRequest(context => WordsOfSoon(context)), "200 words /" },
        { "context => anonymous", app => app.BeforeRequest(context => new { path = context.Request.Path }), "200 {\"path\":\"/\"}" },
        { "context => new ValueTask", app => app.BeforeRequest(context => new ValueTask<Response?>(GuardOf(context))), "403 guard /" },
        { "async context", app => app.BeforeRequest(async context => { await Task.Yield(); return ("no " + context.Request.Path, 403); }), "403 no /" },
        { "context method group", app => app.BeforeRequest(GuardOf), "403 guard /" },
        { "context Task method group", app => app.BeforeRequest(GuardOfAsync), "403 guard /" },
        { "typed context", app => app.BeforeRequest((RequestContext context) => WordsOf(context)), "200 words /" },
        { "services", app => app.BeforeRequest((Request request, CancellationToken aborted) => GuardOf(request.Path)), "403 guard /" },
        { "() => throw", app => app.BeforeRequest(() => throw new HttpException(418)), "418" },
        { "context => throw", app => app.BeforeRequest(context => throw new HttpException(418)), "418" },
        { "() => Abort", app => app.BeforeRequest(() => Abort(418)), "418" },
        { "() => task that throws", app => app.BeforeRequest(() => FailAsync()), "418" },
        { "() => value task that throws", app => app.BeforeRequest(() => FailSoon()), "418" },
        { "async () => throws", app => app.BeforeRequest(async () => { await Task.Yield(); throw new HttpException(418); }), "418" },
        { "async context => throws", app => app.BeforeRequest(async context => { await Task.Yield(); throw new HttpException(418); }), "418" },
        { "context => task that throws", app => app.BeforeRequest(context => FailAsync()), "418" },
        { "void method that throws", app => app.BeforeRequest(() => Fail()), "418" },
        { "variable of type Func<object>", app => { Func<object?> hook = () => Guard(); app.BeforeRequest(hook); }, "403 guard" },
        { "variable of type Func<Task>", app => { Func<Task> hook = FailAsync; app.BeforeRequest(hook); }, "418" },
        { "variable of type Func<ValueTask>", app => { Func<ValueTask> hook = FailSoon; app.BeforeRequest(hook); }, "418" },
    };

    [Theory]
    [MemberData(nameof(Guards))]
    public async Task The_result_of_a_before_hook_is_the_response(string shape, Action<RouteGroup> guard, string expected)
    {
        var (plain, guarded, hosted) = (new ModularApp(), new Blueprint("guarded"), new ModularApp());
        guard(plain);
        guard(guarded);
        hosted.Use(new Probe("Guard", host => guard(host.App)));
        plain.Route("/", () => "secret");
        hosted.Route("/", () => "secret");
        guarded.Route("/", () => "secret");
        var app = new ModularApp().Register(guarded);

        foreach (var one in new[] { plain, app, hosted })
        {
            await using var client = one.TestClient();
            var response = await client.GetAsync("/");

            Assert.Equal(expected, expected.Contains(' ') ? $"{response.Status} {response.Text.Trim()}" : $"{response.Status}");
            Assert.False(response.Text.Contains("secret", StringComparison.Ordinal), shape);
        }
    }

    static int _count;
    static string? _text;

    public static TheoryData<Action<RouteGroup>> Passes => new()
    {
        app => app.BeforeRequest(() => null),
        app => app.BeforeRequest(context => null),
        app => app.BeforeRequest(() => { }),
        app => app.BeforeRequest(() => { _count++; }),
        app => app.BeforeRequest(context => { _text = context.Request.Path; }),
        app => app.BeforeRequest(() => Current.G["user"] = new { name = "ann" }),
        app => app.BeforeRequest(() => Current.G["text"] = "x"),
        app => app.BeforeRequest(() => _text = "x"),
        app => app.BeforeRequest(() => _text += "x"),
        app => app.BeforeRequest(() => _text ??= "x"),
        app => app.BeforeRequest(() => _count++),
        app => app.BeforeRequest(() => --_count),
        app => app.BeforeRequest(() => _ = Guard()),
        app => app.BeforeRequest(context => context.G["user"] = "x"),
        app => app.BeforeRequest((Request request) => Current.G["path"] = request.Path),
        app => app.BeforeRequest(() => Task.CompletedTask),
        app => app.BeforeRequest(() => ValueTask.CompletedTask),
        app => app.BeforeRequest(async () => await Task.Yield()),
        app => app.BeforeRequest(async () => { await Task.Yield(); }),
        app => app.BeforeRequest(async context => { await Task.Yield(); }),
        app => app.BeforeRequest(() => NoWords()),
        app => app.BeforeRequest(() => NoWordsAsync()),
        app => app.BeforeRequest(NoWords),
        app => app.BeforeRequest(Nothing),
        app => app.BeforeRequest(context => default(ValueTask<Response?>)),
    };

    [Theory]
    [MemberData(nameof(Passes))]
    public async Task A_before_hook_that_returns_null_or_nothing_or_assigns_lets_the_request_continue(Action<RouteGroup> hook)
    {
        var app = new ModularApp();
        hook(app);
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("view", response.Text);
    }

    [Fact]
    public void A_before_hook_whose_value_cannot_be_a_response_is_refused_at_start_up()
    {
        const string Bool = "A BeforeRequest hook returns a bare bool, which isn't a response. Return a string, or a tuple (body, status).";
        var set = new HashSet<int>();

        Assert.Equal(Bool, Mistake.OfSetUp(app => app.BeforeRequest(() => set.Add(1))));
        Assert.Equal(Bool, Mistake.OfSetUp(app => app.BeforeRequest(() => Task.FromResult(true))));
        Assert.Equal(Bool, Mistake.OfSetUp(app => app.BeforeRequest(context => ValueTask.FromResult(true))));
        Assert.Equal(Bool, Mistake.OfSetUp(app => app.BeforeRequest(() => _count == 1)));
        Assert.Equal(
            "A BeforeRequest hook returns a task inside a task, and the inner one isn't awaited. Await it, and return its result.",
            Mistake.OfSetUp(app => app.BeforeRequest(() => Task.FromResult(GuardAsync()))));
    }

    public static TheoryData<string, Action<RouteGroup>> AsyncVoid => new()
    {
        { "A BeforeRequest hook", app => app.BeforeRequest((Action)FireAndForget) },
        { "A BeforeRequest hook", app => app.BeforeRequest((Action<RequestContext>)FireAndForget) },
        { "A BeforeRequest hook", app => app.BeforeRequest((Delegate)(Action)FireAndForget) },
        { "An AfterRequest hook", app => app.AfterRequest((Action<Response>)FireAndForget) },
        { "A TeardownRequest hook", app => app.TeardownRequest((Action<Exception?>)FireAndForget) },
        { "A UrlValuePreprocessor", app => app.UrlValuePreprocessor(async (_, _) => await Task.Yield()) },
        { "A UrlDefaults function", app => app.UrlDefaults(async (_, _) => await Task.Yield()) },
        { "A listener of GotRequestException", app => ((ModularApp)app).GotRequestException += async (_, _) => await Task.Yield() },
        { "The configuration of app.UseMiddleware", app => ((ModularApp)app).UseMiddleware((Action<Microsoft.AspNetCore.Builder.IApplicationBuilder>)(async _ => await Task.Yield())) },
        { "The error handler of 404", app => app.ErrorHandler(404, (Delegate)(Action<HttpException>)FireAndForget) },
    };

    [Theory]
    [MemberData(nameof(AsyncVoid))]
    public void An_async_void_method_is_refused(string name, Action<RouteGroup> add)
    {
        var message = Mistake.OfSetUp(add);

        if (name == "The error handler of 404") Assert.StartsWith($"{name} returns nothing", message, StringComparison.Ordinal);
        else Assert.Equal($"{name} is async and returns void, so it can't be awaited. Return Task, or remove async.", message);
    }

    public static TheoryData<string, Action<RouteGroup>> Afters => new()
    {
        { "200 view!", app => app.AfterRequest(response => response.Text += "!") },
        { "203 view", app => app.AfterRequest(response => response.Status = 203) },
        { "200 view", app => app.AfterRequest(response => response.Headers["X-Frame-Options"] = "DENY") },
        { "200 view!", app => app.AfterRequest(response => { response.Text += "!"; }) },
        { "299 other", app => app.AfterRequest(response => new Response("other", 299)) },
        { "299 other", app => app.AfterRequest(response => Other()) },
        { "299 other", app => app.AfterRequest(response => OtherAsync()) },
        { "299 other", app => app.AfterRequest(response => OtherSoon()) },
        { "299 other", app => app.AfterRequest(async response => { await Task.Yield(); return Other(); }) },
        { "200 view!", app => app.AfterRequest(async response => { await Task.Yield(); response.Text += "!"; }) },
        { "200 view!", app => app.AfterRequest(response => ShoutAsync(response)) },
        { "200 view!", app => app.AfterRequest(response => ShoutSoon(response)) },
        { "200 view!", app => app.AfterRequest(ShoutAsync) },
        { "200 view!", app => app.AfterRequest(Shout) },
        { "299 other", app => app.AfterRequest(_ => { return Other(); }) },
        { "299 other /", app => app.AfterRequest((context, response) => new Response("other " + context.Request.Path, 299)) },
        { "200 view/", app => app.AfterRequest((context, response) => { response.Text += context.Request.Path; }) },
        { "200 view/", app => app.AfterRequest((context, response) => response.Text += context.Request.Path) },
        { "200 view/", app => app.AfterRequest(async (context, response) => { await Task.Yield(); response.Text += context.Request.Path; }) },
        { "200 view/", app => app.AfterRequest(async (context, response) => { await Task.Yield(); response.Text += context.Request.Path; return response; }) },
        { "200 view", app => app.AfterRequest((_, response) => new ValueTask<Response>(response)) },
        { "299 other", app => app.AfterRequest(() => Other()) },
        { "200 view/", app => app.AfterRequest((Response response, Request request) => { response.Text += request.Path; }) },
        { "200 view/", app => app.AfterRequest(async (Response response, Request request) => { await Task.Yield(); response.Text += request.Path; }) },
        { "200 view/", app => app.AfterRequest((Response response, Request request) => response.Text += request.Path) },
        { "200 view!", app => app.BeforeRequest(() => { AfterThisRequest(response => response.Text += "!"); }) },
        { "299 other", app => app.BeforeRequest(() => { AfterThisRequest(response => Other()); }) },
        { "299 other", app => app.BeforeRequest(() => { AfterThisRequest(response => OtherAsync()); }) },
        { "299 other", app => app.BeforeRequest(() => { AfterThisRequest(async response => { await Task.Yield(); return Other(); }); }) },
        { "200 view!", app => app.BeforeRequest(() => { AfterThisRequest(async response => { await Task.Yield(); response.Text += "!"; }); }) },
        { "200 view!", app => app.BeforeRequest(() => { AfterThisRequest(Shout); }) },
        { "299 other", app => app.BeforeRequest(context => { AfterThisRequest(response => Other()); }) },
        { "299 other", app => app.BeforeRequest(context => { AfterThisRequest(async response => { await Task.Yield(); return Other(); }); }) },
        { "200 view!", app => app.BeforeRequest(context => { AfterThisRequest(response => { response.Text += "!"; }); }) },
        { "200 view!", app => app.BeforeRequest(context => { AfterThisRequest(async response => { await Task.Yield(); response.Text += "!"; }); }) },
    };

    [Theory]
    [MemberData(nameof(Afters))]
    public async Task The_result_of_an_after_hook_is_sent_or_awaited(string expected, Action<RouteGroup> hook)
    {
        var app = new ModularApp();
        hook(app);
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(expected, $"{response.Status} {response.Text}");
    }

    public static TheoryData<string, Action<RouteGroup>> NoResponses => new()
    {
        { "string", app => app.AfterRequest(response => Words().ToString()!.Length > 0 ? Task.FromResult("x") : null!) },
        { "int", app => app.AfterRequest(response => 404) },
        { "int", app => app.AfterRequest((_, response) => Task.FromResult(404)) },
        { "string", app => app.AfterRequest(() => Words()) },
        { "string", app => app.AfterRequest(response => WordsSoon()) },
    };

    [Theory]
    [MemberData(nameof(NoResponses))]
    public void An_after_hook_that_returns_something_other_than_a_response_is_refused(string type, Action<RouteGroup> hook) => Assert.Equal(
        $"An AfterRequest hook returns a value of type {type}, which isn't sent. Return a Response, or write a block that returns nothing: response => {{ … }}.",
        Mistake.OfSetUp(hook));

    [Fact]
    public async Task A_hook_for_this_request_that_returns_something_other_than_a_response_is_an_error()
    {
        var app = new ModularApp();
        app.Route("/", () => { AfterThisRequest(response => 404); return "view"; });
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("A hook of AfterThisRequest returns a value of type int, which isn't sent. Return a Response, or write a block that returns nothing: response => { … }.", error.Message);
    }

    public static TheoryData<Action<RouteGroup, Action>> Teardowns => new()
    {
        (app, ran) => app.TeardownRequest(_ => ran()),
        (app, ran) => app.TeardownRequest(_ => { ran(); }),
        (app, ran) => app.TeardownRequest(error => Later(ran)),
        (app, ran) => app.TeardownRequest(error => Soon(ran)),
        (app, ran) => app.TeardownRequest(async error => { await Task.Yield(); ran(); }),
        (app, ran) => app.TeardownRequest((context, error) => ran()),
        (app, ran) => app.TeardownRequest((context, error) => Later(ran)),
        (app, ran) => app.TeardownRequest(async (context, error) => { await Task.Yield(); ran(); }),
        (app, ran) => app.TeardownRequest(() => ran()),
        (app, ran) => app.TeardownRequest(async () => { await Task.Yield(); ran(); }),
        (app, ran) => app.TeardownRequest(async (Request request, Exception? error) => { await Task.Yield(); ran(); }),
        (app, ran) => app.TeardownRequest(_ => Succeed(ran)),
    };

    [Theory]
    [MemberData(nameof(Teardowns))]
    public async Task A_teardown_hook_of_any_shape_is_awaited(Action<RouteGroup, Action> add)
    {
        var ran = 0;
        var app = new ModularApp();
        add(app, () => ran++);
        app.Route("/", () => "view");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(1, ran);
    }

    [Fact]
    public void A_teardown_hook_that_returns_a_value_is_refused()
    {
        const string Message = "A TeardownRequest hook returns a value of type Response, but the request is over by then. Return nothing, or write a block: error => { … }.";

        Assert.Equal(Message, Mistake.OfSetUp(app => app.TeardownRequest(_ => Guard())));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.TeardownRequest((_, _) => GuardAsync())));
        Assert.Equal(Message, Mistake.OfSetUp(app => app.TeardownRequest((Request request) => GuardSoon())));
    }

    public static TheoryData<string, Action<RouteGroup>> Handlers => new()
    {
        { "403 guard", app => app.ErrorHandler(404, () => Guard()) },
        { "200 words", app => app.ErrorHandler(404, () => Words()) },
        { "200 words", app => app.ErrorHandler(404, () => WordsAsync()) },
        { "200 words", app => app.ErrorHandler(404, () => WordsSoon()) },
        { "403 guard", app => app.ErrorHandler(404, Guard) },
        { "403 guard", app => app.ErrorHandler(404, GuardAsync) },
        { "404 404", app => app.ErrorHandler(404, error => ($"{error.Status}", error.Status)) },
        { "200 {\"status\":404}", app => app.ErrorHandler(404, error => new { error.Status }) },
        { "200 {\"status\":404}", app => app.ErrorHandler(404, async error => { await Task.Yield(); return new { error.Status }; }) },
        { "200 words", app => app.ErrorHandler(404, error => WordsAsync()) },
        { "200 words", app => app.ErrorHandler(404, error => WordsSoon()) },
        { "404 no", app => app.ErrorHandler(404, async error => { await Task.Yield(); return ("no", error.Status); }) },
        { "418", app => app.ErrorHandler(404, () => throw new HttpException(new Response("tea", 418))) },
        { "403 guard", app => app.ErrorHandler<HttpException>(() => Guard()) },
        { "404 no", app => app.ErrorHandler<HttpException>(async error => { await Task.Yield(); return ("no", error.Status); }) },
        { "200 words", app => app.ErrorHandler<HttpException>(() => WordsAsync()) },
        { "403 guard", app => app.ErrorHandler<HttpException>(error => GuardAsync()) },
    };

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task The_result_of_an_error_handler_is_the_response(string expected, Action<RouteGroup> add)
    {
        var app = new ModularApp();
        add(app);
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/nowhere");

        if (expected == "418") Assert.NotEqual(200, response.Status);
        else Assert.Equal(expected, $"{response.Status} {response.Text.Trim()}");
    }

    [Fact]
    public void An_error_handler_takes_the_errors_of_its_status() => Assert.Equal(
        "Parameter \"error\" of the error handler of 404 takes TimeoutException, but the errors that come are of type HttpException. Take HttpException error.",
        Mistake.OfSetUp(app => app.ErrorHandler(404, (TimeoutException error, Request request) => error.Message)));

    [Fact]
    public async Task An_error_handler_that_returns_null_is_reported()
    {
        var app = new ModularApp();
        app.ErrorHandler(404, () => (Response)null!);
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/nowhere"));

        Assert.StartsWith("A view returned null, which isn't a response.", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<RouteGroup>> Views => new()
    {
        { "403 guard", app => app.Route("/", () => GuardSoon(), endpoint: "x") },
        { "200 words", app => app.Route("/", () => WordsSoon(), endpoint: "x") },
        { "200 words", app => app.Route("/", async ValueTask<string> () => { await Task.Yield(); return "words"; }, endpoint: "x") },
        { "200 {\"name\":\"thing\"}", app => app.Route("/", () => Task.FromResult(Thing()), endpoint: "x") },
        { "200 words /", app => app.Route("/", context => WordsOf(context), endpoint: "x") },
        { "403 guard /", app => app.Route("/", context => GuardOfAsync(context), endpoint: "x") },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_views_task_of_either_kind_is_awaited(string expected, Action<RouteGroup> add)
    {
        var app = new ModularApp();
        add(app);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(expected, $"{response.Status} {response.Text.Trim()}");
    }

    [Fact]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2012", Justification = "The mistake that is told.")]
    public async Task A_task_inside_an_object_is_reported()
    {
        var app = new ModularApp();
        app.Route("/object", object () => WordsAsync());
        app.Route("/tuple", () => (WordsAsync(), 201));
        app.Route("/value", object () => WordsSoon());
        app.Route("/null", () => ValueTask.FromResult((Response)null!));
        await using var client = app.TestClient();

        foreach (var path in (string[])["/object", "/tuple", "/value"])
        {
            var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync(path));
            Assert.Equal("A view returned a task inside another value, which isn't awaited. Await it in the view, and return its result.", error.Message);
        }
        Assert.StartsWith("A view returned null", (await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/null"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_whose_result_cannot_be_awaited_is_refused()
    {
        Assert.Equal(
            "The view for rule \"/\" returns a task inside a task, and the inner one isn't awaited. Await it, and return its result.",
            Mistake.OfSetUp(app => app.Route("/", () => Task.FromResult(WordsAsync()))));
        Assert.Equal(
            "The view for rule \"/\" returns ConfiguredTaskAwaitable<string>, which has to be awaited, but isn't a task. Await it, and return its result.",
            Mistake.OfSetUp(app => app.Route("/", () => WordsAsync().ConfigureAwait(true))));
    }

    [Fact]
    public async Task Teardown_hooks_of_every_shape_are_awaited()
    {
        var ran = 0;
        var app = new ModularApp();
        app.Route("/", () => new Response("x").OnClose(() => ran++).OnClose(() => Later(() => ran++)).OnClose(() => Soon(() => ran++)).OnClose(async () =>
        {
            await Task.Yield();
            ran++;
        }).OnClose(() => { ran++; }));
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(5, ran);
    }

    [Theory]
    [InlineData("() => x = 1", true)]
    [InlineData("()=>x+=1", true)]
    [InlineData("async () => x = await y", true)]
    [InlineData("static (Response r, int i) => r.Headers[\"a=b\"] = $\"x{i}\"", true)]
    [InlineData("context => context.Get<Session>()[\"a\"] = 1", true)]
    [InlineData("() => Current.Session![\"a\"] ??= Find(x == y)", true)]
    [InlineData("() => a?.B = c", true)]
    [InlineData("() => (a, b) = Pair()", true)]
    [InlineData("() => _ = Guard()", true)]
    [InlineData("x => ++x.Count", true)]
    [InlineData("x => x.Count++", true)]
    [InlineData("() => Guard()", false)]
    [InlineData("() => a == b", false)]
    [InlineData("() => a != b", false)]
    [InlineData("() => a >= b", false)]
    [InlineData("() => a <= b", false)]
    [InlineData("() => Find(a = b)", false)]
    [InlineData("() => a ? b = c : d", false)]
    [InlineData("() => a ?? (b = c)", false)]
    [InlineData("() => new X { A = 1 }", false)]
    [InlineData("() => { x = 1; return y; }", false)]
    [InlineData("() => y => x = 1", false)]
    [InlineData("() => $\"a = {b}\"", false)]
    [InlineData("() => f(\"=\") is { } z", false)]
    [InlineData("() => ++hits > 2 ? Slow() : null", false)]
    [InlineData("() => hits++ > 2 ? Slow() : null", false)]
    [InlineData("async () => --budget < 0 ? Redirect(\"/busy\") : null", false)]
    [InlineData("() => per[ip]++ >= 1 ? (\"Too many\", 429) : null", false)]
    [InlineData("r => k++ == 0 ? new Response(\"replaced\") : r", false)]
    [InlineData("() => ++hits + Rest()", false)]
    [InlineData("() => from x in xs let y = x select y", false)]
    [InlineData("() => from => from.x = 1", false)]
    [InlineData("() => --_count ", true)]
    [InlineData("() => from = 1", true)]
    [InlineData("Guard", false)]
    public void Only_assignments_and_increments_do_not_count_as_a_value(string text, bool expected) => Assert.Equal(expected, HookText.Assigns(text));

    [Fact]
    public async Task A_guard_that_counts_requests_still_guards()
    {
        var hits = 0;
        var app = new ModularApp();
        app.BeforeRequest(() => ++hits > 1 ? new Response("slow down", 429) : null);
        app.Get("/", () => "view");
        await using var client = app.TestClient();

        Assert.Equal((200, 429), ((await client.GetAsync("/")).Status, (await client.GetAsync("/")).Status));
    }

    static Response Guard() => new("guard", 403);
    static Response GuardOf(RequestContext context) => new($"guard {context.Request.Path}", 403);
    static Response GuardOf(string path) => new($"guard {path}", 403);
    static string WordsOf(RequestContext context) => $"words {context.Request.Path}";
    static string Words() => "words";
    static string? NoWords() => null;
    static Task<string?> NoWordsAsync() => Task.FromResult<string?>(null);
    static object Thing() => new { name = "thing" };
    static (string, int) Pair() => ("pair", 403);
    static Response Other() => new("other", 299);
    static void Nothing() => _count++;
    static void Fail() => throw new HttpException(418);
    static bool Succeed(Action action)
    {
        action();
        return true;
    }

    static async Task<Response> GuardAsync()
    {
        await Task.Yield();
        return Guard();
    }

    static async Task<Response> GuardOfAsync(RequestContext context)
    {
        await Task.Yield();
        return GuardOf(context);
    }

    static async ValueTask<Response> GuardSoon()
    {
        await Task.Yield();
        return Guard();
    }

    static async Task<string> WordsAsync()
    {
        await Task.Yield();
        return "words";
    }

    static async ValueTask<string> WordsSoon()
    {
        await Task.Yield();
        return "words";
    }

    static async ValueTask<string> WordsOfSoon(RequestContext context)
    {
        await Task.Yield();
        return WordsOf(context);
    }

    static async Task<Response> OtherAsync()
    {
        await Task.Yield();
        return Other();
    }

    static async ValueTask<Response> OtherSoon()
    {
        await Task.Yield();
        return Other();
    }

    static void Shout(Response response) => response.Text += "!";

    static async Task ShoutAsync(Response response)
    {
        await Task.Yield();
        response.Text += "!";
    }

    static async ValueTask ShoutSoon(Response response)
    {
        await Task.Yield();
        response.Text += "!";
    }

    static async Task FailAsync()
    {
        await Task.Yield();
        throw new HttpException(418);
    }

    static async ValueTask FailSoon()
    {
        await Task.Yield();
        throw new HttpException(418);
    }

    static async Task Later(Action action)
    {
        await Task.Yield();
        action();
    }

    static async ValueTask Soon(Action action)
    {
        await Task.Yield();
        action();
    }

    static async void FireAndForget() => await Task.Yield();
    static async void FireAndForget(RequestContext context) => await Task.Yield();
    static async void FireAndForget(Response response) => await Task.Yield();
    static async void FireAndForget(Exception? error) => await Task.Yield();
}
