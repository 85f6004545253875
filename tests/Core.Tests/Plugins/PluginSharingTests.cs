using System.Globalization;

namespace Modular.Tests;

public class PluginSharingTests
{
    static readonly Slot<Counter> Totals = new("totals");
    static readonly Slot<string> Mine = new("mine");

    // Doesn't keep an application's data, as IPlugin requires.
    static readonly Probe Counting = new("Counting", builder =>
    {
        var total = new Counter();
        builder.AddAppSlot(Totals, total);
        builder.AddRequestSlot(Mine, context => $"{context.App.Name} {total.Next()}");
    });

    [Fact]
    public async Task One_instance_serves_two_applications_at_once_that_share_nothing()
    {
        var (first, second) = (App("first"), App("second"));
        await using var one = first.TestClient();
        await using var two = second.TestClient();

        var texts = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (await (i % 4 == 0 ? two : one).GetAsync("/")).Text));

        Assert.Equal((30, 10), (first.Get(Totals).Value, second.Get(Totals).Value));
        Assert.Equal(40, texts.Distinct().Count());
    }

    [Fact]
    public async Task A_plugin_on_a_blueprint_of_two_applications_changes_only_the_one_that_it_is_installed_in()
    {
        var blog = new Blueprint("blog", "/blog");
        var (with, without) = (App("with"), App("without"));
        with.Use(new Probe("Feed", builder =>
        {
            builder.ForBlueprint(blog).Route("/feed", () => "the feed", endpoint: "feed");
            builder.ForBlueprint(blog).AfterRequest(response => response.Headers.CacheControl = "no-store");
        }));
        blog.Route("/", () => "the blog", endpoint: "index");
        with.Register(blog);
        without.Register(blog);
        await using var one = with.TestClient();
        await using var two = without.TestClient();

        var answers = new[] { await one.GetAsync("/blog/feed"), await two.GetAsync("/blog/feed"), await one.GetAsync("/blog/"), await two.GetAsync("/blog/") }
            .Select(response => $"{response.Status} {response.Headers.CacheControl}");

        Assert.Equal(["200 no-store", "404 ", "200 no-store", "200 "], answers);
    }

    static ModularApp App(string name)
    {
        var app = new ModularApp(new() { Name = name }).Use(Counting);
        app.Route("/", () => Current.Context.Get(Mine), endpoint: "index");
        return app;
    }

    sealed class Counter
    {
        int _value;

        internal int Value => _value;

        internal string Next() => Interlocked.Increment(ref _value).ToString(CultureInfo.InvariantCulture);
    }
}
