using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Modular;

/// <summary>Makes the frozen application of what was set up: checks everything, binds views and hooks, composes the chains.</summary>
sealed class AppFreezer(ModularApp app, AppSetup setup)
{
    readonly List<string> _problems = [];
    readonly HookSet _outermost = app.EventHooks();
    readonly Dictionary<HookSet, BoundHooks> _bound = [];
    readonly List<(IReadOnlyList<Blueprint> Blueprints, HookChain Chain)> _chains = [];

    internal static Version CoreVersion { get; } = typeof(AppFreezer).Assembly.GetName().Version!;

    /// <exception cref="ModularException">Something is wrong with the set-up; all of it is told at once.</exception>
    internal RequestPipeline Freeze(IServiceProvider services, IServiceProvider? foreign, bool ownsRequestServices, bool? propagatesExceptions)
    {
        var plugins = setup.Plugins.Check(new(CoreVersion.Major, CoreVersion.Minor, Math.Max(0, CoreVersion.Build)), _problems);
        var json = app.Json;
        var converter = new ResponseConverter(json, ResponseConverters(plugins));
        var binding = new ViewServices(IsService(services, foreign), IsKeyedService(services, foreign), converter, ViewParameters(plugins));
        var logger = Attach(services, foreign);
        var urls = Urls(plugins);
        // Among the hooks, so that what they throw finds its error handler.
        if (urls.HasPreprocessors) _outermost.Add(ViewKind.Before, _ => (context, _, _) => urls.Preprocess(context)!);
        var chain = Chain([], plugins, binding);
        ViewEndpoint[] endpoints = [.. setup.Registrations.Select(registration => Bind(registration, plugins, binding))];
        IServiceProvider all = foreign is null ? services : new MountedServices(services, foreign);
        Check(plugins, all);
        List<Func<RequestDelegate, RequestDelegate>> around =
            [.. plugins.SelectMany(plugin => plugin.Layers).Select(layer => Layer(layer, all))];
        PluginSet.Throw(_problems);

        setup.Routes.Freeze();
        setup.Services.MakeReadOnly();
        services.GetRequiredService<AppEndpoints>().Fill(endpoints);
        return new RequestPipeline(new AppPlan
        {
            Parts = Parts(converter), Endpoints = endpoints, Options = app.Options, IsDebug = app.Debug, ExceptionListeners = app.ExceptionListeners, Routes = setup.Routes, Services = services, OwnsRequestServices = ownsRequestServices,
            Logger = logger, Json = json, AppHooks = chain, Propagates = propagatesExceptions ?? app.PropagatesExceptions,
            MatchesPlace = app.Options.Routing is { HostMatching: true } or { SubdomainMatching: true } || setup.Routes.Rules.Any(rule => rule.WebSocket),
            TrustedHosts = app.Options.TrustedHosts, UrlHooks = urls, Watchers = setup.Watchers,
            MissChains = [.. setup.Places.Where(place => place.Blueprints[^1].Options.HandlesMisses).OrderByDescending(place => place.Prefix?.Length ?? 0)
                .Select(place => (place.Prefix ?? "/", Chain(place.Blueprints, plugins, binding)))],
            FormReaders = plugins.SelectMany(plugin => plugin.FormReaders).ToDictionary(reader => reader.MediaType, reader => reader.Read, StringComparer.OrdinalIgnoreCase),
            Time = services.GetService<TimeProvider>() ?? TimeProvider.System,
            Openers = [.. plugins.SelectMany(plugin => plugin.Openers)],
        }, around, isWrapped: !ownsRequestServices || app.IsWrapped);
    }

    void Check(IReadOnlyList<PluginRecord> plugins, IServiceProvider services)
    {
        foreach (var check in plugins.SelectMany(plugin => plugin.Checks)) _problems.AddRange(check(services));
    }

    ViewEndpoint Bind(AppSetup.Registration registration, IReadOnlyList<PluginRecord> plugins, ViewServices binding)
    {
        var (rule, source, spec, place) = registration;
        var (view, readsBody) = ((View)(_ => throw new InvalidOperationException()), false);
        try
        {
            (view, readsBody) = (source.Bind(binding), source.ReadsBody(binding));
        }
        catch (ModularException problem)
        {
            _problems.Add(problem.Message);
        }
        var aspNet = AspNetEndpoint.Of(rule, spec.Builder, endpoint =>
        {
            source.Describe(endpoint, binding);
            // After what is inferred, so that they win, as in minimal APIs.
            foreach (var attribute in ViewAttributes.Of(spec.Handler.Method)) endpoint.Metadata.Add(attribute);
        });
        var metadata = aspNet.Metadata;
        return new()
        {
            Name = rule.Endpoint,
            Blueprints = place.Names,
            AspNet = aspNet,
            View = view,
            Hooks = Chain(place.Blueprints, plugins, binding),
            ReadsBody = readsBody || metadata.GetMetadata<ReadsBodyAttribute>() is not null,
            Limits = metadata.GetMetadata<BodyLimits>() ?? place.Blueprints.LastOrDefault(blueprint => blueprint.Options.Limits is not null)?.Options.Limits,
            NeedsAuthorization = metadata.GetMetadata<IAuthorizeData>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null,
            NeedsCors = metadata.GetMetadata<ICorsMetadata>() is not null,
            NeedsAntiforgery = metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true },
        };
    }

    SlotValues Parts(ResponseConverter converter)
    {
        var parts = new SlotValues();
        parts.Set(ModularApp.Slot, app);
        parts.Set(ResponseConverter.Slot, converter);
        return parts;
    }

    Func<RequestDelegate, RequestDelegate> Layer(Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer, IServiceProvider services)
    {
        try
        {
            return layer(services);
        }
        catch (ModularException problem)
        {
            _problems.Add(problem.Message);
            return next => next;
        }
    }

    // One chain for each nesting of blueprints. Plugins lie around the application, and a plugin's part for a blueprint around that blueprint.
    HookChain Chain(IReadOnlyList<Blueprint> blueprints, IReadOnlyList<PluginRecord> plugins, ViewServices binding)
    {
        if (_chains.Find(known => known.Blueprints.SequenceEqual(blueprints)).Chain is { } same) return same;
        List<HookSet> scopes = [_outermost, .. plugins.Select(plugin => plugin.AppScope.Hooks), app.Hooks];
        foreach (var blueprint in blueprints) scopes.AddRange(ScopesOf(blueprint, plugins).Select(scope => scope.Hooks));
        var chain = new HookChain(
            [.. plugins.SelectMany(plugin => plugin.EarlyOpeners)],
            [.. scopes.Where(scope => !scope.IsEmpty).Select(scope => Bound(scope, binding))],
            [.. plugins.Reverse().SelectMany(plugin => plugin.Saves), .. app.FinishedHook() is { } finished ? [finished] : Array.Empty<SaveHook>()]);
        _chains.Add((blueprints, chain));
        return chain;
    }

    internal static IEnumerable<Scaffold> ScopesOf(Blueprint blueprint, IReadOnlyList<PluginRecord> plugins) =>
        plugins.SelectMany(plugin => plugin.BlueprintScopes).Where(scope => scope.Blueprint == blueprint).Append<Scaffold>(blueprint);

    BoundHooks Bound(HookSet set, ViewServices binding)
    {
        if (_bound.TryGetValue(set, out var bound)) return bound;
        try
        {
            bound = set.Bind(binding);
        }
        catch (ModularException problem)
        {
            _problems.Add(problem.Message);
            bound = new();
        }
        return _bound[set] = bound;
    }

    // Plugins' functions before those of the scope that they lie around.
    UrlHooks Urls(IReadOnlyList<PluginRecord> plugins)
    {
        var urls = new UrlHooks(setup.UrlBuildErrors);
        foreach (var scope in plugins.Select(plugin => (Scaffold)plugin.AppScope).Append(app)) urls.Add("", scope.Preprocessors, scope.Defaults);
        foreach (var place in setup.Places)
            foreach (var scope in ScopesOf(place.Blueprints[^1], plugins)) urls.Add(string.Join('.', place.Names), scope.Preprocessors, scope.Defaults);
        return urls;
    }

    static Dictionary<Type, PluginParameter> ViewParameters(IReadOnlyList<PluginRecord> plugins)
    {
        var all = new Dictionary<Type, PluginParameter>();
        foreach (var (type, parameter) in plugins.SelectMany(plugin => plugin.ViewParameters)) all.TryAdd(type, parameter);
        return all;
    }

    static Dictionary<Type, Func<RequestContext, object, Response>> ResponseConverters(IReadOnlyList<PluginRecord> plugins)
    {
        var all = new Dictionary<Type, Func<RequestContext, object, Response>>();
        foreach (var (type, convert) in plugins.SelectMany(plugin => plugin.ResponseConverters)) all.TryAdd(type, convert);
        return all;
    }

    static Func<Type, bool> IsService(IServiceProvider services, IServiceProvider? foreign)
    {
        var own = services.GetService<IServiceProviderIsService>();
        var host = foreign?.GetService<IServiceProviderIsService>();
        return type => own?.IsService(type) is true || host?.IsService(type) is true;
    }

    static Func<Type, object, bool> IsKeyedService(IServiceProvider services, IServiceProvider? foreign)
    {
        var own = services.GetService<IServiceProviderIsKeyedService>();
        var host = foreign?.GetService<IServiceProviderIsKeyedService>();
        return (type, key) => own?.IsKeyedService(type, key) is true || host?.IsKeyedService(type, key) is true;
    }

    ILogger Attach(IServiceProvider services, IServiceProvider? foreign)
    {
        var factory = (foreign ?? services).GetService<ILoggerFactory>() ?? services.GetRequiredService<ILoggerFactory>();
        ((AppLogger)app.Logger).Attach(factory);
        return app.Logger;
    }
}
