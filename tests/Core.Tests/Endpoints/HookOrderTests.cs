namespace Modular.Tests.Endpoints;

public sealed class HookOrderTests
{
    [Fact]
    public async Task Plugins_run_around_the_application_and_around_their_blueprint()
    {
        var ran = new List<string>();
        var (app, blog) = (new ModularApp(), new Blueprint("blog", "/blog"));
        blog.BeforeRequest(() => ran.Add("before-blog"));
        blog.AfterRequest(_ => ran.Add("after-blog"));
        blog.Route("/", () => "blog");
        app.BeforeRequest(() => ran.Add("before-app"));
        app.AfterRequest(_ => ran.Add("after-app"));
        app.Register(blog);
        app.Use(new Recorder(ran, blog));
        await using var client = app.TestClient();

        await client.GetAsync("/blog/");

        Assert.Equal("before-plugin before-app before-plugin-blog before-blog after-blog after-plugin-blog after-app after-plugin save", string.Join(' ', ran));
    }

    sealed class Recorder(List<string> ran, Blueprint blog) : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Tests.Recorder", core: "[0.0,99.0)");

        public void Install(PluginBuilder builder)
        {
            builder.App.BeforeRequest(() => ran.Add("before-plugin"));
            builder.App.AfterRequest(_ => ran.Add("after-plugin"));
            builder.ForBlueprint(blog).BeforeRequest(() => ran.Add("before-plugin-blog"));
            builder.ForBlueprint(blog).AfterRequest(_ => ran.Add("after-plugin-blog"));
            builder.BeforeSend((_, _) =>
            {
                ran.Add("save");
                return default;
            });
        }
    }
}
