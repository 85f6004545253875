using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Modular;

/// <summary>What an application and a blueprint have in common: rules, hooks and error handlers (Flask's word for it).</summary>
public abstract partial class Scaffold
{
    internal Scaffold()
    {
    }

    internal HookSet Hooks { get; } = new();

    /// <summary>Throws when nothing may be changed any more.</summary>
    /// <param name="word">What was called.</param>
    internal abstract void CheckChange([CallerMemberName] string word = "");

    /// <summary>Takes a rule.</summary>
    internal abstract void Take(RouteSpec spec);

    /// <summary>Runs before each request's view. Give a response, or null to go on.</summary>
    /// <remarks>Order: as added, the application's before its blueprints'.</remarks>
    [OverloadResolutionPriority(1)]
    public void BeforeRequest(Action hook) => AddBefore(_ =>
    {
        hook();
        return default;
    });

    /// <inheritdoc cref="BeforeRequest(Action)"/>
    public void BeforeRequest(Func<Response?> hook) => AddBefore(_ => new(hook()));

    /// <inheritdoc cref="BeforeRequest(Action)"/>
    public void BeforeRequest(Func<RequestContext, ValueTask<Response?>> hook) => AddBefore(hook.Invoke);

    /// <inheritdoc cref="BeforeRequest(Action)"/>
    /// <summary>As the other overloads, for a hook of any shape: its parameters are filled as a view's.</summary>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public void BeforeRequest(Delegate hook)
    {
        CheckChange();
        var binder = new ViewBinder(hook, "a BeforeRequest hook");
        Hooks.Before.Add(binder.BindHook);
    }

    /// <summary>Runs after each request's view, also after an error, and may change the response.</summary>
    /// <remarks>Order: the last added first, the inmost blueprint's before the application's.</remarks>
    public void AfterRequest(Action<Response> hook) => AddAfter((_, response) =>
    {
        hook(response);
        return new(response);
    });

    /// <inheritdoc cref="AfterRequest(Action{Response})"/>
    /// <summary>Runs after each request's view, also after an error, and gives the response to send.</summary>
    public void AfterRequest(Func<Response, Response> hook) => AddAfter((_, response) => new(hook(response)));

    /// <inheritdoc cref="AfterRequest(Func{Response, Response})"/>
    public void AfterRequest(Func<RequestContext, Response, ValueTask<Response>> hook) => AddAfter(hook.Invoke);

    /// <summary>Runs when each request is over, after the last byte of its answer, whatever happened. It gets the exception that nobody handled, or null.</summary>
    /// <remarks>Order: the last added first, the inmost blueprint's before the application's. All run, also when one throws.</remarks>
    public void TeardownRequest(Action<Exception?> hook) => AddTeardown((_, error) =>
    {
        hook(error);
        return default;
    });

    /// <inheritdoc cref="TeardownRequest(Action{Exception?})"/>
    public void TeardownRequest(Func<RequestContext, Exception?, ValueTask> hook) => AddTeardown(hook.Invoke);

    /// <summary>Answers an HTTP error, such as 404. Give the status too, as in <c>("Not here", 404)</c>: what is returned is answered as a view's, with 200.</summary>
    /// <param name="status">400 to 599. 500 also takes what no other handler takes.</param>
    /// <param name="handler">Makes the answer.</param>
    /// <exception cref="ModularException">No error has this status, or it has a handler already.</exception>
    [OverloadResolutionPriority(1)]
    public void ErrorHandler(int status, Func<Response> handler) => AddError(status, _ => (_, _) => new(handler()));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    public void ErrorHandler(int status, Func<HttpException, Response> handler) => AddError(status, _ => (_, error) => new(handler((HttpException)error)));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public void ErrorHandler(int status, Delegate handler) =>
        AddError(status, new ViewBinder(handler, $"the error handler of {status}", takesError: true).BindError);

    /// <summary>Answers an exception of a type, or of one derived from it. The nearest type wins.</summary>
    /// <exception cref="ModularException">The type has a handler already.</exception>
    public void ErrorHandler<TException>(Func<TException, Response> handler) where TException : Exception =>
        AddError(typeof(TException), _ => (_, error) => new(handler((TException)error)));

    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public void ErrorHandler<TException>(Delegate handler) where TException : Exception =>
        AddError(typeof(TException), new ViewBinder(handler, $"the error handler of {typeof(TException).Name}", takesError: true).BindError);

    /// <summary>Takes over what another scope would do for all of the application.</summary>
    internal void Join(Scaffold part)
    {
        Hooks.Before.AddRange(part.Hooks.Before);
        Hooks.After.AddRange(part.Hooks.After);
        Hooks.Teardown.AddRange(part.Hooks.Teardown);
        foreach (var (status, bind) in part.Hooks.ByStatus) AddError(status, bind);
        foreach (var (type, bind) in part.Hooks.ByType) AddError(type, bind);
        Preprocessors.AddRange(part.Preprocessors);
        Defaults.AddRange(part.Defaults);
        JoinTemplates(part);
    }

    RouteBuilder Add(string rule, Delegate handler, View view, string? endpoint, string[]? methods, RuleOptions? options, string? viewText) =>
        Add(rule, handler, _ => new PlainViewSource(view), endpoint, methods, options, viewText);

    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    RouteBuilder Add(string rule, Delegate handler, string? endpoint, string[]? methods, RuleOptions? options, string? viewText) =>
        Add(rule, handler, parsed => new ViewBinder(handler, $"the view for rule \"{parsed}\"", parsed), endpoint, methods, options, viewText);

    RouteBuilder Add(string rule, Delegate handler, Func<Rule, ViewSource> source, string? endpoint, string[]? methods, RuleOptions? options, string? viewText)
    {
        CheckChange("Route");
        if (handler is null) throw new ModularException($"Rule \"{rule}\" has no view. Give a method or a lambda.");
        var (own, given) = (handler.Method.GetCustomAttribute<MethodsAttribute>(), options ?? new());
        if (own is { ProvideAutomaticOptions: false }) given = given with { ProvideAutomaticOptions = given.ProvideAutomaticOptions ?? false };
        var spec = new RouteSpec
        {
            Rule = rule, Handler = handler, Source = source, Endpoint = endpoint, ViewText = viewText, Options = given,
            Methods = [.. methods ?? given.Methods ?? (own is { Methods.Count: > 0 } ? own.Methods : ["GET"]), .. own?.Required ?? []],
        };
        Take(spec);
        return spec.Builder;
    }

    void AddBefore(BeforeHook hook)
    {
        CheckChange(nameof(BeforeRequest));
        Hooks.Before.Add(_ => hook);
    }

    void AddAfter(AfterHook hook)
    {
        CheckChange(nameof(AfterRequest));
        Hooks.After.Add(hook);
    }

    void AddTeardown(TeardownHook hook)
    {
        CheckChange(nameof(TeardownRequest));
        Hooks.Teardown.Add(hook);
    }

    void AddError(int status, Func<ViewServices, ErrorView> bind)
    {
        CheckChange(nameof(ErrorHandler));
        if (!HttpStatus.IsError(status)) throw new ModularException(
            $"ErrorHandler({status}, …) is for no HTTP error. Write a status code such as 404, or an exception type: ErrorHandler<MyError>(…).");
        if (!Hooks.ByStatus.TryAdd(status, bind)) throw new ModularException(
            $"Status {status} has an error handler already. Remove one of the two, or register it on a blueprint.");
    }

    void AddError(Type type, Func<ViewServices, ErrorView> bind)
    {
        CheckChange(nameof(ErrorHandler));
        if (!Hooks.ByType.TryAdd(type, bind)) throw new ModularException(
            $"{type.Name} has an error handler already. Remove one of the two, or register it on a blueprint.");
    }
}
