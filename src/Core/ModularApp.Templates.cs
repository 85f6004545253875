namespace Modular;

// What the application, its blueprints and plugins have for templates; for the plugin that renders them.
public sealed partial class ModularApp
{
    /// <summary>Values that every template can name: the plugins', then the application's and its blueprints'. The last one of a name counts.</summary>
    public IReadOnlyDictionary<string, Func<RequestContext, object?>> TemplateGlobals => Merged(scope => scope.Globals);

    /// <summary>Filters for templates, in the same order.</summary>
    public IReadOnlyDictionary<string, TemplateFilter> TemplateFilters => Merged(scope => scope.Filters);

    /// <summary>Functions for templates, in the same order.</summary>
    public IReadOnlyDictionary<string, Func<RequestContext, TemplateArguments, object?>> TemplateFunctions => Merged(scope => scope.Functions);

    /// <summary>The context processors of the application, under an empty name, and of its blueprints under theirs: <c>admin.users</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ContextProcessor>> ContextProcessors => _setup.Places
        .Select(place => (Name: string.Join('.', place.Names), Scopes: ScopesOf(place))).Prepend((Name: "", Scopes: _setup.Plugins.Sorted.Select(plugin => plugin.AppScope).Prepend<Scaffold>(this)))
        .Select(place => (place.Name, Processors: place.Scopes.SelectMany(scope => scope.Processors).ToList())).Where(place => place.Processors.Count > 0)
        .ToDictionary(place => place.Name, IReadOnlyList<ContextProcessor> (place) => place.Processors);

    /// <summary>The folders that blueprints have for templates, as paths.</summary>
    public IReadOnlyList<string> TemplateFolders =>
    [
        .. _setup.Places.Select(place => place.Blueprints[^1].Options).Where(blueprint => blueprint.TemplateFolder is not null)
            .Select(blueprint => Path.Combine(blueprint.RootPath, blueprint.TemplateFolder!)).Distinct(),
    ];

    Dictionary<string, T> Merged<T>(Func<Scaffold, IEnumerable<(string Name, T Value)>> of)
    {
        var all = new Dictionary<string, T>();
        var scopes = _setup.Plugins.Sorted.Select(plugin => (Scaffold)plugin.AppScope).Append(this).Concat(_setup.Places.SelectMany(ScopesOf).Distinct());
        foreach (var (name, value) in scopes.SelectMany(of)) all[name] = value;
        return all;
    }

    IEnumerable<Scaffold> ScopesOf(BlueprintPlace place) => AppFreezer.ScopesOf(place.Blueprints[^1], _setup.Plugins.Sorted);
}
