using Microsoft.Extensions.FileProviders;

namespace Modular.Templating;

/// <summary>Where templates lie, and how they are rendered. Needs an engine, such as <c>app.UseLiquid()</c>.</summary>
public sealed record TemplateOptions
{
    /// <summary>Folders below the root path, or absolute ones, searched in this order. Default <c>templates</c>. Those of blueprints come after all of them.</summary>
    public IReadOnlyList<string> Folders { get; init; } = ["templates"];

    /// <summary>More places, searched after the folders: <c>new EmbeddedFileProvider(assembly, "My.Templates")</c>.</summary>
    public IReadOnlyList<IFileProvider> Providers { get; init; } = [];

    /// <summary>The engine of templates whose ending belongs to none, such as <c>.html</c>: <c>liquid</c>, <c>handlebars</c>. Default: the first one that was installed.</summary>
    public string? Engine { get; init; }

    /// <summary>True: all templates are compiled at start-up, and a mistake in one of them ends it. Default false: each when it is first used.</summary>
    public bool Preload { get; init; }

    /// <summary>True: a changed file is noticed by the next page. Null, the default: in debug.</summary>
    public bool? AutoReload { get; init; }

    /// <summary>True: the log tells where each template was looked for.</summary>
    public bool ExplainLoading { get; init; }

    /// <summary>Endings, in lower case, of templates that are plain text, where nothing is escaped. Default <c>.txt</c>. Rendered by <c>RenderText</c>.</summary>
    public IReadOnlyList<string> PlainEndings { get; init; } = [".txt"];

    /// <summary>How much one page may cost.</summary>
    public TemplateLimits Limits { get; init; } = new();
}
