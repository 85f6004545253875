namespace Modular.Tests.Hosting;

public sealed class EventTests
{
    [Theory]
    [InlineData("/", "before view after 200 teardown none")]
    [InlineData("/nowhere", "before after 404 teardown none")]
    [InlineData("/abort", "before view after 403 teardown none")]
    [InlineData("/boom", "before view exception TimeoutException after 500 teardown TimeoutException")]
    [InlineData("/handled", "before view after 418 teardown none")]
    public async Task GotRequestException_is_raised_for_an_unhandled_exception_before_the_after_hooks(string path, string expected)
    {
        var ran = new List<string>();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        app.GotRequestException += (_, error) => ran.Add($"exception {error.GetType().Name}");
        app.BeforeRequest(() => ran.Add("before"));
        app.AfterRequest(response => { ran.Add($"after {response.Status}"); });
        app.TeardownRequest(error => { ran.Add($"teardown {error?.GetType().Name ?? "none"}"); });
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
    public async Task A_removed_listener_is_not_called()
    {
        var heard = 0;
        var app = new ModularApp();
        app.GotRequestException += Hear;
        app.GotRequestException -= Hear;
        app.Route("/", () => "");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(0, heard);

        void Hear(RequestContext context, Exception error) => heard++;
    }

    [Fact]
    public void Listening_begins_before_the_first_request()
    {
        var app = new ModularApp();
        using var scope = app.AppContext();

        Assert.Equal(
            "app.GotRequestException was used after the application had started. Do it before app.Run() and before the first request.",
            Mistake.Of(() => app.GotRequestException += (_, _) => { }));
    }
}
