namespace Modular;

/// <summary>The data of one request; a parameter of views, and <c>Current</c>. An application context has no request.</summary>
/// <remarks>Thread: for all tasks of one request. After its end, every member throws <see cref="ModularException"/>.</remarks>
public sealed class RequestContext
{
    readonly HttpContext? _http;
    readonly RequestPipeline _pipeline;
    volatile bool _hasEnded;
    Request? _request;
    RequestItems? _items;
    IServiceProvider? _services;
    SlotValues _slots;
    List<Func<Response, ValueTask<Response>>>? _afterThis;
    bool _isSaved;

    static readonly List<Func<Response, ValueTask<Response>>> TooLate = [];       // instead of a list: the hooks have run

    internal RequestContext(RequestPipeline pipeline, HttpContext? http) => (_pipeline, _http) = (pipeline, http);

    /// <summary>The request's own data.</summary>
    /// <exception cref="ModularException">This is an application context.</exception>
    public Request Request => Alive()._request ?? MakeRequest();

    /// <summary>ASP.NET's context.</summary>
    /// <exception cref="ModularException">This is an application context.</exception>
    public HttpContext Http => Alive()._http ?? throw WithoutRequest(nameof(Http));

    /// <summary>The application's data for this request.</summary>
    public RequestItems G => Alive()._items ?? Interlocked.CompareExchange(ref _items, new(), null) ?? _items;

    /// <summary>False in an application context.</summary>
    public bool HasRequest => Alive()._http is not null;

    /// <summary>The request's services: the application's own, and those of the host that it is mounted in.</summary>
    public IServiceProvider Services => Alive()._services ?? OpenServices();

    /// <summary>For generated code: true when functions add values to URLs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool HasUrlDefaults => Plan.HasUrlDefaults;

    /// <summary>Cancelled when the client disconnects.</summary>
    public CancellationToken RequestAborted => Alive()._http?.RequestAborted ?? CancellationToken.None;

    /// <summary>The matched endpoint's name, such as <c>login</c> or <c>blog.show</c>; null when no rule matched.</summary>
    public string? Endpoint => Alive().Target?.Name;

    /// <summary>The matched rule; null when none did.</summary>
    public Rule? Rule => Alive().Target is null ? null : Match.Rule;

    internal IReadOnlyDictionary<string, object?>? ViewArgs => Alive().Target is null ? null : ChangedValues ?? Match.Values.ToDictionary();

    /// <summary>True when the response has been sent, or the scope was disposed of.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>True once the plugins are saving. Later changes of their data would be lost.</summary>
    public bool IsSaved => Alive()._isSaved;

    /// <summary>Reports an event, such as a sent mail, to the <see cref="IRequestObserver"/>, if there is one.</summary>
    public void Notify(object what)
    {
        if (Alive()._http is not null) _pipeline.Observer?.OnEvent(this, what);
    }

    /// <summary>Makes this context current for an <see cref="IRequestObserver"/> until the result is disposed of.</summary>
    public IDisposable Enter() => new Locals.Entry(Alive());

    /// <summary>A plugin's value for this request, created on the first read.</summary>
    /// <exception cref="ModularException">No plugin of this application opens the slot.</exception>
    public T Get<T>(Slot<T> slot) where T : class => Find(slot) ?? Open(slot) ?? throw slot.NotInstalled(
        $"Slot {slot} was read, but no plugin of this application opens it."
        + " Install the plugin that it belongs to before the first request.");

    /// <summary>As <see cref="Get"/>, and awaits the value of a slot that is filled asynchronously. It is filled once.</summary>
    /// <exception cref="ModularException">No plugin of this application opens the slot.</exception>
    public async ValueTask<T> GetAsync<T>(Slot<T> slot) where T : class
    {
        if (Find(slot) is { } value) return value;
        if (!Plan.AsyncOpeners.TryGetValue(slot, out var open)) return Get(slot);
        Lazy<Task<object>> opening;
        lock (Gate) opening = (Lazy<Task<object>>)_slots.GetOrSet(open, new Lazy<Task<object>>(() => open(this)));
        return (T)Open(slot, await opening.Value);
    }

    /// <summary>The current value of a slot; null when it wasn't read or set in this request.</summary>
    public T? Find<T>(Slot<T> slot) where T : class => Alive()._slots.Find(slot);

    /// <summary>Puts a value into a slot for the rest of the request.</summary>
    /// <exception cref="ModularException">No plugin of this application opens the slot.</exception>
    public void Set<T>(Slot<T> slot, T value) where T : class
    {
        if (!Alive().Plan.Openers.Any(opener => opener.Slot == (object)slot)) throw slot.NotInstalled(
            $"Slot {slot} was set, but no plugin of this application declares it. Call builder.AddRequestSlot for it in Install.");
        lock (Gate) _slots.Set(slot, value);
    }

    /// <summary>The slots that have a value, and then those that plugins could open, for error pages. Opens none of them.</summary>
    public IReadOnlyList<RequestSlot> Slots => Alive()._slots.Entries is var filled ?
    [
        .. filled.Where(entry => entry.Slot is ISlot).Select(entry => new RequestSlot(entry.Slot, entry.Value)),
        .. Plan.Openers.Where(opener => !filled.Any(entry => entry.Slot == opener.Slot))
            .Select(opener => new RequestSlot(opener.Slot, null, () => Open(opener.Slot, opener.Open(this)))),
    ] : [];

    internal void AfterThisRequest(Func<Response, ValueTask<Response>> hook)
    {
        Alive();
        lock (Gate)
        {
            var hooks = Interlocked.CompareExchange(ref _afterThis, [hook], null);
            if (hooks == TooLate) throw new ModularException("AfterThisRequest was called when the request's after hooks had run,"
                + " so the hook would never run. Call it in the view, or in a hook before.");
            hooks?.Add(hook);
        }
    }

    internal AppPlan Plan => Alive("App")._pipeline.Plan;
    internal UrlBuilder Urls => Alive("App")._pipeline.Urls;
    internal RequestPipeline Pipeline => _pipeline;
    internal HttpContext? ServerContext => _http;                            // also when the request has ended
    internal string Path { get; set; } = "/";
    internal RouteMatch Match;                                               // valid when there is a request
    internal ViewEndpoint? Target { get; set; }                              // null for an error of routing
    internal HttpException? RoutingError { get; set; }                       // created on first use, from the match
    internal Dictionary<string, object?>? ChangedValues { get; set; }        // by preprocessors; else values are read from the path
    internal UrlBinding? Binding { get; set; }                               // the base for URLs; null until it is needed
    internal Exception? Unhandled { get; set; }
    internal bool IsOpen { get; set; }
    internal MiddlewareState? Middleware { get; init; }                      // null without middleware of app.UseMiddleware
    internal MountedRequest? Mounted { get; set; }                           // null in the application's own host
    internal OneAtATime? Writing { get; init; }                              // null when no outer layer can abandon the request
    internal bool IsAbandoned => Writing is { IsClosed: true };
    internal IAsyncDisposable? Scope { get; set; }                           // of Services; null when the host owns it
    internal HookChain Hooks => Target?.Hooks ?? Plan.AppHooks;

    internal bool HasAfterThis => Interlocked.CompareExchange(ref _afterThis, TooLate, null) is not null;

    // A response of another request still has that request's cookies.
    internal Response Own(Response response) => response.TryOwn(this) ? response : throw new ModularException(
        "A response of another request was returned, with the cookies and headers of that request."
        + " Make a new one for each request: () => new Response(…).");

    internal Func<Response, ValueTask<Response>>? AfterThis(int index)
    {
        if (!HasAfterThis) return null;
        lock (Gate)
        {
            if (index < _afterThis!.Count) return _afterThis[index];
            _afterThis = TooLate;
            return null;
        }
    }

    internal void Save() => _isSaved = true;

    // Middleware called next again.
    internal RequestContext Restarted()
    {
        lock (Gate) (_afterThis, _isSaved) = (null, false);
        return this;
    }

    // Middleware changed the path or the method.
    internal void Unmatch()
    {
        lock (Gate)
        {
            if (_request is { } request) Middleware!.Earlier.Add(request);
            _request = null;
        }
        (Target, RoutingError, ChangedValues, Binding) = (null, null, null, null);
    }

    internal bool IsReading => _request?.Reading is not null || Middleware is { Earlier.Count: > 0 };

    // Ends the reading of the body, also in a pipeline that its middleware abandoned.
    internal async ValueTask StopReading()
    {
        foreach (var request in (Request?[])[.. Middleware?.Earlier ?? [], _request])
            if (request?.Reading is { } body) await body.StopAsync();
    }

    internal void End()
    {
        _hasEnded = true;
        _request?.End();
        Middleware?.Earlier.ForEach(request => request.End());
    }

    // Most requests need none.
    Lock Gate => field ?? Interlocked.CompareExchange(ref field, new(), null) ?? field;

    internal RequestContext Alive([CallerMemberName] string word = "") => _hasEnded ? throw Ended(word) : this;

    T? Open<T>(Slot<T> slot) where T : class
    {
        foreach (var opener in Plan.Openers) if (ReferenceEquals(opener.Slot, slot)) return (T)Open(slot, opener.Open(this));
        return null;
    }

    // When two tasks open a slot at once, both get the value of the first to finish.
    object Open(object slot, object value)
    {
        Alive(nameof(Slots));
        lock (Gate) return _slots.GetOrSet(slot, value);
    }

    Request MakeRequest()
    {
        var http = _http ?? throw WithoutRequest(nameof(Request));
        lock (Gate) return _request ??= new(http, Target?.Limits ?? Plan.Options.Limits)
        {
            FormReaders = Plan.FormReaders.Count > 0 ? FormReader : null,
            Time = Plan.Time,
            Endpoint = Target?.Name,
            Rule = Rule,
            BlueprintNames = Target?.Blueprints ?? [],
            ViewArgsSource = () => ViewArgs,
            RoutingExceptionSource = () => _pipeline.RoutingErrorOf(this),
            JsonOptions = Plan.Options.Json ?? JsonDefaults.Reading,
        };
    }

    Func<Stream, CancellationToken, ValueTask<MultiDict>>? FormReader(string mediaType) =>
        Plan.FormReaders.TryGetValue(mediaType, out var read) ? (body, cancellationToken) => read(this, body, cancellationToken) : null;

    IServiceProvider OpenServices()
    {
        lock (Gate) return _services ??= _pipeline.OpenServices(this, _http);
    }

    static ModularException WithoutRequest(string word) => new($"Current.{word} was read in an application context, which has no request."
        + " Read it in a view, or in a test inside: using var _ = app.TestRequestContext(\"/\").");

    internal static ModularException Ended(string word) => new($"Current.{word} was read after its request had ended."
        + " Read what you need before the task starts, or await it in the view.");
}
