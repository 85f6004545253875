using Acme.Wiki;
using Modular.Templating.Liquid;
using Modular.Testing.Conformance;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Kit.MSTest;

/// <summary>The kit in MSTest: one test for each check.</summary>
[TestClass]
public sealed class WikiConforms
{
    static readonly PluginConformance Kit = new(() => new WikiPlugin(new()))
    {
        With = [app => app.UseLiquid()],
        IsTrimmable = false,
        Paths = ["/wiki/home"],
    };

    public static IEnumerable<string> Names => Kit.Checks.Select(check => check.Name);

    [TestMethod, DynamicData(nameof(Names))]
    public Task It_conforms(string name) => Kit.RunAsync(name);
}
