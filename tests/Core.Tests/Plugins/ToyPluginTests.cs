using Toy.Audit;
using Toy.Visits;

namespace Modular.Tests;

// Two third-party plugins in one application.
public class ToyPluginTests
{
    [Fact]
    public async Task Visits_are_kept_in_a_cookie_that_is_sent_only_when_it_changed()
    {
        var app = new ModularApp().UseVisits();
        app.Route("/", () =>
        {
            Current.Visits.Note();
            return $"{Current.Visits.Count}";
        }, endpoint: "index");
        app.Route("/look", () => $"{Current.Visits.Count}", endpoint: "look");
        await using var client = app.TestClient();

        var answers = new[] { await client.GetAsync("/"), await client.GetAsync("/"), await client.GetAsync("/look") }
            .Select(response => $"{response.Text} {response.Headers.SetCookie}");

        Assert.Equal(["1 visits=1; HttpOnly; Path=/", "2 visits=2; HttpOnly; Path=/", "2 "], answers);
    }

    [Fact]
    public async Task Converters_responses_and_endpoints_of_a_plugin_work_in_the_application()
    {
        var app = new ModularApp().UseVisits(new() { Url = "/how-many" });
        app.Route("/who/<visitor:id>", (VisitorId id) => $"{id.Number + 1} {UrlFor("who", ("id", id))} {UrlFor("visits")}", endpoint: "who");
        app.Route("/totals", () => Current.App.VisitTotals, endpoint: "totals");
        await using var client = app.TestClient();

        var answers = new[] { await client.GetAsync("/who/v7"), await client.GetAsync("/who/7"), await client.GetAsync("/totals") }
            .Select(response => $"{response.Status} {response.Headers.ContentType} {response.Text.Split('<')[0]}");

        Assert.Equal([
            "200 text/html; charset=utf-8 8 /who/v7 /how-many", "404 text/html; charset=utf-8 ", "200 text/plain; charset=utf-8 0 visits\n"], answers);
    }

    [Fact]
    public void Templates_can_use_a_plugins_functions()
    {
        var app = new ModularApp().UseVisits();
        using var scope = app.TestRequestContext(headers: [("Cookie", "visits=11")]);

        var count = Assert.Single(app.Contributions<Func<RequestContext, object?>>(), global => global is { Name: "visits", Plugin: "Toy.Visits" }).Value(scope.Context);
        var ordinal = Assert.Single(app.Contributions<Func<int, string>>()).Value;
        var ordinals = new[] { count, 1, 22, 103, 4 }.Select(number => ordinal((int)number!));

        Assert.Equal(["11th", "1st", "22nd", "103rd", "4th"], ordinals);
    }

    [Fact]
    public async Task One_plugin_records_the_data_of_another()
    {
        List<string> lines = [];
        var app = new ModularApp()
            .UseAudit(new() { Write = lines.Add })
            .UseVisits(new() { FindVisitor = async number => { await Task.Yield(); return number == "7" ? new("Ada") : null; } });
        app.Route("/", () => "", endpoint: "index");
        await using (var client = app.TestClient())
        {
            await client.GetAsync("/", new() { Headers = [("Cookie", "visitor=7")] });
            await client.GetAsync("/nowhere", new() { Headers = [("Cookie", "visitor=8")] });
        }

        Assert.Equal(["GET / by Ada", "answered 200", "done", "GET /nowhere by stranger", "answered 404", "done"], lines);
    }

    [Fact]
    public async Task Guarding_one_blueprint_does_not_affect_the_others()
    {
        List<string> lines = [];
        var (app, club, shop) = (new ModularApp(), new Blueprint("club", "/club"), new Blueprint("shop", "/shop"));
        app.UseVisits().UseAudit(new() { Write = lines.Add, Regulars = club });
        club.Route("/", () => "welcome back", endpoint: "index");
        shop.Route("/", () => "welcome", endpoint: "index");
        app.Register(club).Register(shop);
        var answers = new List<string>();
        await using (var client = app.TestClient())
            foreach (var (path, visits) in new[] { ("/shop/", 0), ("/club/", 0), ("/club/", 3), ("/club/rules", 4) })
            {
                var response = await client.GetAsync(path, new() { Headers = [("Cookie", $"visits={visits}")] });
                answers.Add($"{response.Status} {response.Text} {response.Headers.CacheControl}");
            }

        Assert.Equal(["200 welcome ", "403 Regulars only. no-store", "200 welcome back no-store", "200 From 3 visits on. no-store"], answers);
        Assert.Equal([
            "GET /shop/ by stranger", "answered 200", "done",
            "GET /club/ by stranger", "refused: Came 0 times only.", "answered 403", "left the regulars", "done",
            "GET /club/ by stranger", "answered 200", "left the regulars", "done",
            "GET /club/rules by stranger", "answered 200", "left the regulars", "done"], lines);
    }

    [Fact]
    public async Task An_unhandled_failure_is_reported_at_teardown()
    {
        List<string> lines = [];
        var app = new ModularApp().UseVisits().UseAudit(new() { Write = lines.Add });
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        app.Route("/", Fail, endpoint: "index");
        await using (var client = app.TestClient(new() { PropagateExceptions = false })) await client.GetAsync("/");

        Assert.Equal(["GET / by stranger", "answered 500", "failed: out of paper"], lines);

        static string Fail() => throw new InvalidOperationException("out of paper");
    }
}
