using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Rewrite;
using Modular.Tests.Hosting;

namespace Modular.Tests.Contexts;

/// <summary>Middleware that calls next never, twice, or with another path: ASP.NET's own does what its users know.</summary>
public sealed class NextTests
{
    static TestClientOptions AsInProduction => new() { PropagateExceptions = false };

    [Fact]
    public async Task An_exception_handler_runs_the_rule_of_its_path_and_keeps_the_status_500()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseExceptionHandler("/error"));
        app.Get("/boom", string () => throw new InvalidOperationException("secret"), endpoint: "boom");
        app.Get("/error", (HttpContext http) =>
        {
            var found = http.Features.Get<IExceptionHandlerPathFeature>()!;
            return $"{Current.Request.Path} after {found.Path}: {found.Error.GetType().Name} {Current.Request.Endpoint}";
        }, endpoint: "error");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/boom");

        Assert.Equal((500, "/error after /boom: InvalidOperationException error"), (response.Status, response.Text));
    }

    [Fact]
    public async Task An_error_handler_wins_over_the_exception_handler_of_ASP_NET()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseExceptionHandler("/error"));
        app.ErrorHandler<InvalidOperationException>(_ => ("handled", 409));
        app.Get("/boom", string () => throw new InvalidOperationException(), endpoint: "boom");
        app.Get("/error", () => "error page", endpoint: "error");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/boom");

        Assert.Equal((409, "handled"), (response.Status, response.Text));
    }

    [Fact]
    public async Task An_exception_handler_with_a_path_without_a_rule_leaves_a_500()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseExceptionHandler("/nope"));
        app.Get("/boom", string () => throw new InvalidOperationException("secret"), endpoint: "boom");
        await using var client = app.TestClient(AsInProduction);

        Assert.Equal((500, 404), ((await client.GetAsync("/boom")).Status, (await client.GetAsync("/nope")).Status));
    }

    [Fact]
    public async Task An_exception_in_the_path_of_the_exception_handler_is_a_500()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseExceptionHandler("/error"));
        var runs = 0;
        app.Get("/error", string () => throw new InvalidOperationException($"{++runs}"), endpoint: "error");
        await using var client = app.TestClient(AsInProduction);

        var response = await client.GetAsync("/error");

        Assert.Equal((500, 2), (response.Status, runs));
    }

    [Theory]
    [InlineData("/nowhere", "GET", 404, "page 404 of /nowhere")]
    [InlineData("/", "DELETE", 405, "page 405 of /")]
    [InlineData("/aborts", "GET", 403, "page 403 of /aborts")]
    [InlineData("/result", "GET", 410, "page 410 of /result")]
    [InlineData("/own", "GET", 404, "my own page")]
    [InlineData("/handled", "GET", 418, "a handler's page")]
    [InlineData("/", "GET", 200, "index")]
    public async Task Status_code_pages_run_the_rule_of_their_path_for_responses_without_a_page(string path, string method, int status, string text)
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseStatusCodePagesWithReExecute("/status/{0}"));
        app.ErrorHandler(418, () => ("a handler's page", 418));
        app.Get("/", () => "index", endpoint: "index");
        app.Get("/aborts", () => Abort(403), endpoint: "aborts");
        app.Get("/result", () => Results.StatusCode(410), endpoint: "result");
        app.Get("/own", () => ("my own page", 404), endpoint: "own");
        app.Get("/handled", () => Abort(418), endpoint: "handled");
        app.Route("/status/<int:code>", (int code, HttpContext http) => $"page {code} of {http.Features.Get<IStatusCodeReExecuteFeature>()!.OriginalPath}",
            endpoint: "status", methods: ["GET", "DELETE"]);
        await using var client = app.TestClient();

        var response = await client.SendAsync(method, path);

        Assert.Equal((status, text), (response.Status, response.Text));
        Assert.Equal(status == 405, response.Headers.ContainsKey("Allow"));
    }

    [Fact]
    public async Task Status_code_pages_around_a_mounted_application_handle_its_404s_and_its_500s()
    {
        var app = new ModularApp();
        app.Get("/boom", string () => throw new InvalidOperationException(), endpoint: "boom");
        var outer = new ModularApp();
        outer.UseMiddleware(asp => asp.UseStatusCodePages("text/plain", "outer {0}"));
        outer.UseMiddleware(_ => app.AppDelegate);
        await using var client = outer.TestClient();

        Assert.Equal("outer 404", (await client.GetAsync("/nowhere")).Text);
        Assert.Equal("outer 500", (await client.GetAsync("/boom")).Text);
    }

    [Fact]
    public async Task Status_code_pages_that_an_exception_left_do_not_make_the_500_empty()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseStatusCodePagesWithReExecute("/status/{0}"));
        app.Get("/boom", string () => throw new InvalidOperationException(), endpoint: "boom");
        await using var client = app.TestClient(AsInProduction);

        var response = await client.GetAsync("/boom");

        Assert.Equal(500, response.Status);
        Assert.Contains("Internal Server Error", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rewritten_path_is_matched_with_its_values()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseRewriter(new RewriteOptions().AddRewrite("^old/(.*)$", "new/$1?from=old", skipRemainingRules: true)));
        app.Get("/new/<name>", (string name) => $"{name} {Current.Request.Path} {Current.Request.Args["from"]} {UrlFor("new", ("name", "x"))}", endpoint: "new");
        app.Get("/old/kept", () => "never", endpoint: "kept");
        await using var client = app.TestClient();

        Assert.Equal("peter /new/peter old /new/x", (await client.GetAsync("/old/peter")).Text);
        Assert.Equal("kept /new/kept old /new/x", (await client.GetAsync("/old/kept")).Text);
    }

    [Fact]
    public async Task A_path_base_inside_the_application_is_removed_and_put_before_URLs()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UsePathBase("/shop"));
        app.Get("/item/<name>", (string name) => $"{name} {Current.Request.Path} {UrlFor("item", ("name", "x"))}", endpoint: "item");
        await using var client = app.TestClient();

        Assert.Equal("pen /item/pen /shop/item/x", (await client.GetAsync("/shop/item/pen")).Text);
        Assert.Equal("pen /item/pen /item/x", (await client.GetAsync("/item/pen")).Text);
    }

    [Fact]
    public async Task A_method_that_middleware_overrides_is_matched()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseHttpMethodOverride());
        app.Post("/item", () => "posted", endpoint: "post");
        app.Delete("/item", () => $"deleted by {Current.Request.Method}", endpoint: "delete");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/item", new() { Headers = [("X-HTTP-Method-Override", "DELETE")] });

        Assert.Equal("deleted by DELETE", response.Text);
    }

    [Fact]
    public async Task Authorization_after_a_rewriter_guards_the_endpoint_that_runs()
    {
        var app = new ModularApp();
        app.UseMiddleware(asp => asp.UseRewriter(new RewriteOptions().AddRewrite("^open/(.*)$", "$1", skipRemainingRules: true)));
        TokenHandler.AddTo(app);
        app.Get("/admin", () => "secrets", endpoint: "admin").WithMetadata(new AuthorizeAttribute());
        app.Get("/open/admin", () => "open", endpoint: "open");
        await using var client = app.TestClient();

        Assert.Equal(401, (await client.GetAsync("/open/admin")).Status);
        Assert.Equal("secrets", (await client.GetAsync("/open/admin", new() { Headers = [("X-Token", "admin")] })).Text);
    }

    [Fact]
    public async Task Authorization_before_a_rewriter_does_not_count_for_another_endpoint()
    {
        var app = new ModularApp();
        TokenHandler.AddTo(app);
        app.UseMiddleware(asp => asp.UseRewriter(new RewriteOptions().AddRewrite("^open/(.*)$", "$1", skipRemainingRules: true)));
        app.Get("/admin", () => "secrets", endpoint: "admin").WithMetadata(new AuthorizeAttribute());
        app.Get("/open/admin", () => "open", endpoint: "open");
        await using var client = app.TestClient();

        var refused = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/open/admin"));

        Assert.Equal("Endpoint \"admin\" requires authorization, but no middleware handles it. Write app.UseMiddleware(asp => asp.UseAuthorization()).", refused.Message);
    }

    [Fact]
    public async Task Middleware_may_run_a_failed_request_again()
    {
        var (runs, hooks) = (0, new List<string>());
        var app = new ModularApp();
        app.UseMiddleware(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (TimeoutException)
            {
                await next(http);
            }
        });
        app.BeforeRequest(() => { hooks.Add("before"); });
        app.AfterRequest(response => { hooks.Add($"after {response.Text}"); });
        app.TeardownRequest(error => hooks.Add($"teardown {error?.GetType().Name ?? "without error"}"));
        app.Get("/", () => ++runs == 1 ? throw new TimeoutException() : $"run {runs}");
        await using var client = app.TestClient();

        Assert.Equal("run 2", (await client.GetAsync("/")).Text);
        Assert.Equal(["before", "before", "after run 2", "teardown without error"], hooks);
    }

    [Fact]
    public async Task Middleware_that_calls_next_after_the_response_was_sent_does_not_run_the_view_again()
    {
        var runs = 0;
        var app = new ModularApp();
        app.UseMiddleware(next => async http =>
        {
            await next(http);
            await next(http);
        });
        app.Get("/", () => $"run {++runs}");
        await using var served = await Served.Start(app);

        var reply = await served.Get("/");

        Assert.Equal((200, "run 1", 1), (reply.Status, reply.Body, runs));
        Assert.Contains(served.Log.All, line => line.Contains("Middleware of / called next again after the response had been sent. Call it once, or again only before anything is written.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Middleware_that_does_not_call_next_sends_its_own_response_and_the_request_is_torn_down()
    {
        var hooks = new List<string>();
        var app = new ModularApp();
        app.UseMiddleware(_ => http => http.Response.WriteAsync("from middleware"));
        app.BeforeRequest(() => { hooks.Add("before"); });
        app.TeardownRequest(_ => hooks.Add("teardown"));
        app.Get("/", () => "view");
        await using var client = app.TestClient();

        Assert.Equal("from middleware", (await client.GetAsync("/")).Text);
        Assert.Equal(["teardown"], hooks);
    }

    [Fact]
    public async Task Middleware_may_wrap_an_exception_and_the_wrappers_error_handler_runs()
    {
        var app = new ModularApp();
        app.UseMiddleware(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (InvalidOperationException error)
            {
                throw new TimeoutException("wrapped", error);
            }
        });
        app.ErrorHandler<TimeoutException>(error => ($"{error.Message} {error.InnerException!.Message}", 503));
        app.AfterRequest(response => response.Headers["X-After"] = "yes");
        app.Get("/", string () => throw new InvalidOperationException("inner"));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal((503, "wrapped inner", "yes"), (response.Status, response.Text, response.Headers["X-After"].ToString()));
    }

    [Fact]
    public async Task An_unhandled_exception_that_middleware_wraps_is_a_500_with_the_wrapper_in_the_log()
    {
        Exception? torn = null;
        var app = new ModularApp();
        app.UseMiddleware(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (InvalidOperationException error)
            {
                throw new TimeoutException("wrapped", error);
            }
        });
        app.ErrorHandler(500, () => ("sorry", 500));
        app.TeardownRequest(error => torn = error);
        app.Get("/", string () => throw new InvalidOperationException("inner"));
        await using var client = app.TestClient(AsInProduction);

        var response = await client.GetAsync("/");

        Assert.Equal((500, "sorry"), (response.Status, response.Text));
        Assert.IsType<TimeoutException>(torn);
    }

    [Fact]
    public async Task An_HTTP_error_that_middleware_throws_is_handled_like_a_views()
    {
        var app = new ModularApp();
        app.UseMiddleware(next => http => http.Request.Query.ContainsKey("handled") ? throw new HttpException(403) : http.Request.Query.ContainsKey("bad")
            ? throw new BadHttpRequestException("too long", 414) : next(http));
        app.ErrorHandler(403, () => ("no entry", 403));
        app.Get("/", () => "view");
        await using var client = app.TestClient();

        var handled = await client.GetAsync("/?handled=1");
        var bad = await client.GetAsync("/?bad=1");

        Assert.Equal((403, "no entry", 414), (handled.Status, handled.Text, bad.Status));
    }

    [Theory]
    [InlineData("//private/x", false, 403)]
    [InlineData("//private/x", true, 403)]
    [InlineData("/%2fprivate/x", false, 403)]
    [InlineData("/%2fprivate/x", true, 403)]
    [InlineData("/private%2fx", false, 403)]
    [InlineData("/private%2fx", true, 403)]
    [InlineData("/private/%2e%2e/x", false, 403)]
    [InlineData("/private/%2e%2e/x", true, 403)]
    [InlineData("/private/../x", true, 403)]
    [InlineData("/private/%2e%2e/private/x", false, 403)]
    [InlineData("/private/%2e/x", true, 403)]
    [InlineData("/%70rivate/x", true, 403)]
    [InlineData("/private//x", false, 403)]
    [InlineData("/x/%2e%2e/private/x", true, 200)]      // the other rule's view
    [InlineData("/privat%65r/x", true, 200)]
    public async Task A_guard_in_middleware_sees_the_path_that_was_matched(string target, bool mergeSlashes, int status)
    {
        var app = new ModularApp(new() { Routing = new() { MergeSlashes = mergeSlashes } });
        app.UseMiddleware(next => http =>
        {
            if (!http.Request.Path.StartsWithSegments("/private")) return next(http);
            http.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        app.Get("/private/<path:page>", (string page) => $"secret {page}", endpoint: "private");
        app.Get("/<path:page>", (string page) => page, endpoint: "page");
        await using var served = await Served.Start(app);

        var reply = await served.Get(target);

        Assert.Equal(status, reply.Status);
        Assert.DoesNotContain("secret", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_application_the_host_sees_the_original_path()
    {
        var app = new ModularApp();
        var seen = new List<string?>();
        app.UseMiddleware(next => http =>
        {
            seen.Add(http.Request.Path.Value);
            return next(http);
        });
        app.Get("/a/<path:rest>", (string rest) => rest, endpoint: "a");
        var inner = app.AppDelegate;
        app.AppDelegate = async http =>
        {
            await inner(http);
            seen.Add(http.Request.Path.Value);
        };
        await using var served = await Served.Start(app);

        await served.Get("/a/b%2Fc");

        Assert.Equal(["/a/b/c", "/a/b%2Fc"], seen);
    }
}
