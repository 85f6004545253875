namespace Modular.Tests.Support;

/// <summary>The traits of a test that needs tools.</summary>
static class Needs
{
    internal static IReadOnlyCollection<KeyValuePair<string, string>> Traits(Tool[] tools) =>
        [new("category", "system"), .. tools.Select(tool => KeyValuePair.Create("needs", Tools.TraitOf(tool)))];
}
