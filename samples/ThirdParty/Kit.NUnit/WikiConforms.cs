using Acme.Wiki;
using Modular.Templating.Liquid;
using Modular.Testing.Conformance;
using NUnit.Framework;

namespace Kit.NUnit;

/// <summary>The kit in NUnit: one test for each check.</summary>
public sealed class WikiConforms
{
    static readonly PluginConformance Kit = new(() => new WikiPlugin(new()))
    {
        With = [app => app.UseLiquid()],
        IsTrimmable = false,
        Paths = ["/wiki/home"],
    };

    public static IEnumerable<string> Names => Kit.Checks.Select(check => check.Name);

    [TestCaseSource(nameof(Names))]
    public Task It_conforms(string name) => Kit.RunAsync(name);
}
