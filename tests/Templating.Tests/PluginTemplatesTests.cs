using Microsoft.Extensions.FileProviders;

namespace Modular.Templating.Tests;

public sealed class PluginTemplatesTests
{
    [Fact]
    public async Task A_plugin_brings_its_embedded_templates()
    {
        var app = new ModularApp();
        app.UseLiquid().Use(new Bringer());
        app.Get("/", () => RenderTemplate("embedded.html"), endpoint: "page");
        await using var client = app.TestClient();

        Assert.Equal("embedded", (await client.GetAsync("/")).Text.Trim());
    }

    sealed class Bringer : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Example.Bringer", core: "[0.2,1.0)") { Dependencies = [new("Modular.Templating", "app.UseTemplating()")] };

        public void Install(PluginBuilder builder) => builder.Templates(new EmbeddedFileProvider(typeof(PluginTemplatesTests).Assembly, "Modular.Templating.Tests.Embedded"));
    }
}
