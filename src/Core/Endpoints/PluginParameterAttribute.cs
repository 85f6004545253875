namespace Modular;

/// <summary>On a type that a plugin fills views' parameters with: without the plugin, such a view is refused at start-up.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class PluginParameterAttribute(string install) : Attribute
{
    internal string Install { get; } = install;
}
