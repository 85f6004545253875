namespace Modular.Tests.Endpoints;

public sealed class ErrorHandlerTests
{
    static readonly string DefaultPage = ErrorPage.Of(new HttpException(500)).Text!;

    [Theory]
    [InlineData("/sub", "exception SubError")]
    [InlineData("/my", "exception MyError")]
    [InlineData("/abort", "exception HttpException")]
    [InlineData("/nowhere", "exception HttpException")]
    [InlineData("/arithmetic", "arithmetic DivideByZeroException")]
    public async Task A_handler_of_a_type_handles_derived_types_and_the_nearest_wins(string path, string expected)
    {
        var app = new ModularApp();
        app.ErrorHandler<Exception>(error => $"exception {error.GetType().Name}");
        app.ErrorHandler<ArithmeticException>(error => $"arithmetic {error.GetType().Name}");
        app.Route("/sub", string () => throw new SubError());
        app.Route("/my", string () => throw new MyError());
        app.Route("/abort", () => Abort(403));
        app.Route("/arithmetic", string () => throw new DivideByZeroException());
        await using var client = app.TestClient();

        var response = await client.GetAsync(path);

        Assert.Equal($"200 text/html; charset=utf-8 {expected}", response.ToString());
    }

    [Fact]
    public async Task A_handler_of_a_class_derived_from_HttpException_wins_over_its_status_code()
    {
        var (app, blueprint) = (new ModularApp(), new Blueprint("bp", "/bp"));
        app.ErrorHandler<OutOfStock>(_ => "own class");
        app.ErrorHandler(404, () => "code");
        blueprint.ErrorHandler(404, () => "code of blueprint");
        blueprint.Route("/stock", string () => throw new OutOfStock());
        app.Route("/stock", string () => throw new OutOfStock());
        app.Register(blueprint);
        await using var client = app.TestClient();

        var (stock, inner, missing) = (await client.GetAsync("/stock"), await client.GetAsync("/bp/stock"), await client.GetAsync("/nowhere"));

        Assert.Equal(("own class", "code of blueprint", "code"), (stock.Text, inner.Text, missing.Text));
    }

    [Fact]
    public async Task Redirects_of_routing_and_responses_of_abort_are_never_passed_to_handlers()
    {
        var app = new ModularApp();
        app.ErrorHandler<Exception>(_ => ("taken", 500));
        app.ErrorHandler<HttpException>(_ => ("taken", 500));
        app.ErrorHandler(409, () => ("taken", 500));
        app.Route("/branch/", () => "branch");
        app.Route("/response", () => Abort(new Response("as it is", 409, "text/plain")));
        await using var client = app.TestClient();

        var (branch, response) = (await client.GetAsync("/branch"), await client.GetAsync("/response"));

        Assert.Equal((308, "http://localhost/branch/"), (branch.Status, branch.Location));
        Assert.Equal("409 text/plain as it is", response.ToString());
    }

    [Fact]
    public async Task Routing_errors_keep_their_headers_on_the_default_page()
    {
        var app = new ModularApp();
        app.Route("/", () => "", methods: ["GET", "PUT"]);
        await using var client = app.TestClient();

        var response = await client.PostAsync("/");

        Assert.Equal((405, "GET, HEAD, OPTIONS, PUT"), (response.Status, response.Headers.Allow.ToString()));
    }

    [Fact]
    public async Task A_handler_of_any_shape_takes_the_error_and_services()
    {
        var app = new ModularApp();
        app.Services.AddSingleton(new Version(1, 2));
        app.ErrorHandler(404, async (HttpException error, Request request, Version version) =>
        {
            await Task.Yield();
            return (new { error.Status, request.Path, Version = version.ToString() }, 404);
        });
        app.ErrorHandler<MyError>(async (MyError error, RequestContext context) =>
        {
            await Task.Yield();
            return ($"{error.Message} on {context.Request.Path}", 503, new Dictionary<string, string> { ["Retry-After"] = "5" });
        });
        app.Route("/my", string () => throw new MyError("mine"));
        await using var client = app.TestClient();

        var (missing, mine) = (await client.GetAsync("/x"), await client.GetAsync("/my"));

        Assert.Equal("404 application/json {\"status\":404,\"path\":\"/x\",\"version\":\"1.2\"}\n", missing.ToString());
        Assert.Equal(("503 text/html; charset=utf-8 mine on /my", "5"), (mine.ToString(), mine.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task The_500_handler_gets_the_original_exception_and_the_exception_is_logged_once()
    {
        var (lines, boom) = (new LogLines(), new TimeoutException("slow"));
        HttpException? given = null;
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.ErrorHandler(500, error =>
        {
            given = error;
            return ("sorry", 500);
        });
        app.Route("/boom", string () => throw boom, methods: ["POST"]);
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.PostAsync("/boom");

        Assert.Equal("500 text/html; charset=utf-8 sorry", response.ToString());
        Assert.Same(boom, given!.InnerException);
        Assert.Equal((LogLevel.Error, "Exception on /boom [POST]", boom), Assert.Single(lines.Errors));
    }

    [Fact]
    public async Task HTTP_errors_are_not_logged()
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.ErrorHandler<MyError>(_ => "handled");
        app.Route("/my", string () => throw new MyError());
        app.Route("/abort", () => Abort(500));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        foreach (var path in new[] { "/my", "/abort", "/nowhere" }) await client.GetAsync(path);

        Assert.Empty(lines.Errors);
    }

    [Fact]
    public async Task An_error_in_an_error_handler_is_a_500_with_that_error_inside()
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.ErrorHandler(404, string () => throw new TimeoutException("in the handler"));
        app.ErrorHandler(500, error => (error.InnerException!.Message, 500));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/nowhere");

        Assert.Equal("500 text/html; charset=utf-8 in the handler", response.ToString());
        Assert.Equal("in the handler", Assert.Single(lines.Errors).Error!.Message);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("cannot be sent")]
    public async Task A_500_handler_that_fails_leaves_the_default_page(string how)
    {
        var lines = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.ErrorHandler(500, () => how == "throws"
            ? throw new InvalidOperationException("again")
            : new Response("secret", contentType: "text/html\nX: y"));
        app.Route("/", string () => throw new TimeoutException("first"));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal($"500 text/html; charset=utf-8 {DefaultPage}", response.ToString());
        Assert.Equal(
            ["Exception on / [GET]", "The response to an exception failed too. The default error page was sent."],
            lines.Errors.Select(line => line.Text));
    }

    [Fact]
    public async Task The_default_500_page_reveals_nothing()
    {
        var app = new ModularApp();
        app.Route("/secret-path/<name>", string (string name) => throw new TimeoutException($"secret-detail {name}", new MyError("secret-cause")));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/secret-path/ann");

        Assert.Equal($"500 text/html; charset=utf-8 {DefaultPage}", response.ToString());
        Assert.Equal(["Content-Length", "Content-Type"], response.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_exception_that_propagates_reaches_the_caller_as_it_was_thrown()
    {
        var (lines, boom) = (new LogLines(), new TimeoutException("slow"));
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(lines);
        app.Route("/", string () => throw boom);
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => client.GetAsync("/"));

        Assert.Same(boom, error);
        Assert.Empty(lines.Errors);
    }

    [Fact]
    public async Task A_handlers_plain_string_is_a_200()
    {
        var app = new ModularApp();
        app.ErrorHandler(404, () => "not here");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/nowhere");

        Assert.Equal("200 text/html; charset=utf-8 not here", response.ToString());
    }

    [Fact]
    public void Abort_is_for_errors_only() => Assert.Equal(
        "200 isn't an HTTP error. Write a status such as 404, or Abort(new Response(…)).",
        Mistake.Of(() => Abort(200)));

    class MyError(string message = "") : Exception(message);

    sealed class SubError : MyError;

    sealed class OutOfStock() : HttpException(404);
}
