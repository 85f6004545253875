using System.Text.Json;

namespace Modular.Debugger.Tests;

/// <summary>The console of a page, by its commands.</summary>
public sealed class ConsoleTests
{
    static Task<Site> Shop(DebuggerOptions? options = null, Bell? bell = null) => Site.Start(app =>
    {
        app.UseSessions(new() { SecretKey = "a key for these tests" });
        app.Services.AddScoped<Basket>().AddSingleton(bell ?? new());
        app.Route("/in", () => $"{Current.Session["user"] = "ada"}", endpoint: "in");
        app.Route("/buy/<flower>", string (string flower) =>
        {
            Current.G["price"] = 12;
            _ = Current.Session.Count;
            throw new ArgumentException($"no {flower}", nameof(flower));
        }, methods: ["GET", "POST"], endpoint: "buy");
        app.Route("/unread", string () => throw new InvalidOperationException("broken"), endpoint: "unread");
    }, options);

    /// <summary>A service of the application.</summary>
    public sealed class Basket
    {
        /// <summary>What is in it.</summary>
        public int Count => 3;
    }

    /// <summary>Tells the test that an entry runs.</summary>
    public sealed class Bell
    {
        readonly TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes at the signal.</summary>
        public Task Rung => _rung.Task;

        /// <summary>Rings.</summary>
        public void Ring() => _rung.SetResult();
    }

    /// <summary>A page's console, unlocked.</summary>
    sealed record Opened(Site Site, Answer Page, string Cookie)
    {
        internal async Task<JsonElement> Send(string command, object more)
        {
            var entry = JsonSerializer.SerializeToNode(more)!.AsObject();
            (entry["secret"], entry["session"]) = (Page.Secret, Page.Session);
            var answer = await Site.Command(command, entry, ("Cookie", Cookie));
            Assert.True(answer.Status == 200, answer.Text);
            return answer.Json;
        }

        internal async Task<JsonElement> Run(string code) => await Send("run", new { code });

        /// <summary>The value of an expression as the console writes it, or the reason why it has no value.</summary>
        internal async Task<string?> Value(string code)
        {
            var result = await Run(code);
            return result.GetProperty("error").GetString() ?? (result.GetProperty("value") is { ValueKind: JsonValueKind.Object } value ? value.GetProperty("text").GetString() : null);
        }
    }

    static async Task<Opened> Open(Site site, string path = "/buy/rose?color=red", HttpContent? form = null)
    {
        var session = (await site.Get("/in")).Headers["Set-Cookie"].Split(';')[0];
        var page = await site.Send(form is null ? "GET" : "POST", path, [("Accept", "text/html"), ("Cookie", session)], form);
        return new(site, page, await site.Unlock(page.Secret));
    }

    [Fact]
    public async Task The_exception_and_request_and_session_and_g_and_app_and_services_are_available()
    {
        await using var site = await Shop();
        var console = await Open(site, form: new FormUrlEncodedContent([new("card", "gift")]));

        Assert.Equal("\"flower\"", await console.Value("exception.ParamName"));
        Assert.Equal("\"POST red gift rose buy\"", await console.Value("$\"{request.Method} {request.Args[\"color\"]} {request.Form[\"card\"]} {request.ViewArgs[\"flower\"]} {request.Endpoint}\""));
        Assert.Equal("\"ada\"", await console.Value("session[\"user\"]"));
        Assert.Equal("12", await console.Value("g[\"price\"]"));
        Assert.Equal("\"shop\"", await console.Value("app.Name"));
        Assert.Equal("3", await console.Value("services.GetRequiredService<Modular.Debugger.Tests.ConsoleTests.Basket>().Count"));
    }

    [Fact]
    public async Task Current_and_functions_work_as_in_the_view()
    {
        await using var site = await Shop();
        var console = await Open(site);

        Assert.Equal("\"red\"", await console.Value("Current.Request.Args[\"color\"]"));
        Assert.Equal("\"/buy/tulip\"", await console.Value("UrlFor(\"buy\", (\"flower\", \"tulip\"))"));
        Assert.Equal("\"ada\"", await console.Value("await System.Threading.Tasks.Task.Run(() => Current.Session[\"user\"])"));
    }

    [Fact]
    public async Task A_session_that_the_view_did_not_read_is_read_by_the_console()
    {
        await using var site = await Shop();
        var console = await Open(site, "/unread");

        Assert.Equal("\"ada\"", await console.Value("session[\"user\"]"));
    }

    [Fact]
    public async Task Entries_keep_what_they_declare_and_other_pages_have_their_own()
    {
        await using var site = await Shop();
        var (first, second) = (await Open(site), await Open(site));

        await first.Run("var roses = 2; int Twice(int n) => n * 2;");

        Assert.Equal("4", await first.Value("Twice(roses)"));
        Assert.Contains("CS0103", await second.Value("roses"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_and_error_and_exception_of_an_entry_are_shown()
    {
        await using var site = await Shop();
        var console = await Open(site);

        var printed = await console.Run("Console.WriteLine(\"hello\"); 1");
        var wrong = await console.Run("request.Metod");
        var thrown = await console.Run("int.Parse(\"x\")");

        Assert.Equal("hello\n", printed.GetProperty("output").GetString()!.ReplaceLineEndings("\n"));
        Assert.Contains("Metod", wrong.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("FormatException", thrown.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_completed()
    {
        await using var site = await Shop();
        var console = await Open(site);

        var names = (await console.Send("complete", new { code = "request.Me", position = 10 })).EnumerateArray().Select(name => name.GetString());

        Assert.Equal(["Method"], names);
    }

    [Fact]
    public async Task A_result_can_be_expanded()
    {
        await using var site = await Shop();
        var console = await Open(site);
        var value = (await console.Run("new System.Collections.Generic.Dictionary<string, int> { [\"rose\"] = 7 }")).GetProperty("value");

        var members = await console.Send("expand", new { id = value.GetProperty("id").GetInt32() });

        Assert.True(value.GetProperty("hasMembers").GetBoolean());
        Assert.Contains(members.EnumerateArray(), member => member.GetProperty("text").GetString() == "7");
    }

    [Fact]
    public async Task An_entry_can_be_cancelled_and_the_next_one_runs()
    {
        var bell = new Bell();
        await using var site = await Shop(bell: bell);
        var console = await Open(site);

        var running = console.Run("services.GetRequiredService<Modular.Debugger.Tests.ConsoleTests.Bell>().Ring(); await System.Threading.Tasks.Task.Delay(-1, Cancel); 1");
        await bell.Rung;
        await console.Send("cancel", new { });
        var result = await running;

        Assert.StartsWith("Cancelled.", result.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", await console.Value("1 + 1"));
    }

    [Fact]
    public async Task An_entry_that_takes_too_long_is_cancelled()
    {
        await using var site = await Shop(new() { TimeLimit = TimeSpan.FromSeconds(1) });
        var console = await Open(site);

        Assert.StartsWith("Timed out after 1 second.", await console.Value("await System.Threading.Tasks.Task.Delay(-1, Cancel); 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_ten_pages_are_kept_and_older_ones_say_so()
    {
        await using var site = await Shop();
        var first = await Open(site);
        await first.Run("var roses = 2;");

        for (var i = 0; i < 9; i++) await site.Get("/unread");
        Assert.Equal("2", await first.Value("roses"));
        await site.Get("/unread");

        var gone = await site.Command("run", new { secret = first.Page.Secret, session = first.Page.Session, code = "1" }, ("Cookie", first.Cookie));
        Assert.Equal((410, "This page is no longer available. Reload it."), (gone.Status, gone.Json.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task The_console_without_an_exception_has_the_application()
    {
        await using var site = await Shop();
        var page = await site.Get("/console");
        var console = new Opened(site, page, await site.Unlock(page.Secret));

        Assert.Equal("\"shop\"", await console.Value("app.Name"));
        Assert.Equal("\"shop\"", await console.Value("Current.App.Name"));
        Assert.Equal("3", await console.Value("services.GetRequiredService<Modular.Debugger.Tests.ConsoleTests.Basket>().Count"));
    }

    [Fact]
    public async Task A_failure_around_the_application_has_a_console_too()
    {
        await using var site = await Site.Start(app => app.Use(new Broken()));
        var page = await site.Get("/");
        var console = new Opened(site, page, await site.Unlock(page.Secret));

        Assert.Equal("\"in a layer\"", await console.Value("exception.Message"));
    }

    sealed class Broken : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Broken", core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.UseMiddleware(_ => _ => _ => throw new InvalidOperationException("in a layer"));
    }
}
