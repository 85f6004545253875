namespace Modular.Templating.Tests;

/// <summary>What every engine promises, for all engines of this repository.</summary>
public sealed class EngineConformanceTests
{
    static readonly Dictionary<string, EngineConformance> Kits = new() { ["Liquid"] = new(new LiquidSyntax()), ["Handlebars"] = new(new HandlebarsSyntax()), ["Jinja"] = new(new JinjaSyntax()) };

    public static TheoryData<string, string> Checks => [.. Kits.SelectMany(kit => kit.Value.Checks.Select(check => (kit.Key, check.Name)))];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Each_engine_keeps_each_promise(string engine, string check) => Kits[engine].RunAsync(check, TestContext.Current.CancellationToken);
}
