namespace Modular.Plugins;

/// <summary>Receives what a plugin adds to an application. Clashes are reported together before the first request.</summary>
/// <remarks>Start-up work is an <c>IHostedService</c> among the <see cref="Services"/>.</remarks>
public sealed class PluginBuilder
{
    bool _installed;

    internal PluginBuilder(IPlugin plugin, IServiceCollection services, IConfiguration config, Func<string, ILogger> logger)
    {
        (Manifest, Services, Config, Logger) = (plugin.Manifest, services, config, logger(plugin.Manifest.Id));
        var assembly = plugin.GetType().Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        Version = Manifest.Version ?? assembly?.InformationalVersion.Split('+')[0];
        AppScope = new(this, null);
        Declared.AddRange(Manifest.Provides.Select(id => new Declaration("Provides", id, id) { Plugin = Manifest.Id }));
    }

    internal string? Version { get; }
    internal IReadOnlyList<Blueprint> OnlyFor { get; init; } = [];
    internal PluginScope AppScope { get; }
    internal List<PluginScope> BlueprintScopes { get; } = [];
    internal List<Blueprint> Blueprints { get; } = [];
    internal List<Declaration> Declared { get; } = [];
    internal List<(object Slot, Func<RequestContext, object> Open)> Openers { get; } = [];
    internal List<Func<RequestContext, ValueTask>> EarlyOpeners { get; } = [];
    internal List<SaveHook> Saves { get; } = [];
    internal List<Func<IServiceProvider, IEnumerable<string>>> Checks { get; } = [];
    internal List<Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>>> Layers { get; } = [];
    internal List<(object Slot, object Value)> Provided { get; } = [];
    internal List<(string Name, Func<ConverterArguments, UrlConverter> Make)> Converters { get; } = [];
    internal List<(Type Type, Func<RequestContext, object, Response> Convert)> ResponseConverters { get; } = [];
    internal List<(string MediaType, Func<RequestContext, Stream, CancellationToken, ValueTask<MultiDict>> Read)> FormReaders { get; } = [];
    internal List<(Type Type, PluginParameter Parameter)> ViewParameters { get; } = [];
    internal List<Func<RunDelegate, RunDelegate>> RunLayers { get; } = [];
    internal Dictionary<object, Func<RequestContext, Task<object>>> AsyncOpeners { get; } = [];
    internal Action<RequestContext, Exception>? ExceptionListeners { get; private set; }

    /// <summary>The plugin's manifest.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>For the plugin's own hooks, error handlers and endpoints, around the application's: first before, last after.</summary>
    public RouteGroup App => AppScope;

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The configuration of the application.</summary>
    public IConfiguration Config { get; }

    /// <summary>A logger whose category is the plugin's id.</summary>
    public ILogger Logger { get; }

    /// <summary>As <see cref="App"/>, for one blueprint alone.</summary>
    public RouteGroup ForBlueprint(Blueprint blueprint)
    {
        CheckChange(nameof(ForBlueprint));
        var scope = BlueprintScopes.Find(scope => scope.Blueprint == blueprint);
        if (scope is null) BlueprintScopes.Add(scope = new(this, blueprint));
        return scope;
    }

    /// <summary>Registers the plugin's own blueprint, with its prefix, rules and hooks.</summary>
    public PluginBuilder Register(Blueprint blueprint) => Declare(Blueprints, blueprint, blueprint.Name);

    /// <summary>Reads a section of the configuration into the options when the application is frozen, over what the program set.</summary>
    /// <param name="section">Its name, such as <c>Sessions</c>; the variable is <c>MODULAR_Sessions__CookieName</c>.</param>
    /// <param name="options">A copy for this application. Text, numbers, enums, <c>bool</c>, <c>TimeSpan</c>, <c>Uri</c> are read.</param>
    /// <returns>The same object. Don't read it inside Install. Unknown names and wrong values are reported.</returns>
    public T Options<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string section, T options) where T : class
    {
        Declare(Checks, _ => OptionsSection.Fill(this, Config.GetSection(section), options, typeof(T)), section);
        return options;
    }

    /// <summary>Called for an exception without an error handler, as <see cref="ModularApp.GotRequestException"/>.</summary>
    public PluginBuilder OnException(Action<RequestContext, Exception> listener)
    {
        CheckChange(nameof(OnException));
        Callback.RefuseAsyncVoid(listener, "a listener of OnException");
        ExceptionListeners += listener;
        return this;
    }

    /// <summary>Fills a slot of the request when it is first read.</summary>
    public PluginBuilder AddRequestSlot<T>(Slot<T> slot, Func<RequestContext, T> open) where T : class =>
        Declare(Openers, (slot, context => open(context) ?? throw IsNull(slot)), $"{slot}", slot);

    /// <summary>Fills a slot of the request when <see cref="RequestContext.GetAsync"/> first reads it.</summary>
    /// <remarks>Until then, <see cref="RequestContext.Get"/> throws <see cref="ModularException"/>.</remarks>
    public PluginBuilder AddRequestSlot<T>(Slot<T> slot, Func<RequestContext, ValueTask<T>> open) where T : class
    {
        AddRequestSlot(slot, T (_) => throw new ModularException(
            $"Slot {slot} was read before it was filled, which has to be awaited. Write await context.GetAsync(slot) first."));
        AsyncOpeners[slot] = async context => await open(context) ?? throw IsNull(slot);
        return this;
    }

    /// <summary>Fills a slot of the request before its hooks run, for what must be awaited.</summary>
    /// <param name="otherwise">Fills the slot when it is first read, if <paramref name="open"/> returned null.</param>
    public PluginBuilder AddRequestSlot<T>(Slot<T> slot, Func<RequestContext, ValueTask<T?>> open, Func<RequestContext, T> otherwise)
        where T : class
    {
        AddRequestSlot(slot, otherwise);
        EarlyOpeners.Add(async context =>
        {
            if (await open(context) is { } value) context.Set(slot, value);
        });
        return this;
    }

    /// <summary>Stores one value for the application, which <c>app.Get(slot)</c> reads.</summary>
    public PluginBuilder AddAppSlot<T>(Slot<T> slot, T value) where T : class => Declare(Provided, (slot, value), $"{slot}", slot);

    /// <summary>Runs after all after hooks, as the last change of the response. Set cookies here.</summary>
    /// <param name="save">Receives the response as it will be sent.</param>
    /// <param name="when">Returns whether to run for a request. Called once, after its view and hooks. Default: always.</param>
    public PluginBuilder BeforeSend(Func<RequestContext, Response, ValueTask> save, Func<RequestContext, bool>? when = null) =>
        Declare(Saves, new(save, when));

    /// <summary>Puts middleware around the whole application. It sees the request before it is matched, without a context.</summary>
    /// <param name="layer">Called once, at freezing. Its <see cref="ModularException"/> is reported with all others.</param>
    /// <remarks>Order: the outermost plugin's first. The layers of <c>app.Wrap</c> are outside them all.</remarks>
    public PluginBuilder UseMiddleware(Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer) => Declare(Layers, layer);

    /// <summary>Checks the set-up when the application is frozen, for each host. Returns what is wrong and the remedy, or null.</summary>
    public PluginBuilder Validate(Func<IServiceProvider, string?> check) =>
        Validate(services => check(services) is { } problem ? [problem] : []);

    /// <inheritdoc cref="Validate(Func{IServiceProvider, string})"/>
    public PluginBuilder Validate(Func<IServiceProvider, IEnumerable<string>> check) => Declare(Checks, check);

    /// <summary>Adds a converter, to be used in rules as <c>&lt;name:variable&gt;</c>.</summary>
    public PluginBuilder Converter(string name, Func<ConverterArguments, UrlConverter> make) =>
        Declare(Converters, (name, make), name, name);

    /// <summary>Converts a type that views may return to responses.</summary>
    public PluginBuilder ResponseConverter<T>(Func<RequestContext, T, Response> convert) where T : class =>
        Declare(ResponseConverters, (typeof(T), (context, value) => convert(context, (T)value)), TypeName.Of(typeof(T)), typeof(T));

    /// <summary>Reads the forms of a media type while they arrive. The core reads url-encoded ones alone.</summary>
    /// <param name="mediaType">Without parameters, such as <c>multipart/form-data</c>.</param>
    /// <param name="read">Receives the body before the view runs. It refuses a form with an <see cref="HttpException"/>.</param>
    public PluginBuilder FormReader(string mediaType, Func<RequestContext, Stream, CancellationToken, ValueTask<MultiDict>> read) =>
        Declare(FormReaders, (mediaType, read), mediaType, mediaType.ToLowerInvariant());

    /// <summary>Lets views take a parameter of a type, as they take a <c>Stream</c>.</summary>
    /// <param name="readsBody">True: such a view reads the body itself, by this value, while it arrives.</param>
    public PluginBuilder ViewParameter<T>(Func<RequestContext, T> value, bool readsBody = false) where T : class =>
        Declare(ViewParameters, (typeof(T), new(value, readsBody)), TypeName.Of(typeof(T)), typeof(T));

    /// <summary>Wraps <c>app.Run</c>, for a command line or a reloader. It may change the settings, or not serve at all.</summary>
    /// <remarks>Called once for each run, before freezing. Order: the outermost first; the innermost sets <c>app.Debug</c>.</remarks>
    public PluginBuilder ReplaceRun(Func<RunDelegate, RunDelegate> layer) => Declare(RunLayers, layer);

    ModularException IsNull<T>(Slot<T> slot) where T : class =>
        new($"{Manifest.Id} filled slot {slot} with null. Return a value, such as an object that means none.");

    internal bool Covers(IReadOnlyList<Blueprint> blueprints) => OnlyFor.Count == 0 || blueprints.Any(OnlyFor.Contains);

    // Its hooks around a blueprint: those for it alone, and all when it is installed for it only.
    internal IEnumerable<PluginScope> ScopesOf(Blueprint blueprint) => BlueprintScopes.Where(scope => scope.Blueprint == blueprint)
        .Concat(OnlyFor.Contains(blueprint) ? [AppScope] : []);

    internal void Install(IPlugin plugin)
    {
        var before = Services.Count;
        plugin.Install(this);
        Declared.AddRange(Services.Skip(before).Select(service => service.ServiceType).Distinct()
            .Select(type => new Declaration("Services", TypeName.Of(type))));
        _installed = true;
    }

    internal void CheckChange(string word)
    {
        if (_installed) throw new ModularException(
            $"{Manifest.Id} called {word} on its builder after it had been installed. Declare everything inside Install.");
    }

    PluginBuilder Declare<T>(List<T> list, T item, string name = "", object? key = null, [CallerMemberName] string word = "")
    {
        CheckChange(word);
        list.Add(item);
        Declared.Add(new(word, name, key) { Plugin = Manifest.Id });
        return this;
    }

    /// <param name="Key">The value that only one plugin may claim; null for values that many may add.</param>
    internal sealed record Declaration(string Word, string Name, object? Key = null, string? Plugin = null);
}
