namespace Modular.Tests;

public class PluginMetadataTests
{
    [Fact]
    public void Metadata_of_a_plugin_that_is_not_installed_stops_the_start()
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Get("/me", () => "", endpoint: "me").WithMetadata(new NeedsLogin());
            app.Get("/open", () => "", endpoint: "open");
        });

        Assert.Equal("Endpoint \"me\" requires Example.Login by its metadata, which isn't installed. "
            + "Add the package and call app.UseLogin(…).", message);
    }

    [Fact]
    public void An_attribute_of_a_view_and_metadata_of_a_blueprint_count_too()
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Get("/mine", Mine);
            var (admin, users) = (new Blueprint("admin", "/admin"), new Blueprint("users", "/users"));
            users.Get("/", () => "", endpoint: "all");
            admin.Get("/", () => "", endpoint: "index");
            admin.Register(users).WithMetadata(new NeedsLogin());
            app.Register(admin);
        });

        Assert.Equal("Endpoints \"Mine\", \"admin.index\", \"admin.users.all\" require Example.Login by its metadata, which isn't installed. "
            + "Add the package and call app.UseLogin(…).", message);
    }

    [Fact]
    public void A_plugin_that_is_installed_for_another_blueprint_does_not_count()
    {
        var message = Mistake.OfSetUp(app =>
        {
            var (shop, blog) = (new Blueprint("shop", "/shop"), new Blueprint("blog", "/blog"));
            shop.Get("/", () => "", endpoint: "index").WithMetadata(new NeedsLogin());
            blog.Get("/", () => "", endpoint: "index").WithMetadata(new NeedsLogin());
            app.Use(new Probe("Example.Login"), onlyFor: blog);
            app.Register(shop).Register(blog);
        });

        Assert.Equal("Endpoint \"shop.index\" requires Example.Login by its metadata, which is installed for other blueprints only. "
            + "Add the blueprint to its onlyFor list.", message);
    }

    // It doesn't enforce what the other plugin's metadata says.
    [Fact]
    public void A_plugin_that_only_provides_the_id_does_not_count() => Assert.StartsWith(
        "Endpoint \"me\" requires Example.Login by its metadata, which isn't installed.",
        Mistake.OfSetUp(app =>
        {
            app.Use(new Probe(new PluginManifest("Other.Login", "[0.1,)") { Provides = ["Example.Login"] }));
            app.Get("/me", () => "", endpoint: "me").WithMetadata(new NeedsLogin());
        }));

    [Fact]
    public async Task Metadata_of_the_application_comes_before_that_of_blueprints_and_rules()
    {
        var app = new ModularApp();
        var (blog, notes) = (new Blueprint("blog", "/blog"), new Blueprint("notes", "/notes"));
        app.WithMetadata("app");
        blog.WithMetadata("blog");
        notes.Get("/", Shown);
        blog.Get("/", Shown).WithMetadata("rule");
        blog.Register(notes);
        app.Get("/", Shown);
        app.Register(blog);
        await using var client = app.TestClient();

        Assert.Equal("app", (await client.GetAsync("/")).Text);
        Assert.Equal("app blog rule", (await client.GetAsync("/blog/")).Text);
        Assert.Equal("app blog", (await client.GetAsync("/blog/notes/")).Text);
    }

    [Fact]
    public async Task A_plugin_that_is_installed_for_blueprints_runs_only_there()
    {
        List<string> saved = [];
        var app = new ModularApp();
        var (shop, blog) = (new Blueprint("shop", "/shop"), new Blueprint("blog", "/blog"));
        shop.Get("/", () => "shop");
        blog.Get("/", () => "blog");
        app.Get("/", () => "home");
        app.Use(new Probe("Note", builder =>
        {
            builder.App.BeforeRequest(() => saved.Add($"before {Current.Request.Path}"));
            builder.App.EndpointFilter(async (_, next) =>
            {
                var response = await next();
                response.Headers["X-Filter"] = "yes";
                return response;
            });
            builder.BeforeSend((context, _) =>
            {
                saved.Add($"send {context.Request.Path}");
                return default;
            });
        }), shop, blog);
        app.Register(shop).Register(blog);
        await using var client = app.TestClient();

        var filtered = new List<string>();
        foreach (var path in new[] { "/", "/shop/", "/blog/", "/missing" })
            filtered.Add((await client.GetAsync(path)).Headers["X-Filter"].ToString());

        Assert.Equal(["", "yes", "yes", ""], filtered);
        Assert.Equal(["before /shop/", "send /shop/", "before /blog/", "send /blog/"], saved);
    }

    [NeedsLogin]
    static string Mine() => "";

    static string Shown() => string.Join(' ', Current.Context.Http.GetEndpoint()!.Metadata.OfType<string>());

    [AttributeUsage(AttributeTargets.Method)]
    sealed class NeedsLogin : Attribute, IPluginMetadata
    {
        public PluginDependency Plugin { get; } = new("Example.Login", "app.UseLogin(…)");
    }
}
