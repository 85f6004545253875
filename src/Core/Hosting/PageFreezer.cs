using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>Gathers what the application, its blueprints and plugins have for templates.</summary>
sealed class PageFreezer(ModularApp app, AppSetup setup, IReadOnlyList<PluginRecord> plugins)
{
    internal Pages Freeze(IServiceProvider services, JsonSerializerOptions json, ILogger logger) => new(new TemplateSetup
    {
        Options = app.Options.Templates,
        Folders = TemplateSetup.FoldersOf(app.Options.RootPath, app.Options.Templates, setup.Places.Select(place => place.Blueprints[^1].Options).Distinct(), logger),
        Engines = [.. setup.Plugins.Installed.SelectMany(plugin => plugin.TemplateEngines)],
        Filters = Merge(BuiltInFilters.For(json), setup.TemplateFilters, scope => scope.Filters),
        Globals = Merge(BuiltInGlobals.Values(app.Config), setup.TemplateGlobals, scope => scope.Globals),
        Functions = Merge(BuiltInGlobals.Functions(BuildUrl), setup.TemplateFunctions, scope => scope.Functions),
        Processors = Processors(),
        IsDebug = app.Debug,
        Clock = services.GetRequiredService<TimeProvider>(),
        Logger = logger,
    })
    {
        Rendering = app.BeforeRender,
        Rendered = app.AfterRender,
    };

    static string BuildUrl(RequestContext context, string endpoint, UrlOptions options, (string, object?)[] values) =>
        context.Links.Build(context, endpoint, options, values);

    // The core's, then the plugins', then the application's and its blueprints': the last one counts.
    Dictionary<string, T> Merge<T>(Dictionary<string, T> own, Dictionary<string, T> ofPlugins, Func<Scaffold, IEnumerable<(string Name, T Value)>> of)
    {
        foreach (var (name, value) in ofPlugins) own[name] = value;
        foreach (var scope in plugins.Select(plugin => (Scaffold)plugin.AppScope).Append(app).Concat(setup.Places.SelectMany(Scopes).Distinct()))
            foreach (var (name, value) in of(scope)) own[name] = value;
        return own;
    }

    Dictionary<string, List<ContextProcessor>> Processors()
    {
        var all = new Dictionary<string, List<ContextProcessor>>();
        Add("", [app, .. plugins.Select(plugin => plugin.AppScope)]);
        foreach (var place in setup.Places) Add(string.Join('.', place.Names), Scopes(place));
        return all;

        void Add(string blueprint, IEnumerable<Scaffold> scopes)
        {
            List<ContextProcessor> processors = [.. scopes.SelectMany(scope => scope.Processors)];
            if (processors.Count > 0) all[blueprint] = processors;
        }
    }

    IEnumerable<Scaffold> Scopes(BlueprintPlace place) => AppFreezer.ScopesOf(place.Blueprints[^1], plugins);
}
