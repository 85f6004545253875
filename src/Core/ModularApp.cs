namespace Modular;

/// <summary>A web application: rules and their views, hooks around them, plugins. It is one <see cref="RequestDelegate"/>.</summary>
/// <remarks>Set it up first; the first request or <c>Run</c> freezes it. Thread: set it up on one; it serves on any number.</remarks>
/// <example><code>
/// var app = new ModularApp();
/// app.Route("/", () => "Hello World!");
/// app.Run();
/// </code></example>
public sealed partial class ModularApp : RouteGroup, IAsyncDisposable
{
    readonly AppSetup _setup;
    bool _isFrozen;

    /// <summary>Creates an application.</summary>
    public ModularApp(ModularOptions? options = null)
    {
        Options = options ??= new();
        Name = options.Name ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "modular";
        _setup = new(this);
        Logger = new LateLogger(_setup.Loggers, Name);
        AppDelegate = Dispatch;
        if (options.StaticFolder is null) return;
        if (options is { Routing.HostMatching: true, StaticHost: null }) throw new ModularException(
            "Host matching is on, but the static files have no host. Set StaticHost = \"example.org\", or StaticFolder = null.");
        AddStatic(Path.Combine(options.RootPath, options.StaticFolder), options.StaticUrlPath, options.StaticHost);
    }

    /// <summary>The options it was created with.</summary>
    public ModularOptions Options { get; }

    /// <summary>Its name, for the log.</summary>
    public string Name { get; }

    /// <summary>The application as ASP.NET sees it. Mount it: <c>host.Map("/old", branch => branch.Run(app.AppDelegate))</c>.</summary>
    /// <exception cref="ModularException">It was assigned after the application had started.</exception>
    public RequestDelegate AppDelegate { get; set => field = field is null ? value : Changed(value); }

    /// <summary>Services for views, hooks and plugins.</summary>
    public IServiceCollection Services => _setup.Services;

    /// <summary>The configuration: environment variables that start with <c>MODULAR_</c>, and the sources that you add.</summary>
    public IConfigurationManager Config => _setup.Config;

    /// <summary>The application's logger, writing to the console unless <see cref="Services"/> has another provider.</summary>
    public ILogger Logger { get; }

    /// <summary>Shows errors in the browser and logs more. Default: true when the variable <c>MODULAR_DEBUG</c> is 1 or true.</summary>
    /// <exception cref="ModularException">It was set after the application had started.</exception>
    public bool Debug { get; set => field = Changed(value); } =
        Environment.GetEnvironmentVariable("MODULAR_DEBUG") is "1" or "true" or "True";

    /// <summary>How objects become JSON: <see cref="ModularOptions.Json"/>, or the defaults.</summary>
    public JsonSerializerOptions Json => Options.Json is { } own ? JsonDefaults.Completed(own) : JsonDefaults.Options;

    /// <summary>All rules, in the order they were added.</summary>
    public IReadOnlyList<Rule> Rules => _setup.Routes.Rules;

    /// <summary>The blueprints by their registered names, such as <c>shop.admin</c>. As Flask's <c>app.blueprints</c>.</summary>
    public IReadOnlyDictionary<string, Blueprint> Blueprints => _setup.Blueprints;

    /// <summary>The installed plugins, outermost first, each with its declarations. Also of an application that can't start.</summary>
    public IReadOnlyList<PluginDescription> Plugins => [.. _setup.Plugins.Sorted.Select(plugin => new PluginDescription(plugin))];

    /// <summary>Installs a plugin.</summary>
    /// <param name="onlyFor">Blueprints that its hooks, filters and handlers are for. Default: the whole application.</param>
    public ModularApp Use(IPlugin plugin, params Blueprint[] onlyFor) => Set(() => _setup.Install(plugin, onlyFor));

    /// <summary>Puts middleware between matching and the view: it sees the matched endpoint and its metadata.</summary>
    /// <param name="middleware">Calls its second argument, with the first, to go on: <c>async (http, next) => await next(http)</c>.</param>
    /// <remarks>Order: as added, the first outermost.</remarks>
    public ModularApp UseMiddleware(Func<HttpContext, RequestDelegate, Task> middleware) => UseMiddleware(asp => asp.Use(middleware));

    /// <inheritdoc cref="UseMiddleware(Func{HttpContext, RequestDelegate, Task})"/>
    public ModularApp UseMiddleware(Func<RequestDelegate, RequestDelegate> middleware) => UseMiddleware(asp => asp.Use(middleware));

    /// <summary>Adds ASP.NET middleware there: <c>app.UseMiddleware(asp => asp.UseAuthorization())</c>.</summary>
    /// <inheritdoc cref="UseMiddleware(Func{HttpContext, RequestDelegate, Task})"/>
    public ModularApp UseMiddleware(Action<IApplicationBuilder> configure)
    {
        Callback.RefuseAsyncVoid(configure, "the configuration of app.UseMiddleware");
        return Set(() => _setup.Middleware.Add(configure));
    }

    /// <summary>Puts middleware around the whole application, where it sees the raw request before a rule is matched.</summary>
    /// <param name="middleware">Receives the inner delegate. As Flask's <c>app.wsgi_app = Fix(app.wsgi_app)</c>.</param>
    /// <remarks>Order: the last one is outermost.</remarks>
    /// <exception cref="ModularException">The application has started.</exception>
    public ModularApp Wrap(Func<RequestDelegate, RequestDelegate> middleware)
    {
        AppDelegate = middleware(AppDelegate);
        return this;
    }

    /// <summary>Adds a blueprint's rules, hooks and handlers. The blueprint can't be changed after this.</summary>
    /// <param name="urlPrefix">Instead of its own prefix.</param>
    /// <param name="name">Instead of its own name; needed to register it twice.</param>
    /// <param name="subdomain">Instead of its own subdomain.</param>
    /// <param name="defaults">Values for its rules' variables, in addition to its own.</param>
    /// <exception cref="ModularException">The name is taken, or a rule is wrong.</exception>
    public ModularApp Register(Blueprint blueprint, string? urlPrefix = null, string? name = null, string? subdomain = null,
        IReadOnlyDictionary<string, object?>? defaults = null) =>
        Set(() => _setup.Register(blueprint, BlueprintPlace.Of(blueprint, urlPrefix, name, subdomain, defaults)));

    /// <summary>Called for a URL that no rule can build. The first URL returned wins. As Flask's <c>url_build_error_handlers</c>.</summary>
    /// <remarks>Order: as added.</remarks>
    public ModularApp UrlBuildError(UrlBuildErrorHandler handler) => Set(() => _setup.UrlBuildErrors.Add(handler));

    /// <summary>True when a rule of the endpoint takes all these variables.</summary>
    public bool IsEndpointExpecting(string endpoint, params IEnumerable<string> variables) =>
        _setup.Routes.RulesOf(endpoint).Any(rule => variables.All(rule.Arguments.Contains));

    /// <summary>Opens a file below the root path, for reading.</summary>
    /// <exception cref="ModularException">The path leads out of the root path.</exception>
    public Stream OpenResource(string path) => File.OpenRead(SafeJoin.Join(Options.RootPath, path) ?? throw new ModularException(
        $"Resource \"{path}\" is outside the application's folder. Write a path below RootPath, such as \"data/schema.sql\"."));

    /// <summary>Adds a converter, to be used in rules as <c>&lt;name:variable&gt;</c>.</summary>
    /// <param name="make">Creates one for each use in a rule, from the arguments in its parentheses.</param>
    /// <exception cref="ModularException">The name is taken.</exception>
    public ModularApp Converter(string name, Func<ConverterArguments, UrlConverter> make) => Set(() => _setup.Converters.Add(name, make));

    /// <summary>A plugin's value for this application.</summary>
    /// <exception cref="ModularException">No plugin provides the slot.</exception>
    public T Get<T>(Slot<T> slot) where T : class => Find(slot) ?? throw slot.NotInstalled(
        $"Application slot {slot} was read, but no plugin of this application provides it. Install the plugin that it belongs to.");

    /// <summary>A plugin's value for this application; null when no plugin provides the slot.</summary>
    public T? Find<T>(Slot<T> slot) where T : class
    {
        foreach (var plugin in _setup.Plugins.Installed)
            foreach (var (known, value) in plugin.Provided)
                if (ReferenceEquals(known, slot)) return (T)value;
        return null;
    }

    /// <summary>Raised for an exception without an error handler, which becomes a 500. As Flask's signal of this name.</summary>
    /// <exception cref="ModularException">The application has started, or the listener is <c>async void</c>.</exception>
    public event Action<RequestContext, Exception> GotRequestException
    {
        add => ExceptionListeners += Listener(value);
        remove => ExceptionListeners -= Listener(value);
    }

    internal Action<RequestContext, Exception>? ExceptionListeners { get; private set; }

    Action<RequestContext, Exception> Listener(Action<RequestContext, Exception> listener)
    {
        Callback.RefuseAsyncVoid(listener, "a listener of GotRequestException");
        return Changed(listener, nameof(GotRequestException));
    }

    internal override void Take(RouteSpec spec) => _setup.Add(spec, BlueprintPlace.None);

    internal override void CheckChange([CallerMemberName] string word = "")
    {
        if (_isFrozen) throw new ModularException(
            $"app.{word} was used after the application had started. Do it before app.Run() and before the first request.");
    }

    ModularApp Set(Action change, [CallerMemberName] string word = "")
    {
        CheckChange(word);
        change();
        return this;
    }

    T Changed<T>(T value, [CallerMemberName] string word = "")
    {
        CheckChange(word);
        return value;
    }

    internal AppSetup Setup => _setup;

    internal static readonly Slot<ModularApp> Slot = new("application");
}
