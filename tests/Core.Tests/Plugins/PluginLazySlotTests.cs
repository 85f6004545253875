using Microsoft.Extensions.Configuration;

namespace Modular.Tests;

public class PluginLazySlotTests
{
    static readonly Slot<string> User = new("user", "app.UseUsers()");

    [Fact]
    public async Task An_asynchronous_slot_is_filled_on_first_use_and_once()
    {
        var opened = 0;
        var app = Users(async _ =>
        {
            await Task.Yield();
            return $"user {++opened}";
        });
        app.Get("/unused", () => "nothing");
        app.Get("/", async context =>
        {
            var before = context.Find(User);
            var values = await Task.WhenAll(context.GetAsync(User).AsTask(), context.GetAsync(User).AsTask());
            return $"{before ?? "empty"} {string.Join(' ', values)} {context.Get(User)}";
        });
        await using var client = app.TestClient();

        var (unused, text) = ((await client.GetAsync("/unused")).Text, (await client.GetAsync("/")).Text);

        Assert.Equal(("nothing", "empty user 1 user 1 user 1", 1), (unused, text, opened));
    }

    [Fact]
    public async Task A_slot_that_must_be_awaited_says_so_when_it_is_read_too_early()
    {
        var app = Users(_ => new("user"));
        app.PropagatesExceptions = true;
        app.Get("/", context => context.Get(User));
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("Slot user (string) was read before it was filled, which has to be awaited. "
            + "Write await context.GetAsync(slot) first.", error.Message);
    }

    [Fact]
    public async Task An_exception_of_the_opener_reaches_each_reader()
    {
        var app = Users(_ => throw new FormatException("odd"));
        app.ErrorHandler<FormatException>(error => new Response(error.Message, 422));
        app.Get("/", async context =>
        {
            var first = await Assert.ThrowsAsync<FormatException>(async () => await context.GetAsync(User));
            return first.Message + await context.GetAsync(User);
        });
        await using var client = app.TestClient();

        Assert.Equal("odd", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task GetAsync_also_reads_a_slot_that_is_filled_synchronously()
    {
        var app = new ModularApp().Use(new Probe("Users", builder => builder.AddRequestSlot(User, _ => "sync")));
        app.Get("/", async context => await context.GetAsync(User));
        await using var client = app.TestClient();

        Assert.Equal("sync", (await client.GetAsync("/")).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_opener_that_returns_null_is_named(bool isAsync)
    {
        var app = isAsync ? Users(_ => new((string)null!))
            : new ModularApp().Use(new Probe("Users", builder => builder.AddRequestSlot(User, string (_) => null!)));
        app.PropagatesExceptions = true;
        app.Get("/", async context => await context.GetAsync(User));
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("Users filled slot user (string) with null. Return a value, such as an object that means none.", error.Message);
    }

    [Fact]
    public async Task A_slot_that_no_plugin_declares_cannot_be_set()
    {
        var app = new ModularApp { PropagatesExceptions = true };
        app.Get("/", context =>
        {
            context.Set(new Slot<string>("mine"), "text");
            return "";
        });
        await using var client = app.TestClient();

        var error = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("Slot mine (string) was set, but no plugin of this application declares it. "
            + "Call builder.AddRequestSlot for it in Install.", error.Message);
    }

    [Fact]
    public async Task The_order_of_sending_is_a_phase_of_its_own()
    {
        // A cache runs inside the login, and its BeforeSend sees the cookie of the session, which is outside of both.
        List<string> steps = [];
        var app = new ModularApp();
        app.Use(Noting(new("Cache", "[0.1,)") { After = ["Login"], SendsAfter = ["Session"] }));
        app.Use(Noting(new("Session", "[0.1,)")));
        app.Use(Noting(new("Login", "[0.1,)") { Dependencies = [new("Session", "app.UseSession()")], SendsBefore = ["Session", "Unknown.Plugin"] }));
        app.Get("/", () => "");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["before Session", "before Login", "before Cache", "send Login", "send Session", "send Cache"], steps);

        Probe Noting(PluginManifest manifest) => new(manifest, builder =>
        {
            builder.App.BeforeRequest(() => steps.Add($"before {manifest.Id}"));
            builder.BeforeSend((_, _) =>
            {
                steps.Add($"send {manifest.Id}");
                return default;
            });
        });
    }

    [Fact]
    public void A_circle_of_sending_is_drawn() => Assert.Equal("The plugins B → A → B each want to send after the next. "
        + "Remove one of the hints SendsBefore or SendsAfter from their manifests.",
        Mistake.OfSetUp(app => app
            .Use(new Probe(new PluginManifest("A", "[0.1,)") { SendsAfter = ["B"] }))
            .Use(new Probe(new PluginManifest("B", "[0.1,)") { SendsAfter = ["A"] }))));

    [Fact]
    public async Task Options_are_read_from_the_configuration_that_the_application_has_at_the_start()
    {
        var options = new MailOptions { Server = "written", Port = 1 };
        MailOptions? read = null;
        var app = new ModularApp().Use(new Probe("Mail", builder => read = builder.Options("Mail", options with { })));
        app.Config.AddInMemoryCollection([
            new("Mail:server", "configured"), new("Mail:Every", "00:05:00"), new("Mail:Kind", "local"), new("Mail:Limit", "7"), new("Mail:Site", "https://a.example/"), new("Mail:To:0", "ann"), new("Mail:To:1", "bob")]);
        app.Get("/", () => "");
        await using var client = app.TestClient();

        await client.GetAsync("/");

        Assert.Equal(["ann", "bob"], read!.To);
        Assert.Equal(new MailOptions
        {
            Server = "configured", Port = 1, Every = TimeSpan.FromMinutes(5), Kind = DateTimeKind.Local, Limit = 7, Site = new("https://a.example/"), To = read.To,
        }, read);
        Assert.Equal("written", options.Server);
    }

    [Theory]
    [InlineData("Every", "soon", "is \"soon\". Write a value of the type TimeSpan.")]
    [InlineData("Rate", "1,5", "is \"1,5\". Write a value of the type double.")]
    [InlineData("Kind", "7up", "is \"7up\". Write a value of the type DateTimeKind.")]
    [InlineData("Kind", "7", "is \"7\". Write a value of the type DateTimeKind.")]
    [InlineData("Kind", "-1", "is \"-1\". Write a value of the type DateTimeKind.")]
    [InlineData("Port", "99999999999", "is \"99999999999\". Write a value of the type int.")]
    [InlineData("Port", "-1", "is \"-1\". The option refuses it: Write a port above 0.")]
    [InlineData("Clock", "system", "is of the type TimeProvider, which can't be read. Set it in the program.")]
    [InlineData("Sevrer", "x", "doesn't exist. Write \"Server\".")]
    [InlineData("Colour", "red", "doesn't exist. Remove it.")]
    public void A_wrong_option_in_the_configuration_is_reported(string name, string value, string problem)
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Config.AddInMemoryCollection([new($"Mail:{name}", value)]);
            app.Use(new Probe("Mail", builder => builder.Options("Mail", new MailOptions())));
        });

        Assert.Equal($"\"Mail:{name}\" in the configuration, an option of Mail, {problem}", message);
    }

    [Fact]
    public async Task A_plugin_brings_a_blueprint_files_and_a_listener_of_exceptions()
    {
        List<string> errors = [];
        var wiki = new Blueprint("wiki", "/wiki");
        wiki.Get("/", () => UrlFor("wiki.static", ("filename", "wiki.css")), endpoint: "index");
        wiki.Get("/fail", string () => throw new FormatException("odd"), endpoint: "fail");
        var files = new Microsoft.Extensions.FileProviders.EmbeddedFileProvider(typeof(PluginLazySlotTests).Assembly, "Wiki");
        wiki.Static("/assets", files);
        var app = new ModularApp().Use(new Probe("Wiki", builder => builder.Register(wiki)
            .OnException((context, error) => errors.Add($"{context.Request.Path} {error.Message}"))));
        app.PropagatesExceptions = false;
        await using var client = app.TestClient();

        var css = await client.GetAsync("/wiki/assets/wiki.css");
        var fresh = await client.GetAsync("/wiki/assets/wiki.css", new() { Headers = [("If-None-Match", css.Headers.ETag.ToString())] });
        var failed = await client.GetAsync("/wiki/fail");

        Assert.Equal("/wiki/assets/wiki.css", (await client.GetAsync("/wiki/")).Text);
        Assert.Equal((200, "text/css; charset=utf-8", "body { color: teal }\n"), (css.Status, css.Headers.ContentType.ToString(), css.Text));
        Assert.Equal((304, 404, 404), (fresh.Status, (await client.GetAsync("/wiki/assets/none.css")).Status,
            (await client.GetAsync("/wiki/assets/..%2Fwiki.css")).Status));
        Assert.Equal((500, "/wiki/fail odd"), (failed.Status, Assert.Single(errors)));
        Assert.All(app.Rules.Where(rule => rule.Text.StartsWith("/wiki", StringComparison.Ordinal)), rule => Assert.Equal("Wiki", rule.Plugin));
    }

    static ModularApp Users(Func<RequestContext, ValueTask<string>> open) =>
        new ModularApp().Use(new Probe("Users", builder => builder.AddRequestSlot(User, open)));

    sealed record MailOptions
    {
        public string Server { get; init; } = "localhost";
        public IReadOnlyList<string> To { get; init; } = [];
        public int Port
        {
            get;
            init => field = value > 0 ? value : throw new ArgumentException("Write a port above 0.");
        } = 25;
        public TimeSpan? Every { get; init; }
        public DateTimeKind Kind { get; init; }
        public long Limit { get; init; }
        public double Rate { get; init; }
        public Uri? Site { get; init; }
        public TimeProvider Clock { get; init; } = TimeProvider.System;
    }
}
