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
    internal PluginSet Plugins { get; } = new();
    internal List<Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>>> Middleware { get; } = [];
    internal Dictionary<string, Func<RequestContext, object?>> TemplateGlobals { get; } = [];
    internal Dictionary<string, Func<object?, IReadOnlyList<object?>, object?>> TemplateFilters { get; } = [];
    internal IReadOnlyList<Registration> Registrations => _registrations;

    /// <summary>A rule that was taken, until the application is frozen.</summary>
    /// <param name="Blueprints">Around it, outermost first.</param>
    internal sealed record Registration(Rule Rule, ViewTarget Target, ViewSource Source, RouteSpec Spec, IReadOnlyList<Blueprint> Blueprints);

    /// <summary>Takes a rule.</summary>
    /// <param name="blueprints">Around it, outermost first, with the names they are registered under and the prefix so far.</param>
    internal void Add(RouteSpec spec, IReadOnlyList<(Blueprint Blueprint, string Name)> blueprints, string? prefix = null)
    {
        var names = blueprints.Select(b => b.Name).ToArray();
        var endpoint = string.Join('.', names.Append(CheckName(spec)));
        if (_handlers.TryGetValue(endpoint, out var other) && !other.Equals(spec.Handler)) throw new ModularException(
            $"Endpoint \"{endpoint}\" of rule \"{spec.Rule}\" belongs to another view already. Give this one a name of its own: endpoint: \"…\".");

        var methods = (spec.Methods ?? ["GET"]).Select(method => method.ToUpperInvariant()).ToList();
        var automatic = (spec.Options.ProvideAutomaticOptions ?? !methods.Contains("OPTIONS")) && !spec.Options.WebSocket;
        var target = new ViewTarget { Name = endpoint, Blueprints = names };
        var rule = Routes.Add(Blueprint.Join(prefix, spec.Rule), endpoint, spec.Options with { Methods = methods, ProvideAutomaticOptions = automatic }, target);
        var source = spec.Source(rule);
        target.ReadsBody = source.ReadsBody;
        _handlers[endpoint] = spec.Handler;
        _registrations.Add(new(rule, target, source, spec, [.. blueprints.Select(b => b.Blueprint)]));
    }

    static string CheckName(RouteSpec spec) =>
        spec.Endpoint is { } given && (given.Length == 0 || given.Contains('.')) ? throw new ModularException(
            $"Endpoint \"{given}\" of rule \"{spec.Rule}\" is empty or has a dot, which parts blueprints from endpoints. Give it one word.")
        : spec.EndpointName;

    /// <summary>Takes a blueprint and those inside it.</summary>
    internal void Register(Blueprint blueprint, string? urlPrefix, string? name)
    {
        Register(blueprint, name ?? blueprint.Name, [], Blueprint.Join(null, urlPrefix ?? blueprint.UrlPrefix ?? ""));
        blueprint.Close();
    }

    void Register(Blueprint blueprint, string name, IReadOnlyList<(Blueprint, string Name)> outer, string prefix)
    {
        (Blueprint, string Name)[] path = [.. outer, (blueprint, name)];
        var full = string.Join('.', path.Select(p => p.Name));
        if (!_blueprints.Add(full)) throw new ModularException(
            $"A blueprint named \"{full}\" is registered already. Give this one another name: app.Register(blueprint, name: \"…\").");
        foreach (var spec in blueprint.Specs) Add(spec, path, prefix);
        foreach (var (child, childPrefix) in blueprint.Children)
            Register(child, child.Name, path, Blueprint.Join(prefix, childPrefix ?? child.UrlPrefix ?? ""));
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
        foreach (var spec in record.Routes) Add(spec, []);
    }

    /// <summary>The static folder's rule, <c>/static/&lt;path:filename&gt;</c>, endpoint <c>static</c>.</summary>
    internal void AddStaticFiles()
    {
        var options = _app.Options;
        var folder = new StaticFolder(Path.Combine(options.RootPath, options.StaticFolder!));
        var url = options.StaticUrlPath ?? "/" + Path.GetFileName(options.StaticFolder!.TrimEnd('/', '\\'));
        Func<RequestContext, Response> view = context => folder.Send(context.Http, ViewArguments.Text(context, 0));
        _app.Route($"{url.TrimEnd('/')}/<path:filename>", view, endpoint: "static");
    }

    internal Dispatcher Freeze(IServiceProvider? hosted, IServiceProvider? foreign) => new AppFreezer(_app, this).Freeze(hosted, foreign);
}
