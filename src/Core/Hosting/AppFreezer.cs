namespace Modular;

/// <summary>Builds the frozen application from the set-up: checks it, binds views and hooks, and composes the chains.</summary>
sealed class AppFreezer(ModularApp app, AppSetup setup)
{
    readonly List<string> _problems = [];
    readonly List<Exception> _causes = [.. setup.Plugins.Causes];
    readonly HookSet _outermost = new();
    readonly Dictionary<HookSet, BoundHooks> _bound = [];
    readonly HashSet<string> _named = [];
    readonly List<(IReadOnlyList<Blueprint> Blueprints, HookChain Chain)> _chains = [];
    readonly List<(string Endpoint, PluginDependency Plugin)> _unmet = [];

    internal static Version CoreVersion { get; } =
        new(typeof(AppFreezer).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version);

    /// <exception cref="ModularException">Something is wrong with the set-up; all of it is reported at once.</exception>
    internal RequestPipeline Freeze(
        IServiceProvider services, IServiceProvider? foreign, bool ownsRequestServices, bool? propagatesExceptions)
    {
        var plugins = setup.Plugins.Check(
            new(CoreVersion.Major, CoreVersion.Minor, Math.Max(0, CoreVersion.Build)), setup.Places, _problems);
        var converter = new ResponseConverter(app.Json, ByType(plugins.SelectMany(plugin => plugin.ResponseConverters)));
        var parameters = ByType(plugins.SelectMany(plugin => plugin.ViewParameters));
        var known = new[] { services, foreign }.Select(provider => provider?.GetService<IServiceProviderIsService>()).ToArray();
        var binding = new ViewServices(type => known.Any(provider => provider?.IsService(type) is true),
            (type, key) => known.OfType<IServiceProviderIsKeyedService>().Any(provider => provider.IsKeyedService(type, key)),
            converter, parameters);
        setup.Loggers.Attach((foreign ?? services).GetService<ILoggerFactory>() ?? services.GetRequiredService<ILoggerFactory>());
        RouteGroup[] all = [.. Around(plugins), .. setup.Places.SelectMany(place => ScopesOf(place.Blueprints[^1], plugins))];
        if (all.Any(scope => scope.Preprocessors.Count > 0)) _outermost.Add(ViewKind.Before, _ => HookChain.Preprocess);
        var chain = Chain([], plugins, binding);
        ViewEndpoint[] endpoints = [.. setup.Registrations.Select(registration => Bind(registration, plugins, binding, services))];
        IServiceProvider mounted = foreign is null ? services : new MountedServices(services, foreign);
        ReportUnmet(plugins);
        foreach (var plugin in plugins)
            foreach (var check in plugin.Checks) Check(plugin, () => _problems.AddRange(check(mounted)));
        var around = new List<Func<RequestDelegate, RequestDelegate>>();
        foreach (var plugin in plugins)
            foreach (var layer in plugin.Layers) Check(plugin, () => around.Add(layer(mounted)));
        PluginSet.Throw(_problems, _causes);

        setup.Routes.Freeze();
        setup.Services.MakeReadOnly();
        services.GetRequiredService<AppEndpoints>().Fill(endpoints);
        var parts = new SlotValues();
        parts.Set(ModularApp.Slot, app);
        parts.Set(ResponseConverter.Slot, converter);
        return new RequestPipeline(new AppPlan
        {
            Parts = parts,
            Endpoints = endpoints,
            Options = app.Options,
            IsDebug = app.Debug,
            ExceptionListeners = plugins.Aggregate(app.ExceptionListeners, (all, plugin) => all + plugin.ExceptionListeners),
            Routes = setup.Routes,
            Services = services,
            OwnsRequestServices = ownsRequestServices,
            Logger = app.Logger,
            Json = app.Json,
            AppHooks = chain,
            Propagates = propagatesExceptions ?? app.PropagatesExceptions,
            MatchesPlace = app.Options.Routing is { HostMatching: true } or { SubdomainMatching: true } || setup.HasWebSockets,
            TrustedHosts = app.Options.TrustedHosts,
            UrlBuildErrors = setup.UrlBuildErrors,
            HasUrlDefaults = all.Any(scope => scope.Defaults.Count > 0),
            NotFoundChains = NotFoundChains(plugins, binding),
            FormReaders = plugins.SelectMany(plugin => plugin.FormReaders)
                .ToDictionary(reader => reader.MediaType, reader => reader.Read, StringComparer.OrdinalIgnoreCase),
            Time = services.GetService<TimeProvider>() ?? TimeProvider.System,
            Openers = [.. plugins.SelectMany(plugin => plugin.Openers)],
            AsyncOpeners = plugins.SelectMany(plugin => plugin.AsyncOpeners).ToDictionary(),
        }, around, isWrapped: !ownsRequestServices || app.IsWrapped);
    }

    ViewEndpoint Bind(
        AppSetup.Registration registration, IReadOnlyList<PluginBuilder> plugins, ViewServices binding, IServiceProvider services)
    {
        var (rule, source, spec, place) = registration;
        RouteGroup[] scopes = [.. ScopesAround(place.Blueprints, plugins)];
        var aspNet = AspNetEndpoint.Of(rule, spec.Builder, _named.Add(rule.Endpoint), services, endpoint =>
        {
            source.Describe(endpoint, binding);
            // After the inferred metadata, so that these win, as in minimal APIs.
            foreach (var item in scopes.SelectMany(scope => scope.Metadata)) endpoint.Metadata.Add(item);
            foreach (var attribute in spec.Attributed.SelectMany(ViewAttributes.Of)) endpoint.Metadata.Add(attribute);
        });
        var built = aspNet.Build();
        var (metadata, around) = (built.Metadata, place.Blueprints.LastOrDefault(blueprint => blueprint.Options.Limits is not null));
        var unmet = metadata.OfType<IPluginMetadata>().Select(item => item.Plugin).DistinctBy(plugin => plugin.Id)
            .Where(need => !plugins.Any(plugin => need.IsMetBy(plugin) && plugin.Covers(place.Blueprints))).ToList();
        _unmet.AddRange(unmet.Select(need => (rule.Endpoint, need)));
        // A plugin that is missing may fill its parameters.
        var (view, readsBody) = unmet is not [] ? default
            : Reported<(View, bool)>(() => (source.Bind(binding), source.ReadsBody(binding)), default);
        // A plugin's filters, such as a cache, are innermost: the others may be guards.
        foreach (var filter in Filters(ofPlugins: true)) view = filter.Around(view);
        view = Reported(() => EndpointFilter.Around(view, aspNet, spec.Handler.Method, binding.Converter), view);
        foreach (var filter in Filters(ofPlugins: false)) view = filter.Around(view);
        IEnumerable<EndpointFilter> Filters(bool ofPlugins) => scopes.Reverse().Where(scope => scope is PluginScope == ofPlugins)
            .SelectMany(scope => scope.Filters.AsEnumerable().Reverse());
        return new()
        {
            Name = rule.Endpoint,
            Blueprints = place.Names,
            AspNet = built,
            View = view,
            Hooks = Chain(place.Blueprints, plugins, binding),
            ReadsBody = readsBody || metadata.GetMetadata<ReadsBodyAttribute>() is not null,
            Limits = metadata.GetMetadata<BodyLimits>() ?? around?.Options.Limits,
            NeedsAuthorization = metadata.GetMetadata<IAuthorizeData>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null,
            NeedsCors = metadata.GetMetadata<ICorsMetadata>() is not null,
            NeedsAntiforgery = metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true },
        };
    }

    // One chain for each nesting of blueprints. A plugin is around the application, and its part for a blueprint is around that blueprint.
    HookChain Chain(IReadOnlyList<Blueprint> blueprints, IReadOnlyList<PluginBuilder> plugins, ViewServices binding)
    {
        if (_chains.Find(known => known.Blueprints.SequenceEqual(blueprints)).Chain is { } same) return same;
        RouteGroup[] scopes = [.. ScopesAround(blueprints, plugins)];
        var covering = plugins.Where(plugin => plugin.Covers(blueprints)).ToList();
        var chain = new HookChain(
            [.. covering.SelectMany(plugin => plugin.EarlyOpeners)],
            [
                .. scopes.Select(scope => scope.Hooks).Prepend(_outermost).Where(hooks => !hooks.IsEmpty)
                    .Select(hooks => Bound(hooks, binding)),
            ],
            [.. setup.Plugins.SendOrder.Where(covering.Contains).SelectMany(plugin => plugin.Saves)],
            [.. scopes.SelectMany(scope => scope.Preprocessors)],
            [.. scopes.SelectMany(scope => scope.Defaults)]);
        _chains.Add((blueprints, chain));
        return chain;
    }

    // The longest prefix first.
    List<(string, HookChain)> NotFoundChains(IReadOnlyList<PluginBuilder> plugins, ViewServices binding) =>
    [
        .. setup.Places.Where(place => place.Blueprints[^1].Options.HandlesNotFound).OrderByDescending(place => place.Prefix?.Length ?? 0)
            .Select(place => (place.Prefix ?? "/", Chain(place.Blueprints, plugins, binding))),
    ];

    IEnumerable<RouteGroup> Around(IReadOnlyList<PluginBuilder> plugins) =>
        [.. plugins.Where(plugin => plugin.OnlyFor.Count == 0).Select(plugin => plugin.AppScope), app];

    IEnumerable<RouteGroup> ScopesAround(IReadOnlyList<Blueprint> blueprints, IReadOnlyList<PluginBuilder> plugins) =>
        [.. Around(plugins), .. blueprints.SelectMany(blueprint => ScopesOf(blueprint, plugins))];

    internal static IEnumerable<RouteGroup> ScopesOf(Blueprint blueprint, IReadOnlyList<PluginBuilder> plugins) =>
        plugins.SelectMany(plugin => plugin.ScopesOf(blueprint)).Append<RouteGroup>(blueprint);

    void ReportUnmet(IReadOnlyList<PluginBuilder> plugins)
    {
        foreach (var group in _unmet.GroupBy(unmet => unmet.Plugin.Id))
        {
            var (names, need) = (group.Select(unmet => $"\"{unmet.Endpoint}\"").Distinct().ToList(), group.First().Plugin);
            var who = names.Count == 1 ? $"Endpoint {names[0]} requires" : $"Endpoints {string.Join(", ", names)} require";
            _problems.Add(plugins.Any(need.IsMetBy)
                ? $"{who} {need.Id} by its metadata, which is installed for other blueprints only. Add the blueprint to its onlyFor list."
                : $"{who} {need.Id} by its metadata, which isn't installed. Add the package and call {need.Install}.");
        }
    }

    BoundHooks Bound(HookSet set, ViewServices binding) =>
        _bound.TryGetValue(set, out var bound) ? bound
            : _bound[set] = Reported(() => set.Bind(binding), new([], new Dictionary<object, Handler>()));

    void Check(PluginBuilder plugin, Action check)
    {
        try
        {
            check();
        }
        catch (Exception error)
        {
            PluginSet.Failed(plugin, "the checks of its set-up", error, _problems, _causes);
        }
    }

    T Reported<T>(Func<T> make, T otherwise)
    {
        try
        {
            return make();
        }
        catch (ModularException problem)
        {
            _problems.Add(problem.Message);
            return otherwise;
        }
    }

    // Two plugins with one type are reported as a problem elsewhere, so the first one is used here.
    static Dictionary<Type, T> ByType<T>(IEnumerable<(Type Type, T Value)> pairs) =>
        pairs.DistinctBy(pair => pair.Type).ToDictionary(pair => pair.Type, pair => pair.Value);
}
