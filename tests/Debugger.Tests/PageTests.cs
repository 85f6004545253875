namespace Modular.Debugger.Tests;

/// <summary>What the page shows of an exception.</summary>
public sealed class PageTests
{
    static string Fail(string what) => throw new InvalidOperationException(what);

    [NeedsFact(Tool.Nu)]
    public async Task The_Nu_checker_finds_nothing_on_a_page_of_an_exception_or_of_the_console()
    {
        await using var site = await Site.Start(app =>
        {
            app.Route("/user/<name>", (string name) => Fail($"no {name}"), endpoint: "user");
            app.Route("/inner", string () => throw new InvalidOperationException("<outer>", new AggregateException(new ArgumentException("a"), new ArgumentException("b"))), endpoint: "inner");
        });

        var pages = new List<(string, string)>();
        foreach (var path in (string[])["/user/ada?q=1", "/inner", "/console"]) pages.Add((path[1..].Replace('/', '-').Split('?')[0], (await site.Get(path)).Text));

        var found = await NuChecker.FindAsync(pages);

        Findings.None(found);
    }

    [Fact]
    public async Task A_broken_view_is_shown_with_its_source_and_the_failing_line()
    {
        await using var site = await Site.Start(app => app.Route("/user/<name>", (string name) => Fail($"no {name}"), endpoint: "user"));

        var answer = await site.Get("/user/ada");

        Assert.Equal(500, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal(["InvalidOperationException"], answer.Texts("h1"));
        Assert.Equal(["no ada"], answer.Texts(".top .message"));
        Assert.Equal(["Fail", "lambda in A_broken_view_is_shown_with_its_source_and_the_failing_line"], answer.Texts(".frame > .call b"));
        Assert.Equal("static string Fail(string what) => throw new InvalidOperationException(what);", answer.Texts(".failing code").First());
        Assert.StartsWith("tests/Debugger.Tests/PageTests.cs:", answer.Texts(".frame > .call .place").First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frameworks_frames_are_folded_and_the_applications_own_are_not()
    {
        await using var site = await Site.Start(app => app.Route("/", () => new[] { 1 }.Select(one => Fail("deep")).First(), endpoint: "index"));

        var page = (await site.Get("/")).Page;

        Assert.All(page.QuerySelectorAll(".frame"), frame => Assert.True(frame.HasAttribute("open")));
        Assert.NotEmpty(page.QuerySelectorAll(".folded"));
        Assert.All(page.QuerySelectorAll(".folded"), folded => Assert.False(folded.HasAttribute("open")));
        Assert.Contains(page.QuerySelectorAll(".folded summary"), summary => summary.TextContent.Contains("System.Linq", StringComparison.Ordinal));
        Assert.DoesNotContain(page.QuerySelectorAll(".frame .call"), call => call.TextContent.Contains("Modular.Dispatcher", StringComparison.Ordinal));
    }

    sealed class Cart
    {
        internal int Total => throw new InvalidOperationException("empty");

        internal static async Task<int> SumAsync()
        {
            await Task.Yield();
            return await Inner();

            static async Task<int> Inner()
            {
                await Task.Yield();
                Func<Task<int>> read = async () =>
                {
                    await Task.Yield();
                    return new Cart().Total;
                };
                return await read();
            }
        }
    }

    [Fact]
    public async Task Async_methods_lambdas_and_local_functions_have_the_names_they_were_written_with()
    {
        await using var site = await Site.Start(app => app.Route("/", async () => $"{await Cart.SumAsync()}", endpoint: "index"));

        var calls = (await site.Get("/")).Texts(".frame > .call b");

        Assert.Equal(["Total (get)", "lambda in SumAsync", "Inner in SumAsync", "SumAsync", $"lambda in {nameof(Async_methods_lambdas_and_local_functions_have_the_names_they_were_written_with)}"], calls);
    }

    [Fact]
    public async Task Inner_exceptions_and_those_of_an_aggregate_are_shown_in_their_order()
    {
        await using var site = await Site.Start(app => app.Route("/", string () => throw new InvalidOperationException("outer",
            new AggregateException("several", new ArgumentException("first"), new FormatException("second", new TimeoutException("root")))), endpoint: "index"));

        var answer = await site.Get("/");

        Assert.Equal(["Caused by AggregateException", "Caused by 1 of 2 ArgumentException", "Caused by 2 of 2 FormatException", "Caused by TimeoutException"], answer.Texts(".error > h2"));
        Assert.Equal("root", answer.Texts(".error .message").Last());
    }

    [Fact]
    public async Task A_template_is_shown_at_its_own_line()
    {
        using var folder = new TemplateFolder().Add("page.liquid", "<h1>Shop</h1>\n<p>{{ name }}</p>\n<p>{{ total | dibide: 0 }}</p>\n");
        await using var site = await Site.Start(app =>
        {
            app.UseLiquid();
            app.Route("/", () => RenderTemplate("page.liquid", ("name", "Ada"), ("total", 3)), endpoint: "index");
        }, app: new() { Name = "shop", RootPath = folder.Path });

        var answer = await site.Get("/");

        Assert.Equal("page.liquid", answer.Texts(".template .call b").Single());
        Assert.StartsWith("template, line 3", answer.Texts(".template .place").Single(), StringComparison.Ordinal);
        Assert.Equal("<p>{{ total | dibide: 0 }}</p>", answer.Texts(".template .failing code").Single());
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("handler")]
    [InlineData("middleware")]
    [InlineData("layer")]
    [InlineData("converter")]
    public async Task Errors_around_a_view_are_shown_too(string where)
    {
        await using var site = await Site.Start(app =>
        {
            if (where == "before") app.BeforeRequest(() => Fail("in before"));
            if (where == "after") app.AfterRequest(response => { Fail("in after"); });
            if (where == "handler") app.ErrorHandler(404, () => Fail("in handler"));
            if (where == "middleware") app.UseMiddleware(next => http => throw new InvalidOperationException("in middleware"));
            if (where == "layer") app.Use(new BrokenLayer());
            app.Route("/", () => new Unknown(), endpoint: "index");
            app.ErrorHandler<NotSupportedException>(error => Fail("in converter"));
        });

        var answer = await site.Get(where == "handler" ? "/nowhere" : "/");

        Assert.Equal((500, where == "converter"), (answer.Status, !answer.Texts(".top .message").Contains($"in {where}")));
    }

    sealed class Unknown : Microsoft.AspNetCore.Http.IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("while writing");
    }

    sealed class BrokenLayer : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Broken", core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.UseMiddleware(_ => _ => _ => throw new InvalidOperationException("in layer"));
    }

    [Fact]
    public async Task The_response_of_an_error_handler_is_not_replaced()
    {
        await using var site = await Site.Start(app =>
        {
            app.Route("/", () => Fail("mild"), endpoint: "index");
            app.ErrorHandler<InvalidOperationException>(error => new Response($"handled {error.Message}"));
        });

        Assert.Equal("handled mild", (await site.Get("/")).Text);
    }

    [Fact]
    public async Task An_application_that_sets_PropagatesExceptions_is_not_changed()
    {
        await using var kept = await Site.Start(app =>
        {
            app.PropagatesExceptions = false;
            app.ErrorHandler(500, () => ("own page", 500));
            app.Route("/", () => Fail("kept"), endpoint: "index");
        });

        Assert.Equal("own page", (await kept.Get("/")).Text);
    }

    [Fact]
    public async Task After_the_response_has_started_the_exception_is_logged_and_the_response_aborted()
    {
        await using var site = await Site.Start(app => app.Route("/", async (HttpContext http) =>
        {
            await http.Response.WriteAsync("half an answer");
            await http.Response.Body.FlushAsync();
            throw new InvalidOperationException("too late");
        }, endpoint: "index"));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => site.Get("/"));

        Assert.Contains(site.Log.Errors, line => line.EndsWith("too late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_exception_is_logged_once()
    {
        await using var site = await Site.Failing();

        await site.Get("/");

        Assert.Equal(["Error Modular.Debugger: Exception on / [GET] | InvalidOperationException: the secret of the house"], site.Log.Errors);
    }

    [Fact]
    public async Task Programs_get_text_or_a_problem_as_they_accept()
    {
        await using var site = await Site.Failing();

        var any = await site.Send("GET", "/", [("Accept", "*/*")]);
        var json = await site.Send("GET", "/", [("Accept", "application/json")]);
        var problem = await site.Send("GET", "/", [("Accept", "application/problem+json, text/html;q=0.1")]);

        Assert.Equal((500, "text/plain; charset=utf-8"), (any.Status, any.Headers["Content-Type"]));
        Assert.StartsWith("System.InvalidOperationException: the secret of the house\n  at lambda in Failing in Modular.Debugger.Tests.Site, ", any.Text, StringComparison.Ordinal);
        Assert.Contains($"\nGET {site.Url}/\n", any.Text, StringComparison.Ordinal);
        Assert.Equal((500, "application/problem+json"), (json.Status, json.Headers["Content-Type"]));
        Assert.Equal("application/problem+json", problem.Headers["Content-Type"]);
        Assert.Equal("the secret of the house", json.Json.GetProperty("detail").GetString());
        Assert.StartsWith("lambda in Failing", json.Json.GetProperty("exceptions")[0].GetProperty("frames")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mounted_application_shows_its_failures_under_its_mount()
    {
        var inner = new ModularApp(new() { Name = "inner" }) { Debug = true };
        inner.UseDebugger(new() { Terminal = TextWriter.Null });
        inner.Route("/", () => Fail("mounted"), endpoint: "index");
        var outer = new ModularApp(new() { Name = "outer" });
        outer.AppDelegate = ((Func<RequestDelegate, RequestDelegate>)(next => http => http.Request.Path.StartsWithSegments("/old", out var rest) ? Enter(http, rest) : next(http)))(outer.AppDelegate);
        await using var site = await Site.Start(app => app.AppDelegate = outer.AppDelegate);

        var answer = await site.Get("/old/");

        Assert.Equal(["mounted"], answer.Texts(".top .message"));
        Assert.Equal("/old/_modular/debugger", answer.Page.Body!.GetAttribute("data-root"));

        Task Enter(HttpContext http, PathString rest)
        {
            (http.Request.PathBase, http.Request.Path) = ("/old", rest);
            return inner.AppDelegate(http);
        }
    }
}
