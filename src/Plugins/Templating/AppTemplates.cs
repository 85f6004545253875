using Microsoft.Extensions.DependencyInjection;

namespace Modular.Templating;

/// <summary>The templates of one application: its settings during set-up, and its renderer after the application is frozen.</summary>
sealed class AppTemplates(TemplateOptions? options, TemplateSection section)
{
    internal static readonly Slot<AppTemplates> Slot = new("templates", "app.UseTemplating()");

    TemplateOptions? _options = options;
    Action<string, TemplateValues>? _rendering;
    Action<string, TemplateValues>? _rendered;
    volatile bool _isFrozen;

    /// <summary>
    /// The renderer of one host. A second host of the same application has its own services and therefore its own engines.
    /// </summary>
    internal sealed class Frozen
    {
        internal TemplateRenderer? Renderer { get; set; }
    }

    /// <summary>The renderer of the current application.</summary>
    /// <exception cref="ModularException">The application has no engine.</exception>
    internal static TemplateRenderer RendererOf(RequestContext context) =>
        (context.App.Find(Slot) is null ? null : context.Services.GetRequiredService<Frozen>().Renderer) ?? throw NotInstalled(context);

    /// <summary>Sets the options, which can come after the first engine was installed.</summary>
    internal void Configure(TemplateOptions given)
    {
        CheckChange("UseTemplating");
        if (_options is not null)
            throw new ModularException(
                "app.UseTemplating was called with options twice, and an application has only one set of options. " +
                "Set all options in one call.");
        _options = given;
    }

    internal void OnRendering(Action<string, TemplateValues> listener)
    {
        CheckChange("OnBeforeRenderTemplate");
        _rendering += listener;
    }

    internal void OnRendered(Action<string, TemplateValues> listener)
    {
        CheckChange("OnTemplateRendered");
        _rendered += listener;
    }

    /// <summary>
    /// Collects the filters, functions and engines of the application, its blueprints and its plugins. Returns the problems.
    /// </summary>
    internal IEnumerable<string> Freeze(IServiceProvider services)
    {
        var app = services.GetRequiredService<ModularApp>();
        var settings = section.Over(_options ?? new());
        var words = new TemplateWords(app);
        List<TemplateEngineEntry> engines = [.. services.GetServices<TemplateEngineEntry>()];
        var pages = new TemplateRenderer(new()
        {
            Options = settings,
            Folders = TemplateSetup.FoldersOf(app, settings, services.GetServices<TemplateFiles>()),
            Engines = engines,
            Words = words,
            IsDebug = app.Debug,
            Clock = services.GetRequiredService<TimeProvider>(),
            Logger = app.Logger,
        })
        {
            Rendering = _rendering,
            Rendered = _rendered,
        };
        _isFrozen = true;
        services.GetRequiredService<Frozen>().Renderer = pages;
        List<string> problems = [.. words.Problems, .. Clashes(engines)];
        pages.Check(problems);
        return problems;
    }

    static IEnumerable<string> Clashes(IReadOnlyList<TemplateEngineEntry> engines)
    {
        foreach (var engine in engines)
            foreach (var ending in engine.Endings.Where(ending => !TemplateNames.IsEnding(ending))) yield return
                $"{engine.Plugin} adds the template engine \"{engine.Name}\" with the ending {Quoted.Text(ending)}, which isn't valid. " +
                "Write a dot and lower-case letters, such as \".liquid\".";
        foreach (var claim in engines.GroupBy(engine => engine.Name).Where(claim => claim.Count() > 1))
            if (Ids(claim) is not [var id])
                yield return $"{Both(Ids(claim))} claim the template engine \"{claim.Key}\". Install only one of them.";
            // The core reports a plugin that is installed twice.
            else if (claim.DistinctBy(engine => engine.Builder).Count() < claim.Count())
                yield return $"{id} adds the template engine \"{claim.Key}\" twice. Add it once.";
        // Plugins that claim the same engine are reported already.
        foreach (var claim in engines.SelectMany(engine => engine.Endings.Distinct(), (engine, ending) => (engine, ending))
            .GroupBy(pair => pair.ending, pair => pair.engine).Where(claim => claim.Select(engine => engine.Name).Distinct().Count() > 1))
            yield return $"{Both(Ids(claim))} claim the ending \"{claim.Key}\" of templates. Install only one of them.";

        static string[] Ids(IEnumerable<TemplateEngineEntry> claim) => [.. claim.Select(engine => engine.Plugin).Distinct()];

        static string Both(string[] ids) => ids.Length == 1 ? ids[0] : $"{string.Join(", ", ids[..^1])} and {ids[^1]}";
    }

    static ModularException NotInstalled(RequestContext context) => new(context.Services.GetService<TemplateEngineEntry>() is { } engine
        ? $"{engine.Plugin} provides the template engine \"{engine.Name}\", but templating isn't installed. " +
            "Call app.UseTemplating() before app.Run() and before the first request."
        : TemplateSetup.NoEngine);

    void CheckChange(string word)
    {
        if (_isFrozen)
            throw new ModularException(
                $"app.{word} was called after the application had started. Call it before app.Run() and before the first request.");
    }
}
