namespace Modular.Templating;

/// <summary>An engine that a plugin added.</summary>
/// <param name="Name">One word, such as <c>liquid</c>.</param>
/// <param name="Endings">Its file extensions, in lower case and with a dot.</param>
/// <param name="Make">Creates the engine for an application, and again when its templates have changed.</param>
/// <param name="Builder">The installation of its plugin.</param>
sealed record TemplateEngineEntry(
    string Name, IReadOnlyList<string> Endings, Func<TemplateLibrary, ITemplateEngine> Make, PluginBuilder Builder)
{
    internal string Plugin => Builder.Manifest.Id;
}
