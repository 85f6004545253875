namespace Modular;

/// <summary>An application while it is being set up.</summary>
sealed class AppSetup
{
    readonly ModularApp _app;
    readonly Dictionary<string, Delegate> _handlers = [];
    readonly HashSet<Blueprint> _known = [];
    readonly HashSet<string> _pluginConverters = [];

    internal AppSetup(ModularApp app)
    {
        _app = app;
        Routes = new(app.Options.Routing, Converters);
        Config.AddEnvironmentVariables("MODULAR_");
        Services.AddSingleton(app).AddSingleton<IConfiguration>(Config);
        Services.TryAddSingleton(TimeProvider.System);
    }

    internal ServiceCollection Services { get; } = [];
    internal ConfigurationManager Config { get; } = new();
    internal ConverterTable Converters { get; } = new();
    internal RouteTable Routes { get; }
    internal List<BlueprintPlace> Places { get; } = [];
    internal List<UrlBuildErrorHandler> UrlBuildErrors { get; } = [];
    internal PluginSet Plugins { get; } = new();
    internal LoggerSource Loggers { get; } = new();
    internal List<Action<IApplicationBuilder>> Middleware { get; } = [];
    internal List<Registration> Registrations { get; } = [];
    internal Dictionary<string, Blueprint> Blueprints { get; } = [];
    internal bool HasWebSockets => Routes.Rules.Any(rule => rule.WebSocket);

    internal sealed record Registration(Rule Rule, ViewBinder Source, RouteSpec Spec, BlueprintPlace Place);

    internal void Add(RouteSpec spec, BlueprintPlace place)
    {
        var endpoint = string.Join('.', place.Names.Append(CheckName(spec)));
        if (_handlers.TryGetValue(endpoint, out var other) && !other.Equals(spec.Handler)) throw new ModularException(
            $"Endpoint \"{endpoint}\" of rule \"{spec.Rule}\" already belongs to another view{OwnerOf(endpoint)}. "
            + "Give this one its own name: endpoint: \"…\".");
        var options = place.Apply(spec.Options);
        options.Methods = [.. spec.Methods.Select(method => method.ToUpperInvariant())];
        options.ProvideAutomaticOptions = (options.ProvideAutomaticOptions ?? !options.Methods.Contains("OPTIONS")) && !options.WebSocket;
        ViewBinder? source = null;
        var rule = Routes.Add(Blueprint.Join(place.Prefix, spec.Rule), endpoint, options, made => source = spec.Source(made));
        rule.Plugin = spec.Plugin;
        _handlers[endpoint] = spec.Handler;
        Registrations.Add(new(rule, source!, spec, place));
    }

    string OwnerOf(string endpoint) => Routes.RulesOf(endpoint) is [{ Plugin: { } plugin }, ..] ? $" of {plugin}" : "";

    static string CheckName(RouteSpec spec) =>
        spec.Endpoint is { } given && (given.Length == 0 || given.Contains('.')) ? throw new ModularException(
            $"Endpoint \"{given}\" of rule \"{spec.Rule}\" is empty or has a dot, which separates blueprints from endpoints. "
            + "Give it one word.")
        : spec.EndpointName;

    internal void Register(Blueprint blueprint, BlueprintPlace place)
    {
        var name = string.Join('.', place.Names);
        if (!Blueprints.TryAdd(name, blueprint)) throw new ModularException(
            $"A blueprint named \"{name}\" is already registered. Give this one another name: app.Register(blueprint, name: \"…\").");
        Places.Add(place);
        foreach (var spec in blueprint.Specs) Add(spec, place);
        foreach (var scope in Plugins.Installed.SelectMany(plugin => plugin.BlueprintScopes)) Add(scope, place);
        // The first time in this application: several applications may register the same blueprint.
        var isFirst = _known.Add(blueprint);
        if (isFirst) _app.Join(blueprint.AppHooks);
        foreach (var (once, action) in blueprint.Records)
            if (!once || isFirst) action(_app);
        foreach (var (child, childPrefix) in blueprint.Children) Register(child, place.Inside(child, childPrefix));
        blueprint.Close();
    }

    internal void Install(IPlugin plugin, IReadOnlyList<Blueprint> onlyFor)
    {
        var record = new PluginBuilder(plugin, Services, Config, id => new LateLogger(Loggers, id)) { OnlyFor = onlyFor };
        var isTwice = Plugins.Has(record.Manifest.Id);
        try
        {
            record.Install(plugin);
        }
        catch (Exception error)
        {
            PluginSet.Failed(record, "Install", error, Plugins.Problems, Plugins.Causes);
        }
        if (!isTwice) Take(record);
        Plugins.Installed.Add(record);
    }

    void Take(PluginBuilder record)
    {
        foreach (var (name, make) in record.Converters)
            if (Converters.Contains(name) && !_pluginConverters.Contains(name)) Plugins.Problems.Add($"{record.Manifest.Id} "
                + $"brings the converter \"{name}\", but the core or the application already has one with this name. "
                + "Rename one of them.");
            else if (_pluginConverters.Add(name)) Converters.Add(name, make);
        foreach (var spec in record.AppScope.Routes) Reported(record, () => Add(spec, BlueprintPlace.None));
        foreach (var scope in record.BlueprintScopes)
            foreach (var place in Places) Add(scope, place);
        foreach (var blueprint in record.Blueprints)
        {
            blueprint.BelongTo(record.Manifest.Id);
            Reported(record, () => Register(blueprint, BlueprintPlace.Of(blueprint, null, null, null, null)));
        }
    }

    void Reported(PluginBuilder plugin, Action change)
    {
        try
        {
            change();
        }
        catch (ModularException error)
        {
            PluginSet.Failed(plugin, "Install", error, Plugins.Problems, Plugins.Causes);
        }
    }

    // A plugin's rules for a blueprint, wherever that is registered.
    void Add(PluginScope scope, BlueprintPlace place)
    {
        if (place.Blueprints is not [.., var inmost] || inmost != scope.Blueprint) return;
        foreach (var spec in scope.Routes) Reported(scope.Plugin, () => Add(spec, place));
    }

    internal RequestPipeline Freeze(
        IServiceProvider services, IServiceProvider? foreign, bool ownsRequestServices, bool? propagatesExceptions = null) =>
        new AppFreezer(_app, this).Freeze(services, foreign, ownsRequestServices, propagatesExceptions);
}
