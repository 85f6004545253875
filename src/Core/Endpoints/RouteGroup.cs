namespace Modular;

/// <summary>The members that an application and a blueprint share: rules, hooks and error handlers. Flask's <c>Scaffold</c>.</summary>
public abstract partial class RouteGroup
{
    internal RouteGroup() { }

    internal List<(string Name, object Value)> Contributed { get; } = [];
    internal List<object> Metadata { get; } = [];
    internal List<EndpointFilter> Filters { get; } = [];

    internal abstract void CheckChange([CallerMemberName] string word = "");
    internal abstract void Take(RouteSpec spec);
    internal virtual void Declare(string word, string? name) { }

    internal void Join(RouteGroup part)
    {
        Hooks.Join(part.Hooks);
        Preprocessors.AddRange(part.Preprocessors);
        Defaults.AddRange(part.Defaults);
        Contributed.AddRange(part.Contributed);
        Filters.AddRange(part.Filters);
        Metadata.AddRange(part.Metadata);
    }

    RouteGroup Change(Action change, string word, string? name = null)
    {
        CheckChange(word);
        Declare(word, name);
        change();
        return this;
    }

    /// <summary>Passes a named value to a plugin, installed or not, which reads it with <see cref="ModularApp.Contributions"/>.</summary>
    public RouteGroup Contribute<T>(string name, T value, [CallerMemberName] string word = "") where T : class =>
        Change(() => Contributed.Add((name, value)), word, name);

    /// <summary>Adds metadata to all endpoints of this scope and of the blueprints inside it. A rule's own metadata comes later.</summary>
    public RouteGroup WithMetadata(params object[] items) => Change(() => Metadata.AddRange(items), nameof(WithMetadata));

    /// <summary>Runs around each view, after all before hooks and guards. It returns the response of <c>next()</c>, or another.</summary>
    /// <remarks>Order: the plugins' are outermost, then the application's, the blueprints' and the rule's own.</remarks>
    public RouteGroup EndpointFilter(Func<RequestContext, Func<ValueTask<Response>>, ValueTask<Response>> filter) =>
        Change(() => Filters.Add(new(filter)), nameof(EndpointFilter));

    /// <summary>Adds a name to every template of the application. It is evaluated once for each page that reads it.</summary>
    /// <remarks>Order: the last one of a name counts, and the application's before a plugin's.</remarks>
    public RouteGroup TemplateGlobal(string name, Func<RequestContext, object?> value) => Contribute(name, value);

    /// <summary>Binds a rule to a <see cref="MethodView"/>. The endpoint is the class's name by default.</summary>
    /// <exception cref="ModularException">The class has no such method, or one of them can't be bound.</exception>
    public RouteHandlerBuilder Route<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        string rule, string? endpoint = null, RuleOptions? options = null)
        where T : MethodView
    {
        var methods = MethodView.MethodsOf(typeof(T));
        if (options?.Methods is not null) throw new ModularException($"Rule \"{rule}\" has a list of methods, but the methods of "
            + $"{typeof(T).Name} decide. Remove Methods from the options, or the method that the rule must not have from the class.");
        var given = (options ?? new()).Copy();
        if (methods.Any(method => method.Name == "Options")) given.ProvideAutomaticOptions ??= false;
        return new(methods.Select(method => AddRule(rule, IdentityOf<T>, parsed => new ViewBinder(method, typeof(T), parsed),
            endpoint ?? typeof(T).Name, [method.Name], given, [typeof(T), method])).ToList());
    }

    // Identifies the class, as a view's delegate identifies the view.
    static Type IdentityOf<T>() => typeof(T);

    internal void AddStatic(string path, string? url, string? host = null) => Serve(
        url ?? "/" + Path.GetFileName(path.TrimEnd('/', '\\')), "static", host,
        (http, name, options) => Response.FileIn(path, http, name, options));

    /// <summary>Serves the files of a provider, such as a plugin's embedded ones, at a URL. The endpoint is <c>static</c>.</summary>
    /// <param name="url">Such as <c>/wiki-assets</c>, after the blueprint's prefix.</param>
    public RouteHandlerBuilder Static(string url, IFileProvider files, string endpoint = "static") =>
        Serve(url, endpoint, null, (http, name, options) => Response.FileIn(files, http, name, options));

    // The file's name by name: the prefix or the host around the rule may have variables of its own.
    RouteHandlerBuilder Serve(string url, string endpoint, string? host, Func<HttpContext, string, SendFileOptions, Response> file) =>
        Route($"{url.TrimEnd('/')}/<path:filename>", () => file(Locals.Need().Http, FileName(Locals.Need()),
            SendFileOptions.Of(null, Locals.Need().Plan.Options.SendFileMaxAge)),
            endpoint, options: new() { Host = host }).ExcludeFromDescription();

    static string FileName(RequestContext context) => ViewValues.Text(context, context.Rule!.IndexOf("filename"));

    RouteHandlerBuilder Add(
        string rule, Delegate handler, string? endpoint, string[]? methods, RuleOptions? options, string? text = null) => AddRule(
            rule, handler, parsed => new ViewBinder(handler, What(parsed), ViewKind.View, parsed, text: text), endpoint, methods, options);

    // The overloads know these shapes, so that they need no generated code.
    static Func<T, TResult> Shaped<T, TResult>(Func<T, TResult> view) => ViewShapes.Known(view, static (view, at) => view(at.Get<T>(0)));
    static Func<T1, T2, TResult> Shaped<T1, T2, TResult>(Func<T1, T2, TResult> view) =>
        ViewShapes.Known(view, static (view, at) => view(at.Get<T1>(0), at.Get<T2>(1)));
    static TextView<T> Shaped<T>(TextView<T> view) => ViewShapes.Known(view, static (view, at) => view(at.Get<string>(0)));
    static Action<T> Shaped<T>(Action<T> view) =>
        ViewShapes.Known(view, static (view, at) => { view(at.Get<T>(0)); return default(ValueTask); });
    static Action<T1, T2> Shaped<T1, T2>(Action<T1, T2> view) =>
        ViewShapes.Known(view, static (view, at) => { view(at.Get<T1>(0), at.Get<T2>(1)); return default(ValueTask); });

    static string What(Rule rule) => $"the view for rule \"{rule}\"";

    RouteHandlerBuilder AddRule(string rule, Delegate handler, Func<Rule, ViewBinder> source, string? endpoint, string[]? methods,
        RuleOptions? options, MemberInfo[]? attributed = null)
    {
        if (handler is null) throw new ModularException($"Rule \"{rule}\" has no view. Pass a method or a lambda.");
        var (own, given) = (handler.Method.GetCustomAttribute<MethodsAttribute>(), (options ?? new()).Copy());
        if (given.Defaults is { } defaults) given.Defaults = new Dictionary<string, object?>(defaults);
        var isEmpty = own is { Methods.Count: 0, Required.Length: 0, ProvideAutomaticOptions: true };      // [Methods] alone says nothing
        if ((methods ?? given.Methods ?? (isEmpty ? own!.Methods : null)) is { Count: 0 }) throw new ModularException(
            $"Rule \"{rule}\" has an empty list of methods. Write methods: [\"GET\", \"POST\"], or leave the list out for GET.");
        if (own is { ProvideAutomaticOptions: false }) given.ProvideAutomaticOptions ??= false;
        var spec = new RouteSpec
        {
            Rule = rule, Endpoint = endpoint, Options = given,
            Handler = handler, Source = source, Attributed = attributed ?? [handler.Method],
            Methods = [.. methods ?? given.Methods ?? (own is { Methods.Count: > 0 } ? own.Methods : ["GET"]), .. own?.Required ?? []],
        };
        RuleMethods.Check(spec.Rule, spec.Endpoint, spec.Methods);
        Change(() => Take(spec), "Route", rule);
        return new([spec.Builder]);
    }
}
