using Microsoft.Extensions.Configuration;

namespace Modular;

/// <summary>What a plugin may add to an application. Everything is written down with the plugin's id; clashes are reported together before the first request.</summary>
/// <remarks>Start-up work is an <c>IHostedService</c> among the <see cref="Services"/>.</remarks>
public interface IPluginHost
{
    /// <summary>The plugin's own card.</summary>
    PluginCard Card { get; }

    /// <summary>The words of an application, for hooks, error handlers and endpoints of the plugin's own.</summary>
    /// <remarks>Order: plugins run around the application: their before hooks run first, their after hooks last.</remarks>
    Scaffold App { get; }

    /// <summary>The same words for one blueprint alone.</summary>
    Scaffold In(Blueprint blueprint);

    /// <summary>The services of the application.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of the application.</summary>
    IConfiguration Config { get; }

    /// <summary>A logger whose category is the plugin's id.</summary>
    ILogger Logger { get; }

    /// <summary>Fills a slot of the request when it is first read, and not at all when nobody reads it.</summary>
    void Open<T>(Slot<T> slot, Func<RequestContext, T> open) where T : class;

    /// <summary>Fills a slot of the request before its hooks run, for what must be awaited. Null leaves the slot to be filled on the first read, by <paramref name="otherwise"/>.</summary>
    void Open<T>(Slot<T> slot, Func<RequestContext, ValueTask<T?>> open, Func<RequestContext, T> otherwise) where T : class;

    /// <summary>Runs after all after hooks, as the last look at the response: the place to set a cookie.</summary>
    /// <param name="save">Gets the response as it will be sent.</param>
    /// <param name="when">Whether there is anything to save for a request; asked once, when its view and its hooks have run. A request without spares the making of a response object. Default: always.</param>
    void Save(Func<RequestContext, Response, ValueTask> save, Func<RequestContext, bool>? when = null);

    /// <summary>
    /// Puts a layer around the whole application, for what must see a request before a rule is matched, or an answer after its last byte.
    /// There is no context out there: <c>Current</c> is for those inside.
    /// </summary>
    /// <param name="layer">
    /// Called once, when the application is frozen, with the services that it runs with. A <see cref="ModularException"/> of it is told with all other problems of the set-up.
    /// </param>
    /// <remarks>Order: plugins' own, the outermost first. What was wrapped around <c>app.AppDelegate</c> by hand lies outside of them all.</remarks>
    void Wrap(Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>> layer);

    /// <summary>Keeps one value for the application, to be read by <c>app.Get(slot)</c>.</summary>
    void Provide<T>(Slot<T> slot, T value) where T : class;

    /// <summary>Looks at the finished set-up when the application is frozen. It gives what is wrong and what to write instead, or null; everything that is wrong is told together.</summary>
    /// <param name="check">Gets the services, of which the application itself is one, with those of a host that it is mounted in. Runs again for each host that is built for the application.</param>
    void Check(Func<IServiceProvider, string?> check);

    /// <inheritdoc cref="Check(Func{IServiceProvider, string})"/>
    /// <param name="check">As there; it gives everything that is wrong.</param>
    void Check(Func<IServiceProvider, IEnumerable<string>> check);

    /// <summary>Adds a converter, to be used in rules as <c>&lt;name:variable&gt;</c>.</summary>
    void Converter(string name, Func<ConverterArguments, UrlConverter> make);

    /// <summary>Makes answers of a type that views may return.</summary>
    void ResponseConverter<T>(Func<RequestContext, T, Response> convert) where T : class;

    /// <summary>Reads the forms of a media type while they arrive. The core itself reads url-encoded ones alone.</summary>
    /// <param name="mediaType">Without parameters, such as <c>multipart/form-data</c>. One plugin per type.</param>
    /// <param name="read">Gets the body, within its limits, before the view runs that may look at the form; gives the form's fields. A form that is not to be taken is an <see cref="HttpException"/>.</param>
    void FormReader(string mediaType, Func<RequestContext, Stream, CancellationToken, ValueTask<MultiDict>> read);

    /// <summary>Lets views take a parameter of a type, as they take a <c>Stream</c>.</summary>
    /// <param name="value">Makes it, once for each call of a view that takes it.</param>
    /// <param name="readsBody">True: such a view reads the body itself, by this value, while it arrives.</param>
    void ViewParameter<T>(Func<RequestContext, T> value, bool readsBody = false) where T : class;

    /// <summary>Adds a name to every template, evaluated once for each page that reads it.</summary>
    void TemplateGlobal(string name, Func<RequestContext, object?> value) => App.TemplateGlobal(name, value);

    /// <summary>Adds a filter to every template.</summary>
    /// <param name="name">As written in templates.</param>
    /// <param name="filter">Gets the value and the filter's arguments.</param>
    void TemplateFilter(string name, TemplateFilter filter) => App.TemplateFilter(name, filter);

    /// <summary>Adds a function that every template can call, with arguments by position and by name.</summary>
    /// <param name="name">As written in templates: <c>get_flashed_messages</c>.</param>
    /// <param name="function">Gets the arguments. Text that it returns is escaped; <see cref="Markup"/> is not.</param>
    void TemplateFunction(string name, Func<RequestContext, TemplateArguments, object?> function) => App.TemplateFunction(name, function);

    /// <summary>
    /// Puts a layer around <c>app.Run</c> and <c>app.RunAsync</c>. It may change the settings, do something instead of serving, and what is around it: a command line, a reloader.
    /// </summary>
    /// <param name="layer">Gets what is inside of it, and is called once for each run. What it returns is the exit code.</param>
    /// <remarks>Order: plugins' own, the outermost first. The application is set up but not frozen yet, and <c>app.Debug</c> is set from the settings by the innermost.</remarks>
    void Run(Func<RunDelegate, RunDelegate> layer);
}
