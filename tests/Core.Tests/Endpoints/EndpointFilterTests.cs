namespace Modular.Tests.Endpoints;

public sealed class EndpointFilterTests
{
    [Fact]
    public async Task Filters_run_after_all_before_hooks_from_the_application_to_the_rule_and_those_of_plugins_are_innermost()
    {
        List<string> steps = [];
        var app = new ModularApp();
        var blog = new Blueprint("blog", "/blog");
        app.EndpointFilter(Noting("app", steps));
        blog.EndpointFilter(Noting("blog", steps));
        blog.BeforeRequest(() => steps.Add("before blog"));
        app.BeforeRequest(() => steps.Add("before app"));
        app.Use(new Probe("Cache", builder =>
        {
            builder.App.EndpointFilter(Noting("plugin", steps));
            builder.ForBlueprint(blog).EndpointFilter(Noting("plugin of blog", steps));
        }));
        blog.Get("/", () =>
        {
            steps.Add("view");
            return "text";
        }).AddEndpointFilter(async (context, next) =>
        {
            steps.Add("rule");
            return await next(context);
        });
        app.AfterRequest(_ => steps.Add("after"));
        app.Register(blog);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/blog/");

        Assert.Equal("text", response.Text);
        Assert.Equal("before app, before blog, app, blog, rule, plugin, plugin of blog, view, /plugin of blog, /plugin, /blog, /app, after",
            string.Join(", ", steps));
    }

    [Fact]
    public async Task A_filter_that_is_a_guard_answers_before_a_plugins_filter_does()
    {
        var app = new ModularApp().Use(new Probe("Cache", builder => builder.App.EndpointFilter((_, _) => new(new Response("cached")))));
        app.Get("/", () => "secret").AddEndpointFilter(async (context, next) => context.HttpContext.Request.Headers["X-Key"] == "right" ? await next(context) : ("no key", 401));
        await using var client = app.TestClient();

        var (stranger, friend) = (await client.GetAsync("/"), await client.GetAsync("/", new() { Headers = [("X-Key", "right")] }));

        Assert.Equal((401, "cached"), (stranger.Status, friend.Text));
    }

    [Fact]
    public async Task A_guard_of_a_blueprint_answers_before_a_plugins_filter_does()
    {
        var app = new ModularApp().Use(new Probe("Cache", builder => builder.App.EndpointFilter((_, _) => new(new Response("cached")))));
        var admin = new Blueprint("admin", "/admin");
        admin.BeforeRequest(() => new Response("log in first", 401));
        admin.Get("/", () => "secret");
        app.Register(admin);
        await using var client = app.TestClient();

        var response = await client.GetAsync("/admin/");

        Assert.Equal((401, "log in first"), (response.Status, response.Text));
    }

    [Fact]
    public async Task A_filter_answers_instead_of_the_view_and_after_hooks_see_its_response()
    {
        var ran = false;
        var app = new ModularApp();
        app.EndpointFilter((context, next) => context.Request.Path == "/cached" ? new(new Response("cached", 203)) : next());
        app.AfterRequest(response => response.Headers["X-After"] = "yes");
        app.Get("/cached", () => $"{ran = true}");
        app.Get("/other", () => "other");
        await using var client = app.TestClient();

        var (cached, other) = (await client.GetAsync("/cached"), await client.GetAsync("/other"));

        Assert.Equal((203, "cached", "yes", false), (cached.Status, cached.Text, cached.Headers["X-After"].ToString(), ran));
        Assert.Equal("other", other.Text);
    }

    [Fact]
    public async Task Errors_of_routing_and_automatic_options_have_no_view_to_filter()
    {
        var count = 0;
        var app = new ModularApp();
        app.EndpointFilter((_, next) =>
        {
            count++;
            return next();
        });
        app.Get("/", () => "");
        await using var client = app.TestClient();

        await client.GetAsync("/missing");
        await client.PostAsync("/");
        await client.SendAsync("OPTIONS", "/");

        Assert.Equal(0, count);
    }

    [Fact]
    public async Task An_exception_of_a_view_passes_the_filters_on_its_way_to_the_error_handler()
    {
        string? seen = null;
        var app = new ModularApp();
        app.EndpointFilter(async (_, next) =>
        {
            try
            {
                return await next();
            }
            catch (FormatException error)
            {
                seen = error.Message;
                throw;
            }
        });
        app.ErrorHandler<FormatException>(_ => new Response("handled", 422));
        app.Get("/", string () => throw new FormatException("odd"));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal((422, "handled", "odd"), (response.Status, response.Text, seen));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_streamed_response_that_a_filter_drops_is_closed(bool throws)
    {
        var closed = new TaskCompletionSource();
        var app = new ModularApp();
        app.ErrorHandler<InvalidOperationException>(_ => new Response("failed", 500));
        app.EndpointFilter(async (_, next) =>
        {
            await next();
            return throws ? throw new InvalidOperationException("odd") : new Response("another");
        });
        app.Get("/", () => new Response(new Closing(closed)));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(throws ? "failed" : "another", response.Text);
    }

    [Fact]
    public async Task A_filter_that_returns_null_gets_an_error()
    {
        var app = new ModularApp { PropagatesExceptions = true };
        app.EndpointFilter((_, _) => new((Response)null!));
        app.Get("/", () => "");
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("An endpoint filter returned null. Return the response that it received, or another one.", error.Message);
    }

    [Fact]
    public async Task A_filter_sees_the_form_because_the_body_was_read_before_it()
    {
        var app = new ModularApp();
        app.EndpointFilter((context, next) => context.Request.Form["token"] == "right" ? next() : throw new HttpException(400));
        app.Post("/", () => "done");
        await using var client = app.TestClient();

        Assert.Equal("done", (await client.PostAsync("/", new() { Form = [("token", "right")] })).Text);
        Assert.Equal(400, (await client.PostAsync("/", new() { Form = [("token", "wrong")] })).Status);
    }

    [Fact]
    public async Task An_ASP_NET_filter_may_return_a_result_text_or_an_object()
    {
        var app = new ModularApp();
        app.Get("/result", () => "").AddEndpointFilter((_, _) => new(TypedResults.Unauthorized()));
        app.Get("/text", () => "").AddEndpointFilter((_, _) => new("a text"));
        app.Get("/changed", () => "from the view").AddEndpointFilter(async (context, next) =>
        {
            var response = (Response)(await next(context))!;
            response.Headers["X-Filter"] = context.HttpContext.Request.Path.ToString();
            return response;
        });
        await using var client = app.TestClient();

        var changed = await client.GetAsync("/changed");

        Assert.Equal(401, (await client.GetAsync("/result")).Status);
        Assert.Equal("a text", (await client.GetAsync("/text")).Text);
        Assert.Equal(("from the view", "/changed"), (changed.Text, changed.Headers["X-Filter"].ToString()));
    }

    [Fact]
    public async Task An_ASP_NET_filter_gets_the_services_and_a_clear_error_for_arguments()
    {
        string? service = null;
        var app = new ModularApp { PropagatesExceptions = true };
        app.Services.AddSingleton("a service");
        app.Get("/<int:id>", (int id) => $"{id}").AddEndpointFilterFactory((made, next) =>
        {
            service = made.ApplicationServices.GetService<string>();
            return context => new(context.GetArgument<int>(0));
        });
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/1"));

        Assert.Equal("a service", service);
        Assert.Equal("An endpoint filter read the arguments of its view, which are bound later. "
            + "Read the values of the rule in Current.Request.ViewArgs, or check them in the view.", error.Message);
    }

    [Fact]
    public async Task Conventions_get_the_services_of_the_application()
    {
        string? service = null;
        var app = new ModularApp();
        app.Services.AddSingleton("a service");
        app.Get("/", () => "").Add(endpoint => service = endpoint.ApplicationServices.GetService<string>());
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal("a service", service);
    }

    [Fact]
    public void A_filter_cannot_be_added_after_the_start()
    {
        var app = new ModularApp();
        using var scope = app.AppContext();

        Assert.Equal("app.EndpointFilter was used after the application had started. Do it before app.Run() and before the first request.",
            Mistake.Of(() => app.EndpointFilter((_, next) => next())));
    }

    static Func<RequestContext, Func<ValueTask<Response>>, ValueTask<Response>> Noting(string name, List<string> steps) => async (_, next) =>
    {
        steps.Add(name);
        var response = await next();
        steps.Add($"/{name}");
        return response;
    };

    sealed class Closing(TaskCompletionSource closed) : MemoryStream([1])
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            closed.TrySetResult();
        }
    }
}
