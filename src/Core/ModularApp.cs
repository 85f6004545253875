using Microsoft.Extensions.Configuration;

namespace Modular;

/// <summary>A web application: rules and their views, hooks around them, plugins. It is one <see cref="RequestDelegate"/>, <see cref="AppDelegate"/>.</summary>
/// <remarks>Set it up first; with the first request, or when it is run, it is frozen. Thread: set up by one thread; answers on any number.</remarks>
/// <example><code>
/// var app = new ModularApp();
/// app.Route("/", () => "Hello World!");
/// app.Run();
/// </code></example>
public sealed partial class ModularApp : Scaffold, IAsyncDisposable
{
    readonly AppSetup _setup;
    bool _isFrozen;

    /// <summary>An application with the default options.</summary>
    public ModularApp() : this(new())
    {
    }

    /// <summary>An application.</summary>
    /// <param name="options">Where its files lie, how it routes, what it accepts.</param>
    public ModularApp(ModularOptions options)
    {
        Options = options;
        Name = options.Name ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "modular";
        _setup = new(this);
        Logger = new LateLogger(_setup.Loggers, Name);
        AppDelegate = Dispatch;
        if (options.StaticFolder is null) return;
        if (options is { Routing.HostMatching: true, StaticHost: null }) throw new ModularException(
            "Host matching is on, but the static files have no host. Set StaticHost = \"example.org\", or StaticFolder = null.");
        AddStatic(Path.Combine(options.RootPath, options.StaticFolder), options.StaticUrlPath, options.StaticHost);
    }

    /// <summary>What it was told when it was made.</summary>
    public ModularOptions Options { get; }

    /// <summary>Its name, for the log.</summary>
    public string Name { get; }

    /// <summary>
    /// The application as ASP.NET sees it. Wrap it by assignment, <c>app.AppDelegate = Fix.Wrap(app.AppDelegate)</c>, or mount it:
    /// <c>host.Map("/old", branch => branch.Run(app.AppDelegate))</c>.
    /// </summary>
    /// <exception cref="ModularException">It was assigned after the application had started answering.</exception>
    public RequestDelegate AppDelegate
    {
        get;
        set
        {
            if (field is not null) CheckChange();
            field = value;
        }
    }

    /// <summary>Services for views, hooks and plugins.</summary>
    public IServiceCollection Services => _setup.Services;

    /// <summary>The configuration. Empty at first but for environment variables that start with <c>MODULAR_</c>; add files with <c>AddJsonFile</c>.</summary>
    public IConfigurationManager Config => _setup.Config;

    /// <summary>The application's logger, writing to the console unless <see cref="Services"/> bring another provider.</summary>
    public ILogger Logger { get; }

    /// <summary>Shows errors in the browser and logs more. Default: true when the environment variable <c>MODULAR_DEBUG</c> is 1 or true.</summary>
    /// <exception cref="ModularException">It was set after the application had started answering.</exception>
    public bool Debug
    {
        get;
        set
        {
            CheckChange();
            field = value;
        }
    } = Environment.GetEnvironmentVariable("MODULAR_DEBUG") is "1" or "true" or "True";

    /// <summary>How objects become JSON: <see cref="ModularOptions.Json"/>, or the defaults.</summary>
    public System.Text.Json.JsonSerializerOptions Json => Options.Json is { } own ? JsonDefaults.Completed(own) : JsonDefaults.Options;

    /// <summary>All rules, in order of their adding.</summary>
    public IReadOnlyList<Rule> Rules => _setup.Routes.Rules;

    /// <summary>The blueprints by the names that they are registered under, with those around them: <c>shop.admin</c>. As Flask's <c>app.blueprints</c>.</summary>
    public IReadOnlyDictionary<string, Blueprint> Blueprints => _setup.Blueprints;

    /// <summary>Installs a plugin.</summary>
    public ModularApp Use(IPlugin plugin)
    {
        CheckChange();
        _setup.Install(plugin);
        return this;
    }

    /// <summary>Puts ASP.NET middleware between matching and the view: it sees the matched endpoint and its metadata.</summary>
    /// <remarks>Order: as added, the first outermost.</remarks>
    public ModularApp Use(Func<RequestDelegate, RequestDelegate> middleware)
    {
        CheckChange();
        _setup.Middleware.Add(asp => asp.Use(middleware));
        return this;
    }

    /// <summary>As the other overload, in ASP.NET's own words: <c>app.Use(asp => asp.UseAuthorization())</c>. Their services go into <see cref="Services"/>.</summary>
    public ModularApp Use(Action<IApplicationBuilder> configure)
    {
        CheckChange();
        Callback.RefuseAsyncVoid(configure, "the configuration of app.Use");
        _setup.Middleware.Add(configure);
        return this;
    }

    /// <summary>Takes a blueprint's rules, hooks and handlers.</summary>
    /// <param name="blueprint">It cannot be changed from here on.</param>
    /// <param name="urlPrefix">Instead of its own prefix.</param>
    /// <param name="name">Instead of its own name; needed to register it twice.</param>
    /// <param name="subdomain">Instead of its own subdomain.</param>
    /// <param name="defaults">Values for its rules' variables, besides its own.</param>
    /// <exception cref="ModularException">The name is taken, or a rule is wrong.</exception>
    public ModularApp Register(Blueprint blueprint, string? urlPrefix = null, string? name = null, string? subdomain = null,
        IReadOnlyDictionary<string, object?>? defaults = null)
    {
        CheckChange();
        _setup.Register(blueprint, BlueprintPlace.Of(blueprint, urlPrefix, name, subdomain, defaults));
        return this;
    }

    /// <summary>Is asked for a URL that no rule can build; the first URL given is taken. As Flask's <c>url_build_error_handlers</c>.</summary>
    /// <remarks>Order: as added.</remarks>
    public ModularApp UrlBuildError(UrlBuildErrorHandler handler)
    {
        CheckChange();
        _setup.UrlBuildErrors.Add(handler);
        return this;
    }

    /// <summary>True when a rule of the endpoint takes all these variables.</summary>
    public bool IsEndpointExpecting(string endpoint, params ReadOnlySpan<string> variables) => _setup.Routes.IsEndpointExpecting(endpoint, variables);

    /// <summary>The methods that some rule answers on a decoded path, sorted; empty when no rule matches it. It freezes the application.</summary>
    /// <param name="path">As <c>/user/John Doe</c>.</param>
    /// <param name="domain">The host or the subdomain, where these are matched. Default: <see cref="RoutingOptions.DefaultSubdomain"/>.</param>
    public IReadOnlyList<string> AllowedMethods(string path, string? domain = null)
    {
        Freeze();
        return _setup.Routes.AllowedMethods(path, domain ?? (Options.Routing.SubdomainMatching ? Options.Routing.DefaultSubdomain : ""));
    }

    /// <summary>Opens a file below the root path, for reading.</summary>
    /// <exception cref="ModularException">The path leads out of the root path.</exception>
    public Stream OpenResource(string path) => File.OpenRead(SafeJoin.Join(Options.RootPath, path) ?? throw new ModularException(
        $"Resource \"{path}\" lies outside of the application's folder. Write a path below {nameof(ModularOptions.RootPath)}, such as \"data/schema.sql\"."));

    /// <summary>Adds a converter, to be used in rules as <c>&lt;name:variable&gt;</c>.</summary>
    /// <param name="name">A word.</param>
    /// <param name="make">Makes one for each use in a rule, from what stands in its parentheses.</param>
    /// <exception cref="ModularException">The name is taken.</exception>
    public ModularApp Converter(string name, Func<ConverterArguments, UrlConverter> make)
    {
        CheckChange();
        _setup.Converters.Add(name, make);
        return this;
    }

    /// <summary>What a plugin keeps for this application.</summary>
    /// <exception cref="ModularException">No plugin provides the slot.</exception>
    public T Get<T>(Slot<T> slot) where T : class =>
        TryGet(slot) ?? throw slot.NotInstalled(
            $"Application slot {slot} was read, but no plugin of this application provides it. Install the plugin that it belongs to.");

    /// <summary>What a plugin keeps for this application; null when no plugin provides the slot.</summary>
    public T? TryGet<T>(Slot<T> slot) where T : class
    {
        var plugins = _setup.Plugins.Installed;
        for (var i = 0; i < plugins.Count; i++)
            foreach (var (known, value) in plugins[i].Provided)
                if (ReferenceEquals(known, slot)) return (T)value;
        return null;
    }

    /// <summary>The installed plugins, outermost first, each with what it declared. Also of an application that cannot start.</summary>
    public IReadOnlyList<PluginDescription> Plugins => [.. _setup.Plugins.Sorted.Select(plugin => new PluginDescription(plugin))];

    internal override void Take(RouteSpec spec) => _setup.Add(spec, BlueprintPlace.None);

    internal override void CheckChange([CallerMemberName] string word = "")
    {
        if (_isFrozen) throw new ModularException(
            $"app.{word} was used after the application had started answering. Do it before app.Run() and before the first request.");
    }

    internal AppSetup Setup => _setup;

    internal static readonly Slot<ModularApp> Slot = new("application");
}
