using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Modular;

/// <summary>An application while it is being set up.</summary>
sealed class AppSetup
{
    readonly ModularApp _app;
    readonly List<Registration> _registrations = [];
    readonly Dictionary<string, Delegate> _handlers = [];
    readonly HashSet<string> _blueprints = [];

    internal AppSetup(ModularApp app)
    {
        _app = app;
        Converters = new();
        Routes = new(app.Options.Routing, Converters);
        Config.AddEnvironmentVariables("MODULAR_");
        Services.AddSingleton(app).AddSingleton<IConfiguration>(Config);
        Services.TryAddSingleton(TimeProvider.System);
    }

    internal ServiceCollection Services { get; } = [];
    internal ConfigurationManager Config { get; } = new();
    internal ConverterTable Converters { get; }
    internal RouteTable<RouteTarget> Routes { get; }
    internal List<BlueprintPlace> MissPlaces { get; } = [];
    internal UrlHooks UrlHooks { get; } = new();
    internal PluginSet Plugins { get; } = new();
    internal List<Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>>> Middleware { get; } = [];
    internal Dictionary<string, Func<RequestContext, object?>> TemplateGlobals { get; } = [];
    internal Dictionary<string, Func<object?, IReadOnlyList<object?>, object?>> TemplateFilters { get; } = [];
    internal IReadOnlyList<Registration> Registrations => _registrations;

    /// <summary>A rule that was taken, until the application is frozen.</summary>
    internal sealed record Registration(Rule Rule, ViewTarget Target, ViewSource Source, RouteSpec Spec, IReadOnlyList<Blueprint> Blueprints);

    /// <summary>Takes a rule.</summary>
    /// <param name="place">Where the blueprint that it belongs to lies.</param>
    internal void Add(RouteSpec spec, BlueprintPlace place)
    {
        var endpoint = string.Join('.', place.Names.Append(CheckName(spec)));
        if (_handlers.TryGetValue(endpoint, out var other) && !other.Equals(spec.Handler)) throw new ModularException(
            $"Endpoint \"{endpoint}\" of rule \"{spec.Rule}\" belongs to another view already. Give this one a name of its own: endpoint: \"…\".");

        var methods = spec.Methods.Select(method => method.ToUpperInvariant()).ToList();
        var automatic = (spec.Options.ProvideAutomaticOptions ?? !methods.Contains("OPTIONS")) && !spec.Options.WebSocket;
        var target = new ViewTarget { Name = endpoint, Blueprints = place.Names };
        var options = place.Apply(spec.Options) with { Methods = methods, ProvideAutomaticOptions = automatic };
        var rule = Routes.Add(Blueprint.Join(place.Prefix, spec.Rule), endpoint, options, target);
        var source = spec.Source(rule);
        target.ReadsBody = source.ReadsBody;
        _handlers[endpoint] = spec.Handler;
        _registrations.Add(new(rule, target, source, spec, place.Blueprints));
    }

    static string CheckName(RouteSpec spec) =>
        spec.Endpoint is { } given && (given.Length == 0 || given.Contains('.')) ? throw new ModularException(
            $"Endpoint \"{given}\" of rule \"{spec.Rule}\" is empty or has a dot, which parts blueprints from endpoints. Give it one word.")
        : spec.EndpointName;

    /// <summary>Takes a blueprint and those inside it.</summary>
    internal void Register(Blueprint blueprint, BlueprintPlace place)
    {
        var name = string.Join('.', place.Names);
        if (!_blueprints.Add(name)) throw new ModularException(
            $"A blueprint named \"{name}\" is registered already. Give this one another name: app.Register(blueprint, name: \"…\").");
        if (blueprint.Options.HandlesMisses) MissPlaces.Add(place);
        foreach (var spec in blueprint.Specs) Add(spec, place);
        foreach (var hook in blueprint.Preprocessors) UrlHooks.Add(name, hook);
        foreach (var hook in blueprint.Defaults) UrlHooks.Add(name, hook);
        if (!blueprint.IsRegistered) _app.Join(blueprint.ForApp);
        foreach (var (once, action) in blueprint.Records)
            if (!once || !blueprint.IsRegistered) action(_app);
        foreach (var (child, childPrefix) in blueprint.Children) Register(child, place.Inside(child, childPrefix));
        blueprint.Close();
    }

    /// <summary>Lets a plugin declare what it adds. What clashes is told when the application is frozen.</summary>
    internal void Install(IPlugin plugin)
    {
        var card = plugin.Card;
        var record = new PluginRecord(card, Services, Config, new PluginLogger(_app.Logger, card.Id));
        plugin.Install(record);
        record.Close();
        Plugins.Add(record);
        foreach (var (name, make) in record.Converters)
            if (!Converters.Contains(name)) Converters.Add(name, make);
        foreach (var (name, value) in record.TemplateGlobals) TemplateGlobals.TryAdd(name, value);
        foreach (var (name, filter) in record.TemplateFilters) TemplateFilters.TryAdd(name, filter);
        foreach (var spec in record.Routes) Add(spec, BlueprintPlace.None);
    }

    internal Dispatcher Freeze(IServiceProvider? hosted, IServiceProvider? foreign) => new AppFreezer(_app, this).Freeze(hosted, foreign);
}
