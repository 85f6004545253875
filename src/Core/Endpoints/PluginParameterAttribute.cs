namespace Modular;

/// <summary>On a type that a plugin fills views' parameters with: without the plugin, such a view is refused at start-up.</summary>
/// <param name="install">The line that installs the plugin, such as <c>app.UseUploads()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class PluginParameterAttribute(string install) : Attribute
{
    internal string Install { get; } = install;
}
