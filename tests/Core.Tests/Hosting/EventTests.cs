namespace Modular.Tests.Hosting;

public sealed class EventTests
{
    [Theory]
    [InlineData("/", "started before view after finished 200 teardown tearing-down none")]
    [InlineData("/nowhere", "started before after finished 404 teardown tearing-down none")]
    [InlineData("/abort", "started before view after finished 403 teardown tearing-down none")]
    [InlineData("/boom", "started before view exception TimeoutException after finished 500 teardown tearing-down TimeoutException")]
    [InlineData("/handled", "started before view after finished 418 teardown tearing-down none")]
    public async Task A_request_tells_when_it_starts_is_finished_has_failed_and_is_torn_down(string path, string expected)
    {
        var ran = new List<string>();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        app.RequestStarted += context => ran.Add("started");
        app.RequestFinished += (_, response) => ran.Add($"finished {response.Status}");
        app.GotRequestException += (_, error) => ran.Add($"exception {error.GetType().Name}");
        app.RequestTearingDown += (_, error) => ran.Add($"tearing-down {error?.GetType().Name ?? "none"}");
        app.BeforeRequest(() => ran.Add("before"));
        app.AfterRequest(_ => ran.Add("after"));
        app.TeardownRequest(_ => ran.Add("teardown"));
        app.ErrorHandler<ArithmeticException>(_ => ("handled", 418));
        app.Route("/", View(() => "index"), endpoint: "index");
        app.Route("/abort", View(() => Abort(403)), endpoint: "abort");
        app.Route("/boom", View(() => throw new TimeoutException()), endpoint: "boom");
        app.Route("/handled", View(() => throw new DivideByZeroException()), endpoint: "handled");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        await client.GetAsync(path);

        Assert.Equal(expected, string.Join(' ', ran));

        Func<Response> View(Func<Response> view) => () =>
        {
            ran.Add("view");
            return view();
        };
    }

    [Fact]
    public async Task A_listener_sees_the_context_and_the_final_response()
    {
        var app = new ModularApp();
        app.RequestStarted += context => context.G["started"] = context.Request.Path;
        app.RequestFinished += (context, response) => response.Headers["X-Finished"] = $"{context.G["started"]} {response.Headers["X-After"]}";
        app.AfterRequest(response => response.Headers["X-After"] = "after");
        app.Route("/page", () => "");
        await using var client = app.TestClient();

        Assert.Equal("/page after", (await client.GetAsync("/page")).Headers["X-Finished"]);
    }

    [Fact]
    public async Task A_listener_that_left_hears_nothing()
    {
        var heard = 0;
        var app = new ModularApp();
        app.RequestStarted += Hear;
        app.RequestStarted -= Hear;
        app.Route("/", () => "");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(0, heard);

        void Hear(RequestContext context) => heard++;
    }

    [Fact]
    public void Listening_begins_before_the_first_request()
    {
        var app = new ModularApp();
        using var scope = app.AppContext();

        Assert.Equal(
            "app.RequestStarted was used after the application had started answering. Do it before app.Run() and before the first request.",
            Mistake.Of(() => app.RequestStarted += _ => { }));
    }
}
