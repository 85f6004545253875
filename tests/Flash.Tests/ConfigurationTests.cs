namespace Flashing.Tests;

/// <summary>The section Flash of the configuration.</summary>
public sealed class ConfigurationTests
{
    static ModularApp App(string name, string value)
    {
        var app = new ModularApp().UseSessions(new() { SecretKey = "flash-tests-0123456789" }).UseFlash(new() { MaxMessages = 9 });
        app.Config.AddInMemoryCollection([new($"Flash:{name}", value)]);
        app.Get("/", () =>
        {
            foreach (var text in (string[])["one", "two", "three"]) Flash(text);
            return string.Join(' ', GetFlashedMessages().Select(message => message.Message));
        }, endpoint: "index");
        return app;
    }

    [Fact]
    public async Task The_section_changes_the_options_of_the_program()
    {
        await using var client = App("MaxMessages", "2").TestClient();

        Assert.Equal("two three", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public void A_value_that_the_options_refuse_is_reported() => Assert.StartsWith(
        "\"Flash:MaxMessages\" in the configuration, an option of Modular.Flash, is \"0\". The option refuses it: MaxMessages must be at least 1.",
        Assert.Throws<ModularException>(() => App("MaxMessages", "0").TestRequestContext("/")).Message);
}
