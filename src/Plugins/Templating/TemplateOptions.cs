using Microsoft.Extensions.FileProviders;

namespace Modular.Templating;

/// <summary>Where templates are, and how they are rendered. Requires an engine, such as <c>app.UseLiquid()</c>.</summary>
public sealed record TemplateOptions
{
    /// <summary>
    /// The template folders, relative to the root path or absolute, in search order. Default <c>templates</c>. The folders of blueprints
    /// are searched last.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = ["templates"];

    /// <summary>File providers that are searched after the folders: <c>new EmbeddedFileProvider(assembly, "My.Templates")</c>.</summary>
    public IReadOnlyList<IFileProvider> Providers { get; init; } = [];

    /// <summary>
    /// The engine for extensions that belong to no engine, such as <c>.html</c>: <c>jinja</c>, <c>liquid</c> or <c>handlebars</c>.
    /// Default: the first installed engine.
    /// </summary>
    public string? Engine { get; init; }

    /// <summary>
    /// True: all templates are compiled at start-up, and a mistake stops the start. Default false: a template is compiled on first use.
    /// </summary>
    public bool Preload { get; init; }

    /// <summary>True: the next page uses changed files. Default null: only in debug mode.</summary>
    public bool? AutoReload { get; init; }

    /// <summary>True: logs the places where each template was searched.</summary>
    public bool ExplainLoading { get; init; }

    /// <summary>
    /// The extensions, in lower case, of plain-text templates, where nothing is escaped. Default <c>.txt</c>. <c>RenderText</c> renders
    /// them.
    /// </summary>
    public IReadOnlyList<string> PlainEndings { get; init; } = [".txt"];

    /// <summary>The limits of one page.</summary>
    public TemplateLimits Limits { get; init; } = new();
}
