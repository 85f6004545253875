namespace Modular.Templating;

/// <summary>An engine that a plugin brought.</summary>
/// <param name="Name">One word, such as <c>liquid</c>.</param>
/// <param name="Endings">Those that are its own, in lower case with their dot.</param>
/// <param name="Make">Makes one for an application; again when its templates have changed.</param>
/// <param name="Plugin">The plugin's id.</param>
sealed record TemplateEngineEntry(string Name, IReadOnlyList<string> Endings, Func<TemplateLibrary, ITemplateEngine> Make, string Plugin);
