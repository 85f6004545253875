namespace Modular.Generators.Tests;

public sealed class UrlAnalyzerTests
{
    const string Blog = """
        app.Get("/", Index);
        app.Get("/user/<name>", (string name) => "", endpoint: "profile");
        app.Get("/<int:id>/<slug>", (int id) => "", endpoint: "post");
        var blog = new Blueprint("blog", "/blog");
        blog.Get("/<int:id>", (int id) => UrlFor(".show", ("id", id)), endpoint: "show");
        app.Register(blog);
        string Index() => "";

        """;

    [Fact]
    public Task Names_and_values_that_the_rules_have_are_accepted() => Programs.Verify<UrlAnalyzer>(Blog + """
        app.Get("/a", () => UrlFor("Index") + UrlFor("Index", ("page", 2)) + UrlFor("profile", ("name", "x"), ("next", "/")) + UrlFor("blog.show", ("id", 3))
            + UrlFor("static", ("filename", "style.css")) + UrlFor("profile", new() { External = true }, ("name", "x")) + UrlFor("profile", new { name = "x" }));
        """);

    [Fact]
    public async Task A_name_without_an_endpoint_suggests_the_nearest() =>
        Assert.Equal("There is no endpoint \"idnex\". Did you mean \"Index\"?", await Programs.MessageOf<UrlAnalyzer>(Blog + "app.Get(\"/a\", () => UrlFor(\"idnex\"));"));

    [Fact]
    public async Task A_forgotten_blueprint_is_suggested() =>
        Assert.Equal("There is no endpoint \"show\". Did you mean \"blog.show\"?", await Programs.MessageOf<UrlAnalyzer>(Blog + "app.Get(\"/a\", () => UrlFor(\"show\", (\"id\", 1)));"));

    [Fact]
    public async Task A_missing_value_is_named() => Assert.Equal("The URL for \"post\" needs the values \"id\" and \"slug\". Write UrlFor(\"post\", (\"id\", …), (\"slug\", …)).",
        await Programs.MessageOf<UrlAnalyzer>(Blog + "app.Get(\"/a\", () => UrlFor(\"post\"));"));

    [Fact]
    public Task Each_shape_of_the_call_is_checked() => Programs.Verify<UrlAnalyzer>(Blog + """
        const string Typo = "profil";
        app.Get("/a", () => UrlFor({|MOD004:"profile"|}, ("nmae", "x")) + UrlFor({|MOD004:Typo|}) + UrlFor({|MOD004:"post"|}, new() { External = true }, ("id", 3)) + UrlFor({|MOD004:"blog.shwo"|}));
        """);

    [Fact]
    public Task Values_that_are_known_only_at_run_time_are_left_alone() => Programs.Verify<UrlAnalyzer>(Blog + """
        (string, object?)[] values = [("id", 1)];
        app.Get("/a", () => UrlFor("post", values) + UrlFor("post", [.. values, ("slug", "")]) + UrlFor("post", new { id = 3 }));
        """);

    [Fact]
    public Task Nothing_is_said_when_an_endpoint_is_known_only_at_run_time() => Programs.Verify<UrlAnalyzer>(Blog + """
        foreach (var name in new[] { "about", "help" }) app.Get($"/{name}", () => name, endpoint: name);
        app.Get("/a", () => UrlFor("about"));
        """);

    [Fact]
    public Task Nothing_is_said_when_a_blueprint_is_known_only_at_run_time() => Programs.Verify<UrlAnalyzer>(Blog + """
        void Add(Blueprint any) => any.Get("/x", () => "", endpoint: "x");
        Add(new Blueprint("other"));
        app.Get("/a", () => UrlFor("other.x"));
        """);

    [Fact]
    public Task Values_of_defaults_and_of_hooks_are_not_missing() => Programs.Verify<UrlAnalyzer>("""
        app.UrlDefaults((_, values) => values["lang"] = "en");
        app.Get("/<lang>/about", (string lang) => UrlFor("about"), endpoint: "about");
        """);

    [Fact]
    public Task A_rule_with_defaults_needs_no_value() => Programs.Verify<UrlAnalyzer>("""
        app.Get("/page/<int:page>", (int page) => UrlFor("pages"), endpoint: "pages");
        app.Get("/page/", (int page) => "", endpoint: "pages", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } });
        """);

    [Fact]
    public Task A_nested_and_a_renamed_blueprint_have_the_names_of_their_registration() => Programs.Verify<UrlAnalyzer>("""
        var shop = new Blueprint("shop", "/shop");
        var admin = new Blueprint("admin", "/admin");
        admin.Get("/<int:id>", (int id) => "", endpoint: "edit");
        shop.Register(admin);
        app.Register(shop);
        app.Register(Pages.Make(), name: "other");
        app.Get("/", () => UrlFor("shop.admin.edit", ("id", 1)) + UrlFor("other.Index") + UrlFor({|MOD004:"pages.Index"|}) + UrlFor({|MOD004:"admin.edit"|}, ("id", 1)));

        static class Pages
        {
            internal static Blueprint Make()
            {
                var pages = new Blueprint("pages");
                pages.Get("/pages", Index);
                return pages;
            }

            static string Index() => "";
        }
        """);

    [Fact]
    public Task The_nearest_name_is_put_in_its_place() => Programs.Fix<UrlAnalyzer, ReplaceFix>(
        Blog + "app.Get(\"/a\", () => UrlFor({|MOD004:\"idnex\"|}));", Blog + "app.Get(\"/a\", () => UrlFor(\"Index\"));");

    [Fact]
    public Task A_missing_value_is_taken_from_the_variable_of_its_name() => Programs.Fix<UrlAnalyzer, UrlFix>(
        Blog + "app.Get(\"/a/<slug>\", (string slug) => UrlFor({|MOD004:\"post\"|}, (\"id\", 3)));",
        Blog + "app.Get(\"/a/<slug>\", (string slug) => UrlFor(\"post\", (\"id\", 3), (\"slug\", slug)));");
}
