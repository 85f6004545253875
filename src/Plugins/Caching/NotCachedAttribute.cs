namespace Modular.Caching;

/// <summary>
/// Doesn't cache the pages of a view whose blueprint is cached. On a rule or a blueprint, write <c>.NotCached()</c>. The nearest one
/// counts.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NotCachedAttribute : Attribute, IPluginMetadata
{
    PluginDependency IPluginMetadata.Plugin { get; } = new("Modular.Caching", "app.UseCaching()");
}
