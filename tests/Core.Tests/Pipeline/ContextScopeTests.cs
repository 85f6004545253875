namespace Modular.Tests.Contexts;

public sealed class ContextScopeTests
{
    [Fact]
    public void A_test_request_is_matched_and_has_the_given_values()
    {
        var app = Shop();

        using var scope = app.TestRequestContext("/item/7?q=a%20b", "post", headers: [("X-One", "1"), ("X-One", "2")], baseUrl: "https://shop.test/app/");

        var request = Current.Request;
        Assert.Equal(("POST", "/item/7", "a b", "1,2"), (request.Method, request.Path, request.Args["q"], request.Headers["X-One"].ToString()));
        Assert.Equal(("https://shop.test/app/item/7?q=a%20b", "/app"), (request.Url, request.ScriptRoot));
        Assert.Equal(("item", "/item/<int:id>", 7), (request.Endpoint, Current.Context.Rule!.Text, request.ViewArgs!["id"]));
        Assert.Equal("/app/item/8", UrlFor("item", ("id", 8)));
        Assert.Same(app, Current.App);
    }

    [Fact]
    public void A_test_request_has_its_form_or_json()
    {
        var app = Shop();

        using (app.TestRequestContext("/", "POST", form: [("name", "a&b"), ("name", "ü")]))
            Assert.Equal(["a&b", "ü"], Current.Request.Form.GetAll("name"));
        using (app.TestRequestContext("/", "POST", json: """{"a":1}"""))
            Assert.Equal(1, Current.Request.Json.GetProperty("a").GetInt32());
        using (app.TestRequestContext("/"))
            Assert.True(Current.Request.Data.IsEmpty);
    }

    [Fact]
    public void A_test_requests_body_that_is_too_large_fails_when_it_is_read()
    {
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 5 } });

        using var scope = app.TestRequestContext("/", "POST", form: [("name", "too long")]);

        Assert.Equal(413, Assert.Throws<HttpException>(() => Current.Request.Form).Status);
    }

    [Theory]
    [InlineData("/nowhere", "GET", 404)]
    [InlineData("/item/7", "PUT", 405)]
    [InlineData("/branch", "GET", 308)]
    public void A_test_request_that_no_rule_matches_keeps_the_reason(string path, string method, int status)
    {
        using var scope = Shop().TestRequestContext(path, method);

        Assert.Equal((null, status), (Current.Request.Endpoint, Current.Request.RoutingException!.Status));
    }

    [Fact]
    public void Only_teardown_hooks_run_for_a_test_request()
    {
        var ran = new List<string>();
        var app = Shop();
        app.BeforeRequest(() => ran.Add("before"));
        app.AfterRequest(_ => ran.Add("after"));
        app.TeardownRequest(_ => ran.Add($"teardown {Current.Request.Path}"));

        using (app.TestRequestContext("/item/7")) ran.Add("inside");

        Assert.Equal(["inside", "teardown /item/7"], ran);
    }

    [Fact]
    public void A_request_that_another_server_received_can_be_made_current()
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path, http.Request.Scheme, http.Request.Host) = ("GET", "/item/7", "http", new("shop.test"));

        using (var scope = Shop().RequestContext(http))
        {
            Assert.Same(http, Current.Context.Http);
            Assert.Same(scope.Context, Current.Context);
            Assert.Equal(("item", "http://shop.test/item/7"), (Current.Request.Endpoint, Current.Request.Url));
        }

        Assert.False(Current.HasContext);
    }

    [Fact]
    public void Scopes_nest_and_restore_the_outer_context()
    {
        var (one, two) = (new ModularApp(new() { Name = "one" }), new ModularApp(new() { Name = "two" }));
        var names = new List<string>();

        using (one.TestRequestContext("/1"))
        {
            using (two.AppContext())
            {
                names.Add(Current.App.Name);
                using (one.TestRequestContext("/2")) names.Add(Current.Request.Path);
                names.Add($"{Current.App.Name} {Current.HasRequest}");
            }
            names.Add($"{Current.App.Name} {Current.Request.Path}");
        }

        Assert.Equal(["two", "/2", "two False", "one /1"], names);
        Assert.False(Current.HasContext);
    }

    [Fact]
    public void Scopes_that_are_disposed_of_in_the_wrong_order_are_reported()
    {
        var app = new ModularApp();
        var outer = app.TestRequestContext("/outer");
        var inner = app.TestRequestContext("/inner");

        var message = Mistake.Of(outer.Dispose);

        Assert.Equal("A context that isn't the current one was disposed of. Dispose of scopes in the reverse order of their creation.", message);
        Assert.Equal("/inner", Current.Request.Path);
        inner.Dispose();
        Assert.Equal("/outer", Current.Request.Path);
        outer.Dispose();
        Assert.False(Current.HasContext);
    }

    [Fact]
    public void A_scope_may_be_disposed_of_twice()
    {
        var torn = new List<string>();
        var app = new ModularApp();
        app.TeardownRequest(_ => torn.Add("torn"));
        using var outer = app.TestRequestContext("/outer");
        var inner = app.TestRequestContext("/inner");

        inner.Dispose();
        inner.Dispose();

        Assert.Equal("/outer", Current.Request.Path);
        Assert.Single(torn);
    }

    [Fact]
    public async Task A_teardown_that_must_be_awaited_requires_await_using()
    {
        var (go, torn) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        var app = new ModularApp();
        app.TeardownRequest(async (_, _) =>
        {
            await go.Task;
            torn.SetResult(Current.Request.Path);
        });
        var scope = app.TestRequestContext("/here");

        var message = Mistake.Of(scope.Dispose);
        go.SetResult();

        Assert.Equal("A teardown hook was still running when its context was disposed of. Write \"await using var scope = …\" instead of \"using\".", message);
        Assert.False(Current.HasContext);
        Assert.Equal("/here", await torn.Task);
    }

    [Fact]
    public async Task Await_using_awaits_the_teardown_and_restores_the_outer_context()
    {
        var torn = new List<string>();
        var app = new ModularApp();
        app.TeardownRequest(async (_, _) =>
        {
            await Task.Yield();
            torn.Add(Current.Request.Path);
        });

        await using (app.TestRequestContext("/outer"))
        {
            await using (app.TestRequestContext("/inner")) await Task.Yield();
            Assert.Equal("/outer", Current.Request.Path);
        }

        Assert.Equal(["/inner", "/outer"], torn);
        Assert.False(Current.HasContext);
    }

    [Fact]
    public async Task Scoped_services_of_a_scope_are_disposed_of_with_it()
    {
        var app = new ModularApp();
        app.Services.AddScoped<Visit>();
        Visit inRequest, inScript;

        await using (app.TestRequestContext("/")) inRequest = Current.Context.Services.GetRequiredService<Visit>();
        await using (app.AppContext()) inScript = Current.Context.Services.GetRequiredService<Visit>();

        Assert.Equal((true, true), (inRequest.IsDisposed, inScript.IsDisposed));
        Assert.NotSame(inRequest, inScript);
    }

    static ModularApp Shop()
    {
        var app = new ModularApp();
        app.Route("/item/<int:id>", (int id) => $"{id}", endpoint: "item", methods: ["GET", "POST"]);
        app.Route("/branch/", () => "");
        return app;
    }

    sealed class Visit : IAsyncDisposable
    {
        internal bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return default;
        }
    }
}
