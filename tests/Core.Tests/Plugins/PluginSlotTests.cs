using Toy.Visits;

namespace Modular.Tests;

public class PluginSlotTests
{
    static readonly Slot<string> Slot = new("greeting");
    int _opened;

    [Fact]
    public async Task A_slot_that_is_not_read_is_never_opened()
    {
        var app = Lazy();
        app.Route("/", context => context.Find(Slot) ?? "nothing there", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("nothing there", 0), (response.Text, _opened));
    }

    [Fact]
    public async Task A_slot_is_opened_once_for_each_request_that_reads_it()
    {
        var app = Lazy();
        app.Route("/", context => context.Get(Slot) + context.Get(Slot) + context.Find(Slot), endpoint: "index");
        await using var client = app.TestClient();

        var texts = new[] { await client.GetAsync("/"), await client.GetAsync("/") }.Select(r => r.Text);

        Assert.Equal(["111", "222"], texts);
    }

    [Fact]
    public async Task Slots_can_be_inspected_and_opened_by_code_that_does_not_know_them()
    {
        var version = new Slot<Version>("version");
        var app = Lazy().Use(new Probe("Versions", builder => builder.AddRequestSlot(version, _ => new Version(1, 0))));
        app.Route("/", context =>
        {
            context.Set(version, new Version(1, 2));
            var slots = context.Slots;
            var before = string.Join(", ", slots.Select(slot => $"{slot.Name} {slot.Type.Name} {slot.Value}"));
            var opened = slots[1].Open();
            return $"{before} | {opened} {slots[1].Value} {context.Find(Slot)} {context.Slots.Count(slot => slot.Value is not null)}";
        }, endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("version Version 1.2, greeting String  | 1 1 1 2", 1), (response.Text, _opened));
    }

    [Fact]
    public async Task A_slot_with_a_value_that_was_set_is_not_opened()
    {
        var app = Lazy();
        app.BeforeRequest(context =>
        {
            context.Set(Slot, "set");
            return default;
        });
        app.Route("/", context => context.Get(Slot), endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("set", 0), (response.Text, _opened));
    }

    [Fact]
    public async Task An_early_opener_runs_before_all_hooks()
    {
        List<string> lines = [];
        var app = new ModularApp();
        app.BeforeRequest(() => lines.Add(Current.Context.Find(Slot)!));
        app.Use(new Probe("Other", builder => builder.App.BeforeRequest(() => lines.Add(Current.Context.Find(Slot)!))));
        app.Use(new Probe("Early", builder => builder.AddRequestSlot(Slot, async _ =>
        {
            await Task.Yield();
            return "early";
        }, _ => throw new InvalidOperationException("not asked"))));
        app.Route("/", () => Current.Context.Get(Slot), endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(["early", "early", "early"], [.. lines, response.Text]);
    }

    [Fact]
    public async Task An_early_opener_that_finds_nothing_leaves_the_slot_to_the_first_read()
    {
        var app = new ModularApp();
        app.Use(new Probe("Early", builder => builder.AddRequestSlot(Slot, _ => default, _ => $"late {++_opened}")));
        app.Route("/", () => Current.Context.Find(Slot) + Current.Context.Get(Slot), endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("late 1", response.Text);
    }

    [Fact]
    public async Task An_exception_of_an_early_opener_reaches_the_error_handlers()
    {
        var app = new ModularApp();
        app.Use(new Probe("Early", builder => builder.AddRequestSlot(Slot, Fail, _ => "")));
        app.ErrorHandler<TimeoutException>(error => (error.Message, 503));
        app.Route("/", () => "", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("503 the store is down", $"{response.Status} {response.Text}");

        static async ValueTask<string?> Fail(RequestContext context)
        {
            await Task.Yield();
            throw new TimeoutException("the store is down");
        }
    }

    [Fact]
    public void In_a_test_context_early_openers_do_not_run_and_the_first_read_opens()
    {
        var app = new ModularApp().UseVisits(new() { FindVisitor = _ => throw new InvalidOperationException() });

        using var scope = app.TestRequestContext("/", headers: [("Cookie", "visits=4; visitor=7")]);

        Assert.Equal((4, "stranger"), (Current.Visits.Count, Current.Visitor.Name));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/early")]
    [InlineData("/abort")]
    [InlineData("/fail")]
    [InlineData("/nowhere")]
    public async Task Plugins_save_after_all_after_hooks_for_every_response(string path)
    {
        var app = new ModularApp().UseVisits();
        app.BeforeRequest(() => Current.Request.Path == "/early" ? "early" : (Response?)null);
        app.AfterRequest(_ => Current.Visits.Note());
        app.Route("/", () => "text", endpoint: "index");
        app.Route("/abort", () => Abort(new Response("aborted")), endpoint: "abort");
        app.Route("/fail", Fail, endpoint: "fail");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync(path);

        Assert.Equal("visits=1; HttpOnly; Path=/", response.Headers.SetCookie);

        static string Fail() => throw new InvalidOperationException();
    }

    [Fact]
    public async Task A_save_that_throws_is_a_500()
    {
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        app.Use(new Probe("Broken", builder => builder.BeforeSend((_, _) => throw new TimeoutException())));
        app.Route("/", () => "", endpoint: "index");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal(500, response.Status);
    }

    [Fact]
    public void A_property_of_a_plugin_that_is_not_installed_says_so()
    {
        using var scope = new ModularApp().TestRequestContext();

        var message = Mistake.Of(() => _ = Current.Visits);

        Assert.Equal(
            "Slot visits (Visits) was read, but no plugin of this application opens it. Install the plugin that it belongs to before the first request.", message);
    }

    [Fact]
    public void An_application_slot_of_a_plugin_that_is_not_installed_says_so()
    {
        var message = Mistake.Of(() => _ = new ModularApp().VisitTotals);

        Assert.Equal(
            "Application slot visit totals (VisitTotals) was read, but no plugin of this application provides it. Install the plugin that it belongs to.", message);
    }

    ModularApp Lazy() => new ModularApp().Use(new Probe("Lazy", builder => builder.AddRequestSlot(Slot, _ => $"{++_opened}")));
}
