namespace Modular;

public abstract partial class RouteGroup
{
    internal HookSet Hooks { get; } = new();
    internal List<UrlValuePreprocessor> Preprocessors { get; } = [];
    internal List<UrlDefaults> Defaults { get; } = [];

    /// <summary>Runs before each request's view. What it returns ends the request, except null or an assignment.</summary>
    /// <remarks>Order: as added, the application's before its blueprints'. Its parameters are filled as a view's.</remarks>
    /// <exception cref="ModularException">It returns a value that can't be a response, or is <c>async void</c>.</exception>
    public RouteGroup BeforeRequest(Delegate hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, hookText);
    /// <inheritdoc cref="BeforeRequest(Delegate, string)"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup BeforeRequest(Func<Response?> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, hookText);
    /// <inheritdoc cref="BeforeRequest(Delegate, string)"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup BeforeRequest(Func<RequestContext, Response?> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, Shaped(hook), hookText);
    /// <inheritdoc cref="BeforeRequest(Delegate, string)"/>
    public RouteGroup BeforeRequest(Action<RequestContext> hook) => Add(ViewKind.Before, Shaped(hook));
    /// <inheritdoc cref="BeforeRequest(Delegate, string)"/>
    public RouteGroup BeforeRequest<T>(Func<RequestContext, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, Shaped(hook), hookText);

    /// <summary>Runs after each request's view, also after an error. It may change the response, or return another one.</summary>
    /// <remarks>Order: the last added first, the innermost blueprint's before the application's. Takes what a view takes.</remarks>
    /// <exception cref="ModularException">It returns a value that isn't a response, or is <c>async void</c>.</exception>
    public RouteGroup AfterRequest(Delegate hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.After, hook, hookText);
    /// <inheritdoc cref="AfterRequest(Delegate, string)"/>
    public RouteGroup AfterRequest(Action<Response> hook) => Add(ViewKind.After, Shaped(hook));
    /// <inheritdoc cref="AfterRequest(Delegate, string)"/>
    public RouteGroup AfterRequest(Action<RequestContext, Response> hook) => Add(ViewKind.After, Shaped(hook));
    /// <inheritdoc cref="AfterRequest(Delegate, string)"/>
    public RouteGroup AfterRequest<T>(Func<Response, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.After, Shaped(hook), hookText);
    /// <inheritdoc cref="AfterRequest(Delegate, string)"/>
    public RouteGroup AfterRequest<T>(Func<RequestContext, Response, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.After, Shaped(hook), hookText);

    /// <summary>Runs after the last byte of each response, and receives the unhandled exception or null.</summary>
    /// <remarks>Order: the last added first, the innermost blueprint's before the application's. All run, also when one throws.</remarks>
    /// <exception cref="ModularException">It returns a value, or it is <c>async void</c>.</exception>
    public RouteGroup TeardownRequest(Delegate hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Teardown, hook, hookText);
    /// <inheritdoc cref="TeardownRequest(Delegate, string)"/>
    public RouteGroup TeardownRequest(Action<Exception?> hook) => Add(ViewKind.Teardown, Shaped(hook));
    /// <inheritdoc cref="TeardownRequest(Delegate, string)"/>
    public RouteGroup TeardownRequest(Action<RequestContext, Exception?> hook) => Add(ViewKind.Teardown, Shaped(hook));
    /// <inheritdoc cref="TeardownRequest(Delegate, string)"/>
    public RouteGroup TeardownRequest<T>(Func<Exception?, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Teardown, Shaped(hook), hookText);
    /// <inheritdoc cref="TeardownRequest(Delegate, string)"/>
    public RouteGroup TeardownRequest<T>(
        Func<RequestContext, Exception?, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Teardown, Shaped(hook), hookText);

    /// <summary>Handles an HTTP error, 400 to 599. The handler of 500 handles all unhandled exceptions.</summary>
    /// <remarks>Return the status too, as in <c>("Not here", 404)</c>: the default is 200.</remarks>
    /// <exception cref="ModularException">The status isn't an error, has a handler, or the handler can't be bound.</exception>
    public RouteGroup ErrorHandler(int status, Delegate handler) => AddError(status, handler);
    /// <inheritdoc cref="ErrorHandler(int, Delegate)"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup ErrorHandler(int status, Func<Response> handler) => AddError(status, handler);
    /// <inheritdoc cref="ErrorHandler(int, Delegate)"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup ErrorHandler(int status, Func<HttpException, Response> handler) => AddError(status, Shaped(handler));
    /// <inheritdoc cref="ErrorHandler(int, Delegate)"/>
    public RouteGroup ErrorHandler<T>(int status, Func<HttpException, T> handler) => AddError(status, Shaped(handler));

    /// <summary>Handles exceptions of a type and of types derived from it. The nearest type wins.</summary>
    /// <exception cref="ModularException">The type has a handler already, or the handler can't be bound.</exception>
    public RouteGroup ErrorHandler<TException>(Delegate handler) where TException : Exception => AddError(typeof(TException), handler);
    /// <inheritdoc cref="ErrorHandler{TException}(Delegate)"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup ErrorHandler<TException>(Func<TException, Response> handler) where TException : Exception =>
        AddError(typeof(TException), Shaped(handler));
    /// <inheritdoc cref="ErrorHandler{TException}(Delegate)"/>
    public RouteGroup ErrorHandler<TException>(Func<TException, Task<Response>> handler) where TException : Exception =>
        AddError(typeof(TException), Shaped(handler));

    /// <summary>Reads or changes the values of each matched rule before its hooks; as Flask's <c>url_value_preprocessor</c>.</summary>
    /// <remarks>Order: the application's, also when no rule matched, then its blueprints', outermost first.</remarks>
    public RouteGroup UrlValuePreprocessor(UrlValuePreprocessor hook) => Add(Preprocessors, hook, "a UrlValuePreprocessor");

    /// <summary>Adds values to the URLs that are built for endpoints of this scope; as Flask's <c>url_defaults</c>.</summary>
    public RouteGroup UrlDefaults(UrlDefaults hook) => Add(Defaults, hook, "a UrlDefaults function");

    static string What(ViewKind kind) => $"{(kind == ViewKind.After ? "an" : "a")} {kind}Request hook";

    RouteGroup Add<T>(List<T> hooks, T hook, string what, [CallerMemberName] string word = "") where T : Delegate
    {
        Callback.RefuseAsyncVoid(hook, what);
        return Change(() => hooks.Add(hook), word);
    }

    RouteGroup Add(ViewKind kind, Delegate hook, string? text = null)
    {
        var binder = new ViewBinder(hook, What(kind), kind, text: text);
        return Change(() => Hooks.Add(kind, binder.BindHandler), $"{kind}Request");
    }

    RouteGroup AddError(object key, Delegate handler)
    {
        if (key is int status && !HttpStatus.IsError(status)) throw new ModularException(
            $"ErrorHandler({HookSet.NameOf(key)}, …) isn't for an HTTP error. " +
            "Write a status code such as 404, or an exception type: ErrorHandler<MyError>(…).");
        var binder = new ViewBinder(handler, $"the error handler of {HookSet.NameOf(key)}", ViewKind.Error, error: key as Type);
        return Change(() => Hooks.AddError(key, binder.BindHandler), nameof(ErrorHandler), HookSet.NameOf(key));
    }

    internal static void AfterThis<T>(RequestContext context, Delegate written, Func<Response, T> hook, string? text)
    {
        const string What = "a hook of AfterThisRequest";
        Callback.RefuseAsyncVoid(written, What);
        ViewAttributes.CheckHook(written, What);
        if (!HookText.Assigns(text)) ViewAnswer.Check(typeof(T), ViewKind.After, What);
        var answer = ViewAnswer.Of<T>(ViewKind.After, What, HookText.Assigns(text));
        context.AfterThisRequest(new Func<Response, ValueTask<Response>>(response =>
            answer(context.Plan.Part(ResponseConverter.Slot), context, hook(response), response)));
    }
}
