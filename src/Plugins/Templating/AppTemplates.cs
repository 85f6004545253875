using Microsoft.Extensions.DependencyInjection;

namespace Modular.Templating;

/// <summary>The templates of one application: what it was told while it was set up, and its pages once it is frozen.</summary>
sealed class AppTemplates(TemplateOptions? options)
{
    internal static readonly Slot<AppTemplates> Slot = new("templates", "app.UseTemplating()");

    TemplateOptions? _options = options;
    Action<string, TemplateValues>? _rendering;
    Action<string, TemplateValues>? _rendered;
    volatile bool _isFrozen;

    /// <summary>The pages of one host that was built for the application: a second one has services, and so engines, of its own.</summary>
    internal sealed class Frozen
    {
        internal TemplateRenderer? Renderer { get; set; }
    }

    /// <summary>Those of the application that answers.</summary>
    /// <exception cref="ModularException">It has no engine.</exception>
    internal static TemplateRenderer RendererOf(RequestContext context) =>
        (context.App.TryGet(Slot) is null ? null : context.Services.GetRequiredService<Frozen>().Renderer) ?? throw NotInstalled(context);

    /// <summary>Takes the options, which may come after the line that installed the first engine.</summary>
    internal void Configure(TemplateOptions given)
    {
        CheckChange("UseTemplating");
        if (_options is not null) throw new ModularException("app.UseTemplating was given options twice, and pages can follow one of them only. Write all of them in one call.");
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

    /// <summary>Gathers what the application, its blueprints and plugins have for templates. Gives what is wrong with it.</summary>
    internal IEnumerable<string> Freeze(IServiceProvider services)
    {
        var app = services.GetRequiredService<ModularApp>();
        var settings = _options ?? new();
        List<TemplateEngineEntry> engines = [.. services.GetServices<TemplateEngineEntry>()];
        var pages = new TemplateRenderer(new()
        {
            Options = settings,
            Folders = TemplateSetup.FoldersOf(app, settings),
            Engines = engines,
            Filters = With(BuiltInFilters.For(app.Json), app.TemplateFilters),
            Globals = With(BuiltInGlobals.Values(app.Config), app.TemplateGlobals),
            Functions = With(BuiltInGlobals.Functions(), app.TemplateFunctions),
            Processors = app.ContextProcessors,
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
        List<string> problems = [.. Clashes(engines)];
        pages.Check(problems);
        return problems;
    }

    // The core's, then all others: the last one counts.
    static Dictionary<string, T> With<T>(Dictionary<string, T> own, IReadOnlyDictionary<string, T> others)
    {
        foreach (var (name, value) in others) own[name] = value;
        return own;
    }

    static IEnumerable<string> Clashes(IEnumerable<TemplateEngineEntry> engines) =>
        from engine in engines
        group engine.Plugin by engine.Name into claim
        let ids = claim.Distinct().ToList()
        where ids.Count > 1
        select $"{string.Join(", ", ids[..^1])} and {ids[^1]} claim the template engine \"{claim.Key}\". Install only one of them.";

    static ModularException NotInstalled(RequestContext context) => new(context.Services.GetService<TemplateEngineEntry>() is { } engine
        ? $"{engine.Plugin} brings the template engine \"{engine.Name}\", but nothing renders its templates. Write app.UseTemplating() before app.Run() and before the first request."
        : TemplateSetup.NoEngine);

    void CheckChange(string word)
    {
        if (_isFrozen) throw new ModularException($"app.{word} was used after the application had started answering. Do it before app.Run() and before the first request.");
    }
}
