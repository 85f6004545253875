using System.Text.Json;
using Modular.Testing;

namespace Modular.Cli.Tests;

/// <summary>The result of <c>routes --match</c> is that of a request.</summary>
public sealed class RouteExplainerTests
{
    [Theory]
    [InlineData("/x/7", "GET", 200, "/x/<int:n>")]
    [InlineData("/x/%31?y=/", "get", 200, "/x/<int:n>")]
    [InlineData("/x/seven", "GET", 404, null)]
    [InlineData("/y/7", "GET", 404, null)]
    [InlineData("/form", "GET", 405, null)]
    [InlineData("/chat", "GET", 400, null)]
    [InlineData("/old/3", "GET", 308, null)]
    [InlineData("/slash", "GET", 308, null)]
    [InlineData("/files/a/b", "GET", 200, "/files/<path:name>")]
    public async Task The_explanation_is_the_same_as_the_result_of_a_request(string path, string method, int status, string? rule)
    {
        var app = Rules();
        var explained = await ExplainAsync(app, path, method);
        await using var client = app.TestClient();

        var response = await client.SendAsync(method, path);

        Assert.Equal((status, rule), (explained.GetProperty("status").GetInt32(), explained.GetProperty("rule").GetString()));
        Assert.Equal((response.Status, response.Location), (status, explained.GetProperty("location").GetString()));
        Assert.Equal(app.Rules.Count - (rule is null ? 0 : 1), explained.GetProperty("others").GetArrayLength());
    }

    [Theory]
    [InlineData("/x/seven", "/x/<int:n>", "has \"<int:n>\" where the path has \"seven\"")]
    [InlineData("/y/7", "/y/<int(max=5):n>", "has a variable whose value is out of range")]
    [InlineData("/x/1/2", "/x/<int:n>", "ends where the path continues with \"2\"")]
    [InlineData("/x", "/x/<int:n>", "continues with \"<int:n>\" where the path ends")]
    [InlineData("/x/", "/x/<int:n>", "has \"<int:n>\" where the path is empty")]
    [InlineData("/form", "/form", "matches the path, but allows only OPTIONS, POST")]
    [InlineData("/chat", "/chat", "matches the path, but accepts only WebSocket handshakes")]
    [InlineData("/slash", "/slash/", "would redirect to \"/slash/\"")]
    [InlineData("/old/3", "/old/<int:n>", "matches, and redirects")]
    [InlineData("/hidden", "/hidden", "only builds URLs")]
    [InlineData("/files/a", "/files/<path:name>", "matches too, but \"/files/a\" has fixed text where this one has a variable")]
    [InlineData("/page/a", "/page/<name>.html", "has \"<name>.html\" where the path has \"a\"")]
    [InlineData("/files/a/b/edit", "/files/<path:name>", "matches too, but \"/files/<path:name>/edit\" has the more precise variable")]
    [InlineData("/twice/1", "/twice/<any(1,2):y>", "matches too, but \"/twice/<x>\" was added before it")]
    public async Task Each_rule_that_does_not_match_has_its_reason(string path, string rule, string reason)
    {
        var explained = await ExplainAsync(Rules(), path, "GET");

        Assert.Equal(reason, explained.GetProperty("others").EnumerateArray().Single(other => other.GetProperty("rule").GetString() == rule).GetProperty("reason").GetString());
    }

    static async Task<JsonElement> ExplainAsync(ModularApp app, string path, string method)
    {
        var shown = await app.InvokeAsync("routes", "--match", path, "--method", method, "--json");
        return JsonDocument.Parse(shown.Output).RootElement;
    }

    static ModularApp Rules()
    {
        var app = new ModularApp(new() { StaticFolder = null }).UseCli([]);
        app.Route("/x/<int:n>", (int n) => $"{n}");
        app.Route("/y/<int(max=5):n>", (int n) => $"{n}");
        app.Post("/form", () => "");
        app.Get("/chat", () => "", options: new() { WebSocket = true });
        app.Route("/new/<int:n>", (int n) => "", endpoint: "new");
        app.Route("/old/<int:n>", (int n) => "", endpoint: "new_too", options: new() { RedirectTo = "/new/<n>" });
        app.Route("/slash/", () => "");
        app.Route("/hidden", () => "", options: new() { BuildOnly = true });
        app.Route("/files/<path:name>", (string name) => name);
        app.Route("/files/a", () => "");
        app.Route("/page/<name>.html", (string name) => name);
        app.Route("/files/<path:name>/edit", (string name) => name);
        app.Route("/twice/<x>", (string x) => "");
        app.Route("/twice/<any(1,2):y>", (string y) => "");
        return app;
    }
}
