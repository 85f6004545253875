namespace Modular.Debugger.Tests;

/// <summary>The section Debugger of the configuration.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_section_changes_simple_options_of_the_program()
    {
        await using var site = await Site.Start(app =>
        {
            app.Config.AddInMemoryCollection([new("Debugger:ConsolePath", "/_/prompt"), new("Debugger:PinLifetime", "01:00:00")]);
            app.Route("/console", () => "mine", endpoint: "mine");
        });
        await using var quiet = await Site.Start(app => app.Config.AddInMemoryCollection([new("Debugger:Evaluates", "false")]));

        Assert.Equal("mine", (await site.Get("/console")).Text);
        Assert.NotNull((await site.Get("/_/prompt")).Page.QuerySelector("#console[open]"));
        Assert.Equal("", quiet.Terminal);
    }

    [Fact]
    public void A_wrong_value_in_the_section_is_reported()
    {
        var app = new ModularApp { Debug = true }.UseDebugger();
        app.Config.AddInMemoryCollection([new("Debugger:TimeLimit", "long"), new("Debugger:ConsolePath", "console")]);

        var report = Assert.Throws<ModularException>(() => app.Build()).Message;

        Assert.Contains("\"Debugger:TimeLimit\" in the configuration, an option of Modular.Debugger, is \"long\". Write a value of the type TimeSpan.", report, StringComparison.Ordinal);
        Assert.Contains("The debugger's console path \"console\" doesn't start with a slash.", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_is_not_positive_is_reported()
    {
        var app = new ModularApp { Debug = true }.UseDebugger();
        app.Config.AddInMemoryCollection([new("Debugger:TimeLimit", "-00:00:01")]);

        Assert.Contains("TimeLimit must be greater than zero, and at most 49 days.", Assert.Throws<ModularException>(() => app.Build()).Message, StringComparison.Ordinal);
        Assert.StartsWith("TimeLimit must be", Assert.Throws<ArgumentOutOfRangeException>(() => new DebuggerOptions { TimeLimit = TimeSpan.FromDays(50) }).Message, StringComparison.Ordinal);
        Assert.StartsWith("PinLifetime must be greater than zero.", Assert.Throws<ArgumentOutOfRangeException>(() => new DebuggerOptions { PinLifetime = TimeSpan.Zero }).Message, StringComparison.Ordinal);
    }
}
