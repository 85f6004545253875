namespace Modular;

public abstract partial class RouteGroup
{
    internal HookSet Hooks { get; } = new();
    internal List<UrlValuePreprocessor> Preprocessors { get; } = [];
    internal List<UrlDefaults> Defaults { get; } = [];

    /// <summary>Runs before each request's view. What it returns ends the request, except null or an assignment.</summary>
    /// <remarks>Order: as added, the application's before its blueprints'. Its parameters are filled as a view's.</remarks>
    /// <exception cref="ModularException">It returns a value that can't be a response, or is <c>async void</c>.</exception>
    [OverloadResolutionPriority(1)]
    public RouteGroup BeforeRequest(Func<Response?> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, (_, _, _) => hook(), hookText);

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup BeforeRequest(Func<RequestContext, Response?> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, (context, _, _) => hook(context), hookText);

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public RouteGroup BeforeRequest(Action hook) => Add(ViewKind.Before, hook, (_, _, _) => hook());

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public RouteGroup BeforeRequest(Action<RequestContext> hook) => Add(ViewKind.Before, hook, (context, _, _) => hook(context));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public RouteGroup BeforeRequest<T>(Func<T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, (_, _, _) => hook(), hookText);

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public RouteGroup BeforeRequest<T>(Func<RequestContext, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, (context, _, _) => hook(context), hookText);

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public RouteGroup BeforeRequest(Delegate hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Before, hook, hookText);

    /// <summary>Runs after each request's view, also after an error. It may change the response, or return another one.</summary>
    /// <remarks>Order: the last added first, the innermost blueprint's before the application's. Takes what a view takes.</remarks>
    /// <exception cref="ModularException">It returns a value that isn't a response, or is <c>async void</c>.</exception>
    public RouteGroup AfterRequest(Action<Response> hook) => Add(ViewKind.After, hook, (_, response, _) => hook(response!));

    /// <inheritdoc cref="AfterRequest(Action{Response})"/>
    public RouteGroup AfterRequest(Action<RequestContext, Response> hook) =>
        Add(ViewKind.After, hook, (context, response, _) => hook(context, response!));

    /// <inheritdoc cref="AfterRequest(Action{Response})"/>
    public RouteGroup AfterRequest<T>(Func<Response, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.After, hook, (_, response, _) => hook(response!), hookText);

    /// <inheritdoc cref="AfterRequest{T}(Func{Response, T}, string)"/>
    public RouteGroup AfterRequest<T>(Func<RequestContext, Response, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.After, hook, (context, response, _) => hook(context, response!), hookText);

    /// <inheritdoc cref="AfterRequest{T}(Func{Response, T}, string)"/>
    public RouteGroup AfterRequest(Delegate hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.After, hook, hookText);

    /// <summary>Runs after the last byte of each response, and receives the unhandled exception or null.</summary>
    /// <remarks>Order: the last added first, the innermost blueprint's before the application's. All run, also when one throws.</remarks>
    /// <exception cref="ModularException">It returns a value, or it is <c>async void</c>.</exception>
    public RouteGroup TeardownRequest(Action<Exception?> hook) => Add(ViewKind.Teardown, hook, (_, _, error) => hook(error));

    /// <inheritdoc cref="TeardownRequest(Action{Exception})"/>
    public RouteGroup TeardownRequest(Action<RequestContext, Exception?> hook) =>
        Add(ViewKind.Teardown, hook, (context, _, error) => hook(context, error));

    /// <inheritdoc cref="TeardownRequest(Action{Exception})"/>
    public RouteGroup TeardownRequest<T>(Func<Exception?, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Teardown, hook, (_, _, error) => hook(error), hookText);

    /// <inheritdoc cref="TeardownRequest{T}(Func{Exception, T}, string)"/>
    public RouteGroup TeardownRequest<T>(
        Func<RequestContext, Exception?, T> hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Teardown, hook, (context, _, error) => hook(context, error), hookText);

    /// <inheritdoc cref="TeardownRequest{T}(Func{Exception, T}, string)"/>
    public RouteGroup TeardownRequest(Delegate hook, [CallerArgumentExpression("hook")] string? hookText = null) =>
        Add(ViewKind.Teardown, hook, hookText);

    /// <summary>Handles an HTTP error, 400 to 599. The handler of 500 handles all unhandled exceptions.</summary>
    /// <remarks>Return the status too, as in <c>("Not here", 404)</c>: the default is 200.</remarks>
    /// <exception cref="ModularException">The status isn't an error, has a handler, or the handler can't be bound.</exception>
    [OverloadResolutionPriority(1)]
    public RouteGroup ErrorHandler(int status, Func<Response> handler) => AddError(status, handler, (_, _) => handler());

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    [OverloadResolutionPriority(1)]
    public RouteGroup ErrorHandler(int status, Func<HttpException, Response> handler) =>
        AddError(status, handler, (_, error) => handler((HttpException)error));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    public RouteGroup ErrorHandler<T>(int status, Func<HttpException, T> handler) =>
        AddError(status, handler, (_, error) => handler((HttpException)error));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    public RouteGroup ErrorHandler(int status, Delegate handler) => AddError(status, handler);

    /// <summary>Handles exceptions of a type and of types derived from it. The nearest type wins.</summary>
    /// <exception cref="ModularException">The type has a handler already, or the handler can't be bound.</exception>
    [OverloadResolutionPriority(1)]
    public RouteGroup ErrorHandler<TException>(Func<TException, Response> handler) where TException : Exception =>
        AddError(typeof(TException), handler, (_, error) => handler((TException)error));

    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    public RouteGroup ErrorHandler<TException>(Func<TException, Task<Response>> handler) where TException : Exception =>
        AddError(typeof(TException), handler, (_, error) => handler((TException)error));

    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    public RouteGroup ErrorHandler<TException>(Delegate handler) where TException : Exception => AddError(typeof(TException), handler);

    /// <summary>Reads or changes the values of each matched rule before its hooks; as Flask's <c>url_value_preprocessor</c>.</summary>
    /// <remarks>Order: the application's, also when no rule matched, then its blueprints', outermost first.</remarks>
    public RouteGroup UrlValuePreprocessor(UrlValuePreprocessor hook) => Add(Preprocessors, hook, "a UrlValuePreprocessor");

    /// <summary>Adds values to the URLs that are built for endpoints of this scope; as Flask's <c>url_defaults</c>.</summary>
    public RouteGroup UrlDefaults(UrlDefaults hook) => Add(Defaults, hook, "a UrlDefaults function");

    internal static void AfterThis<T>(RequestContext context, Delegate written, Func<Response, T> hook, string? text)
    {
        var answer = Checked<T>(ViewKind.After, "a hook of AfterThisRequest", written, text);
        context.AfterThisRequest(new Func<Response, ValueTask<Response>>(response =>
            answer(context.Plan.Part(ResponseConverter.Slot), context, hook(response), response)));
    }

    static string What(ViewKind kind) => $"{(kind == ViewKind.After ? "an" : "a")} {kind}Request hook";
    static string WhatError(object key) => $"the error handler of {HookSet.NameOf(key)}";

    RouteGroup Add<T>(List<T> hooks, T hook, string what, [CallerMemberName] string word = "") where T : Delegate
    {
        Callback.RefuseAsyncVoid(hook, what);
        return Change(() => hooks.Add(hook), word);
    }

    RouteGroup Add<T>(ViewKind kind, Delegate written, Func<RequestContext, Response?, Exception?, T> hook, string? text = null) =>
        Add(kind, Bound(kind, What(kind), written, hook, text));

    RouteGroup Add(ViewKind kind, Delegate written, Action<RequestContext, Response?, Exception?> hook) =>
        Add(kind, written, (context, response, error) => { hook(context, response, error); return default(ValueTask); });

    RouteGroup Add(ViewKind kind, Delegate hook, string? text) => Add(kind, new ViewBinder(hook, What(kind), kind, text: text).BindHandler);

    RouteGroup Add(ViewKind kind, Func<ViewServices, Handler> bind) => Change(() => Hooks.Add(kind, bind), $"{kind}Request");

    RouteGroup AddError<T>(object key, Delegate written, Func<RequestContext, Exception, T> handler) =>
        AddError(key, Bound(ViewKind.Error, WhatError(key), written, (context, _, error) => handler(context, error!), null));

    RouteGroup AddError(object key, Delegate handler) =>
        AddError(key, new ViewBinder(handler, WhatError(key), ViewKind.Error, error: key as Type).BindHandler);

    RouteGroup AddError(object key, Func<ViewServices, Handler> bind)
    {
        if (key is int status && !HttpStatus.IsError(status)) throw new ModularException(
            $"ErrorHandler({HookSet.NameOf(key)}, …) isn't for an HTTP error. " +
            "Write a status code such as 404, or an exception type: ErrorHandler<MyError>(…).");
        return Change(() => Hooks.AddError(key, bind), nameof(ErrorHandler), HookSet.NameOf(key));
    }

    static Func<ViewServices, Handler> Bound<T>(
        ViewKind kind, string what, Delegate written, Func<RequestContext, Response?, Exception?, T> call, string? text)
    {
        var answer = Checked<T>(kind, what, written, text);
        return services => (context, response, error) => answer(services.Converter, context, call(context, response, error), response);
    }

    static Answer<T> Checked<T>(ViewKind kind, string what, Delegate written, string? text)
    {
        Callback.RefuseAsyncVoid(written, what);
        ViewAttributes.CheckHook(written, what);
        var assigns = HookText.Assigns(text);
        if (!assigns) ViewAnswer.Check(typeof(T), kind, what);
        return ViewAnswer.Of<T>(kind, what, assigns);
    }
}
