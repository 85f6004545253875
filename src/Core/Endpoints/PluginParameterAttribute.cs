namespace Modular;

/// <summary>On a type that a plugin fills views' parameters with (<c>PluginBuilder.ViewParameter</c>): without the plugin a view that takes it is refused at start-up, and not taken for one with a JSON body.</summary>
/// <param name="install">The line that installs the plugin, such as <c>app.UseUploads()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class PluginParameterAttribute(string install) : Attribute
{
    /// <summary>The line that installs the plugin.</summary>
    public string Install { get; } = install;
}
