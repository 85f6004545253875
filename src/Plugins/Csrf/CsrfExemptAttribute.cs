namespace Modular.Csrf;

/// <summary>
/// Marks a view that is called without a token and from everywhere, such as a webhook. It must not rely on the visitor's cookies. On a
/// rule or a blueprint, write <c>.CsrfExempt()</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class CsrfExemptAttribute : Attribute, IPluginMetadata
{
    PluginDependency IPluginMetadata.Plugin { get; } = new("Modular.Csrf", "app.UseCsrf()");
}
