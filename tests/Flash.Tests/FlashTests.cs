using System.Text.Json;

namespace Flashing.Tests;

public sealed class FlashTests
{
    static ModularApp App(FlashOptions? options = null)
    {
        var app = new ModularApp();
        app.UseSessions(new() { SecretKey = "flash-tests-0123456789" });
        app.UseFlash(options);
        app.Route("/flash", () =>
        {
            foreach (var message in Current.Request.Args.GetAll("m")) Flash(message, Current.Request.Args.Get("c", "message"));
            return "flashed";
        }, endpoint: "flash");
        app.Route("/get", () => Json(GetFlashedMessages([.. Current.Request.Args.GetAll("f")]).Select(flashed => flashed.Message)), endpoint: "get");
        app.Route("/pairs", () => Json(GetFlashedMessages([.. Current.Request.Args.GetAll("f")]).Select(m => new[] { m.Category, m.Message })), endpoint: "pairs");
        app.Route("/nothing", () => "x", endpoint: "nothing");
        return app;
    }

    [Fact]
    public async Task A_message_is_shown_on_the_next_page_that_shows_messages_and_only_there()
    {
        await using var client = App().TestClient();

        await client.GetAsync("/flash?m=one&m=two");
        var passedBy = await client.GetAsync("/nothing");
        var shown = await client.GetAsync("/get");
        var again = await client.GetAsync("/get");

        Assert.Equal(("x", """["one","two"]""", "[]"), (passedBy.Text, shown.Text.TrimEnd(), again.Text.TrimEnd()));
    }

    [Fact]
    public async Task A_message_has_a_category_and_message_is_the_default()
    {
        await using var client = App().TestClient();

        await client.GetAsync("/flash?m=one");
        await client.GetAsync("/flash?m=two&c=error");
        var shown = await client.GetAsync("/pairs");

        Assert.Equal("""[["message","one"],["error","two"]]""", shown.Text.TrimEnd());
    }

    [Fact]
    public async Task A_filter_chooses_the_returned_messages_and_all_are_consumed()
    {
        await using var client = App().TestClient();

        await client.GetAsync("/flash?m=one");
        await client.GetAsync("/flash?m=two&c=error");
        await client.GetAsync("/flash?m=three&c=info");
        var some = await client.GetAsync("/get?f=error&f=info");
        var rest = await client.GetAsync("/get");

        Assert.Equal(("""["two","three"]""", "[]"), (some.Text.TrimEnd(), rest.Text.TrimEnd()));
    }

    [Fact]
    public async Task Reading_twice_in_a_request_returns_the_same_messages()
    {
        var app = App();
        app.Route("/twice", () => Json(new[] { GetFlashedMessages(), GetFlashedMessages() }.Select(shown => shown.Select(flashed => flashed.Message))), endpoint: "twice");
        await using var client = app.TestClient();

        await client.GetAsync("/flash?m=one");
        var shown = await client.GetAsync("/twice");

        Assert.Equal("""[["one"],["one"]]""", shown.Text.TrimEnd());
    }

    [Fact]
    public async Task A_message_of_the_same_request_is_shown_unless_messages_were_read_before_it()
    {
        var app = App();
        app.Route("/same", () =>
        {
            Flash("now");
            return Json(GetFlashedMessages().Select(flashed => flashed.Message));
        }, endpoint: "same");
        app.Route("/after", () =>
        {
            GetFlashedMessages();
            Flash("later");
            return Json(GetFlashedMessages().Select(flashed => flashed.Message));
        }, endpoint: "after");
        await using var client = app.TestClient();

        var same = await client.GetAsync("/same");
        var after = await client.GetAsync("/after");
        var next = await client.GetAsync("/get");

        Assert.Equal(("""["now"]""", "[]", """["later"]"""), (same.Text.TrimEnd(), after.Text.TrimEnd(), next.Text.TrimEnd()));
    }

    [Fact]
    public async Task Markup_stays_markup_on_its_way_through_the_cookie_and_text_stays_text()
    {
        var app = App();
        app.Route("/markup", () =>
        {
            Flash(Html($"<b>{"<me>"}</b>"));
            Flash("<i>text</i>");
            return "";
        }, endpoint: "markup");
        app.Route("/page", () => Html($"{Markup.Empty.Join(GetFlashedMessages())}"), endpoint: "page");
        await using var client = app.TestClient();

        await client.GetAsync("/markup");
        var page = await client.GetAsync("/page");

        Assert.Equal("<b>&lt;me&gt;</b>&lt;i&gt;text&lt;/i&gt;", page.Text);
    }

    [Fact]
    public async Task Flash_may_be_installed_in_front_of_sessions()
    {
        var app = new ModularApp().UseFlash();
        app.UseSessions(new() { SecretKey = "flash-tests-0123456789" });
        app.Route("/flash", () =>
        {
            Flash("hello");
            return "";
        });
        app.Route("/page", () => string.Join(',', GetFlashedMessages()));
        await using var client = app.TestClient();

        await client.GetAsync("/flash");
        var page = await client.GetAsync("/page");

        Assert.Equal("hello", page.Text);
    }

    [Fact]
    public void Without_flash_each_of_its_functions_names_the_package_and_the_line()
    {
        var app = new ModularApp().UseSessions(new() { SecretKey = "flash-tests-0123456789" });
        using var scope = app.TestRequestContext("/");
        const string Remedy = "was read, but Modular.Flash is not installed. Write app.UseFlash() before app.Run() and before the first request.";

        Assert.Equal($"Slot flashed messages (FlashedMessages) {Remedy}", Assert.Throws<ModularException>(() => Flash("x")).Message);
        Assert.Equal($"Slot flashed messages (FlashedMessages) {Remedy}", Assert.Throws<ModularException>(() => GetFlashedMessages()).Message);
        Assert.Equal($"Slot message flashed (FlashEvent) {Remedy}", Assert.Throws<ModularException>(() => new ModularApp().OnMessageFlashed((_, _) => { })).Message);
    }

    [Fact]
    public async Task Without_sessions_the_start_up_names_the_package_and_the_line()
    {
        var app = new ModularApp();
        app.UseFlash();

        var problem = Assert.Throws<ModularException>(() => app.TestClient());

        Assert.Equal("Modular.Flash requires Modular.Sessions, which isn't installed. Add the package and call app.UseSessions(…).", problem.Message);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Unshown_messages_are_replaced_by_newer_ones()
    {
        await using var few = App(new() { MaxMessages = 3 }).TestClient();
        await using var small = App(new() { MaxCharacters = 25 }).TestClient();

        foreach (var client in new[] { few, small })
            foreach (var message in "abcde") await client.GetAsync($"/flash?m={message}");
        await small.GetAsync($"/flash?m={new string('x', 100)}");
        var (byCount, bySize) = (await few.GetAsync("/get"), await small.GetAsync("/get"));

        Assert.Equal(("""["c","d","e"]""", $"""["{new string('x', 100)}"]"""), (byCount.Text.TrimEnd(), bySize.Text.TrimEnd()));
    }

    [Fact]
    public async Task The_cookie_never_outgrows_the_browser_however_many_messages_wait()
    {
        await using var client = App().TestClient();
        var sizes = new List<int>();

        for (var i = 0; i < 200; i++) sizes.Add((await client.GetAsync($"/flash?m={Guid.NewGuid()}")).Headers.SetCookie.ToString().Length);

        Assert.All(sizes, size => Assert.InRange(size, 1, 4093));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("[1,null,[],[\"a\"],[\"a\",2],{\"a\":1}]")]
    [InlineData("{\"a\":1}")]
    public async Task A_value_that_is_not_a_list_of_messages_shows_nothing(string flashes)
    {
        var app = App();
        app.Route("/spoil", () =>
        {
            Current.Session["_flashes"] = flashes.StartsWith('t') ? flashes : JsonElement.Parse(flashes);
            return "";
        }, endpoint: "spoil");
        await using var client = app.TestClient();

        await client.GetAsync("/spoil");
        var shown = await client.GetAsync("/get");

        Assert.Equal((200, "[]"), (shown.Status, shown.Text.TrimEnd()));
    }

    [Fact]
    public async Task A_listener_is_called_for_each_message()
    {
        var heard = new List<string>();
        var app = App();
        app.OnMessageFlashed((context, flashed) => heard.Add($"{context.Endpoint} {flashed.Category}: {flashed}"));
        await using var client = app.TestClient();

        await client.GetAsync("/flash?m=one&m=two&c=info");

        Assert.Equal(["flash info: one", "flash info: two"], heard);
    }

    [Fact]
    public async Task Every_template_engine_gets_the_function()
    {
        var app = App();
        app.Route("/template", () =>
        {
            var function = Assert.Single(app.Contributions<Func<RequestContext, IReadOnlyList<object?>, IReadOnlyList<(string, object?)>, object?>>()).Value;
            return Json(new[]
            {
                function(Current.Context, [], []),
                function(Current.Context, [], [("with_categories", true)]),
                function(Current.Context, [false, new object?[] { "error" }], []),
            });
        }, endpoint: "template");
        await using var client = app.TestClient();

        await client.GetAsync("/flash?m=one");
        await client.GetAsync("/flash?m=two&c=error");
        var shown = await client.GetAsync("/template");

        Assert.Equal("""[["one","two"],[["message","one"],["error","two"]],["two"]]""", shown.Text.TrimEnd());
    }
}
