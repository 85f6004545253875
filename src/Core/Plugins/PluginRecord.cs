using Microsoft.Extensions.Configuration;

namespace Modular;

/// <summary>One installed plugin and everything that it declared.</summary>
sealed class PluginRecord : IPluginHost
{
    bool _installed;

    internal PluginRecord(IPlugin plugin, IServiceCollection services, IConfiguration config, Func<string, ILogger> logger)
    {
        (Card, Services, Config) = (plugin.Card, services, config);
        Logger = logger(Card.Id);
        Version = Card.Version ?? plugin.GetType().Assembly.GetName().Version?.ToString(3);
        AppScope = new(this, null);
    }

    public PluginCard Card { get; }

    /// <summary>The card's, or that of the plugin's assembly.</summary>
    internal string? Version { get; }

    internal PluginScope AppScope { get; }
    internal List<PluginScope> BlueprintScopes { get; } = [];

    /// <summary>The application's, then those of blueprints.</summary>
    internal IEnumerable<PluginScope> Scopes => BlueprintScopes.Prepend(AppScope);

    internal List<(object Slot, Func<RequestContext, object> Open)> Openers { get; } = [];
    internal List<BeforeHook> EarlyOpeners { get; } = [];
    internal List<SaveHook> Saves { get; } = [];
    internal List<Func<IServiceProvider, IEnumerable<string>>> Checks { get; } = [];
    internal List<Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>>> Layers { get; } = [];
    internal List<(object Slot, object Value)> Provided { get; } = [];
    internal List<(string Name, Func<ConverterArguments, UrlConverter> Make)> Converters { get; } = [];
    internal List<(Type Type, Func<RequestContext, object, Response> Convert)> ResponseConverters { get; } = [];
    internal List<(string MediaType, Func<RequestContext, Stream, CancellationToken, ValueTask<MultiDict>> Read)> FormReaders { get; } = [];
    internal List<(Type Type, PluginParameter Parameter)> ViewParameters { get; } = [];
    internal List<Func<RunDelegate, RunDelegate>> RunLayers { get; } = [];

    /// <summary>See <see cref="PluginDescription.Declared"/>.</summary>
    internal List<(string Word, string Name)> Declared { get; } = [];

    public Scaffold App => AppScope;
    public IServiceCollection Services { get; }
    public IConfiguration Config { get; }
    public ILogger Logger { get; }

    public Scaffold In(Blueprint blueprint)
    {
        CheckChange(nameof(In));
        var scope = BlueprintScopes.Find(scope => scope.Blueprint == blueprint);
        if (scope is null) BlueprintScopes.Add(scope = new(this, blueprint));
        return scope;
    }

    public void Open<T>(Slot<T> slot, Func<RequestContext, T> open) where T : class => Declare(Openers, (slot, open), $"{slot}");

    public void Open<T>(Slot<T> slot, Func<RequestContext, ValueTask<T?>> open, Func<RequestContext, T> otherwise) where T : class
    {
        Declare(Openers, (slot, otherwise), $"{slot}");
        EarlyOpeners.Add(async context =>
        {
            if (await open(context) is { } value) context.Set(slot, value);
            return null;
        });
    }

    public void Save(Func<RequestContext, Response, ValueTask> save, Func<RequestContext, bool>? when = null) => Declare(Saves, new(save, when));

    public void Wrap(Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer) => Declare(Layers, layer);

    public void Provide<T>(Slot<T> slot, T value) where T : class => Declare(Provided, (slot, value), $"{slot}");

    public void Check(Func<IServiceProvider, string?> check) => Declare(Checks, services => check(services) is { } problem ? [problem] : []);

    public void Check(Func<IServiceProvider, IEnumerable<string>> check) => Declare(Checks, check);

    public void Converter(string name, Func<ConverterArguments, UrlConverter> make) => Declare(Converters, (name, make), name);

    public void ResponseConverter<T>(Func<RequestContext, T, Response> convert) where T : class =>
        Declare(ResponseConverters, (typeof(T), (context, value) => convert(context, (T)value)), TypeName.Of(typeof(T)));

    public void FormReader(string mediaType, Func<RequestContext, Stream, CancellationToken, ValueTask<MultiDict>> read) => Declare(FormReaders, (mediaType, read), mediaType);

    public void ViewParameter<T>(Func<RequestContext, T> value, bool readsBody = false) where T : class =>
        Declare(ViewParameters, (typeof(T), new PluginParameter(value, readsBody)), TypeName.Of(typeof(T)));

    public void Run(Func<RunDelegate, RunDelegate> layer) => Declare(RunLayers, layer);

    /// <summary>From here on its host refuses declarations.</summary>
    internal void Close() => _installed = true;

    internal void CheckChange(string word)
    {
        if (_installed) throw new ModularException(
            $"{Card.Id} called {word} on its host after it had been installed. Declare everything inside Install.");
    }

    void Declare<T>(List<T> list, T item, string name = "", [System.Runtime.CompilerServices.CallerMemberName] string word = "")
    {
        CheckChange(word);
        list.Add(item);
        Declared.Add((word, name));
    }
}
