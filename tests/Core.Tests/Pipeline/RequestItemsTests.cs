namespace Modular.Tests.Contexts;

public sealed class RequestItemsTests
{
    [Fact]
    public void Values_are_set_and_found_and_created_and_removed()
    {
        using var scope = new ModularApp().AppContext();
        var g = Current.G;

        g["color"] = "green";
        g["none"] = null;

        Assert.Equal("green", g["color"]);
        Assert.Equal("green", g.Get<string>("color"));
        Assert.Null(g.Get<string>("none"));
        Assert.Equal(5, g.Get("missing", 5));
        Assert.Equal(5, g.Get("color", 5));
        Assert.Equal((7, 7), (g.GetOrAdd("made", () => 7), g.GetOrAdd("made", () => 8)));
        Assert.Equal((true, true, false), (g.ContainsKey("color"), g.ContainsKey("none"), g.ContainsKey("missing")));
        Assert.Equal(("green", null), (g.Pop("color"), g.Pop("color")));
        Assert.Equal(["made", "none"], g.Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_value_is_reported_with_a_similar_name()
    {
        using var scope = new ModularApp().AppContext();
        Current.G["color"] = "green";

        Assert.Equal(
            "Current.G[\"colour\"] was read, but it wasn't set in this request. Did you mean \"color\"? " +
            "Set it in a BeforeRequest hook, or read it with Current.G.Get(\"colour\", fallback).",
            Mistake.Of(() => _ = Current.G["colour"]));
    }

    [Fact]
    public void A_value_of_another_type_is_reported()
    {
        using var scope = new ModularApp().AppContext();
        Current.G["color"] = "green";

        Assert.Equal(
            "Current.G[\"color\"] holds string, not int. Write Current.G.Get<string>(\"color\").",
            Mistake.Of(() => Current.G.Get<int>("color")));
    }

    [Fact]
    public async Task Each_request_has_its_own_values_even_inside_an_application_context()
    {
        var app = new ModularApp();
        app.Route("/", () => $"{Current.G.GetOrAdd("count", () => 1)} {Current.G.ContainsKey("outer")}");
        await using var client = app.TestClient();

        await using var scope = app.AppContext();
        Current.G["outer"] = 1;
        var (first, second) = (await client.GetAsync("/"), await client.GetAsync("/"));

        Assert.Equal(("1 False", "1 False"), (first.Text, second.Text));
        Assert.Equal(["outer"], Current.G.Select(pair => pair.Key));
    }
}
