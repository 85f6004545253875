using Microsoft.AspNetCore.Mvc;

namespace Modular.Tests.Endpoints;

public sealed class RefusedRuleTests
{
    [Fact]
    public async Task A_refused_rule_leaves_nothing_behind_and_later_rules_run_their_own_views()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        Assert.Throws<ModularException>(() => app.Get("/bad/<id>", (string name) => "bad", endpoint: "bad"));
        app.Get("/a", () => "a", endpoint: "a");
        app.Get("/b", () => "b", endpoint: "b");
        await using var client = app.TestClient();

        var (bad, a, b) = (await client.GetAsync("/bad/1"), await client.GetAsync("/a"), await client.GetAsync("/b"));

        Assert.Equal((404, "a", "b"), (bad.Status, a.Text, b.Text));
        Assert.Equal(["/a", "/b"], app.Rules.Select(rule => rule.Text));
    }

    [Fact]
    public async Task A_response_of_another_request_is_refused_and_stays_open_for_that_request()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var closed = 0;
        var shared = new Response(Pieces()).OnClose(() => closed++);
        var app = new ModularApp(new() { StaticFolder = null });
        app.BeforeRequest(() => Current.Request.Path == "/x" ? shared : null);
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var sent = client.GetAsync("/x");
        await first.Task;
        var refused = await client.GetAsync("/x");
        var closedEarly = closed;
        second.SetResult();
        var whole = await sent;

        Assert.Equal((500, 0, "one two", 1), (refused.Status, closedEarly, whole.Text, closed));

        async IAsyncEnumerable<string> Pieces()
        {
            yield return "one ";
            first.TrySetResult();
            await second.Task;
            yield return "two";
        }
    }

    [Fact]
    public async Task The_dictionary_of_defaults_is_copied_when_the_rule_is_added()
    {
        var (app, shop) = (new ModularApp(new() { StaticFolder = null }), new Blueprint("shop"));
        var defaults = new Dictionary<string, object?> { ["id"] = 1 };
        shop.Route("/x", (int id) => $"{id}", endpoint: "x", options: new() { Defaults = defaults });
        defaults["id"] = 2;
        app.Register(shop);
        await using var client = app.TestClient();

        Assert.Equal("1", (await client.GetAsync("/x")).Text);
    }

    [Fact]
    public async Task A_url_encoded_form_has_its_own_limit_also_beside_a_file_parameter()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.Post("/", ([FromForm] string a, IFormFile? file) => $"{a.Length}", endpoint: "form").WithMetadata(new BodyLimits { MaxFormMemorySize = 50 });
        await using var client = app.TestClient();

        var (large, small) = (await client.PostAsync("/", new() { Form = [("a", new string('x', 60))] }), await client.PostAsync("/", new() { Form = [("a", "x")] }));

        Assert.Equal((413, "1"), (large.Status, small.Text));
    }
}
