using Xunit.v3;

namespace Modular.Tests.Support;

/// <summary>The tests start programs that come with .NET or are built with the tests. The trait is <c>category=system</c>, so <c>./test --unit</c> leaves them out.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StartsProgramsAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Traits([]);

    /// <summary>Fails in a unit test. Each helper that starts a program calls it.</summary>
    public static void Check()
    {
        var context = TestContext.Current;
        var traits = context.Test?.Traits ?? context.TestClass?.Traits ?? context.TestAssembly?.Traits;
        Assert.True(traits is null || traits.TryGetValue("category", out var categories) && categories.Contains("system"),
            $"{context.Test?.TestDisplayName ?? context.TestClass?.TestClassName} starts a program, but isn't a system test. Give it the attribute [StartsPrograms] or [Needs…].");
    }
}
