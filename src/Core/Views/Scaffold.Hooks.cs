namespace Modular;

// The words that add hooks. A hook may return an answer, a task, or nothing: each shape has its overload, so that no value is dropped.
public abstract partial class Scaffold
{
    const string ReflectsHook = "A hook with such parameters is bound by reflection. For trimmed and AOT applications take nothing, the RequestContext, the response or the exception.";

    /// <summary>Runs before each request's view. What it returns is the answer, as a view's, and ends the request; null, or nothing, goes on.</summary>
    /// <param name="hook">A lambda or a method, also one that returns a task. The value of an assignment, as in <c>() => Current.G["user"] = user</c>, is no answer.</param>
    /// <param name="hookText">Filled in by the compiler.</param>
    /// <remarks>Order: as added, the application's before its blueprints'.</remarks>
    /// <exception cref="ModularException">It returns what can be no answer, such as a number, or it is <c>async void</c>.</exception>
    [OverloadResolutionPriority(2)]
    public void BeforeRequest(Func<Response?> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(_ => hook(), hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest(Action hook)
    {
        Callback.RefuseAsyncVoid(hook, HookShapes.BeforeName);
        AddBefore(hook, _ => _ =>
        {
            hook();
            return default;
        });
    }

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest<T>(Func<T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(_ => hook(), hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    [OverloadResolutionPriority(1)]
    public void BeforeRequest<T>(Func<Task<T>> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(_ => new ValueTask<T>(hook()), hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest<T>(Func<ValueTask<T>> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(_ => hook(), hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    [OverloadResolutionPriority(2)]
    public void BeforeRequest(Func<RequestContext, Response?> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(hook, hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest(Action<RequestContext> hook)
    {
        Callback.RefuseAsyncVoid(hook, HookShapes.BeforeName);
        AddBefore(hook, _ => context =>
        {
            hook(context);
            return default;
        });
    }

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest<T>(Func<RequestContext, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(hook, hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    [OverloadResolutionPriority(1)]
    public void BeforeRequest<T>(Func<RequestContext, Task<T>> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(context => new ValueTask<T>(hook(context)), hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest<T>(Func<RequestContext, ValueTask<T>> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddBefore(hook, HookShapes.Before(hook, hookText));

    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    public void BeforeRequest(Func<RequestContext, ValueTask<Response?>> hook) => AddBefore(hook, HookShapes.Before(hook, null));

    /// <summary>As the other overloads, for a hook of any shape: its parameters are filled as a view's.</summary>
    /// <inheritdoc cref="BeforeRequest(Func{Response}, string)"/>
    [RequiresUnreferencedCode(ReflectsHook), RequiresDynamicCode(ReflectsHook)]
    public void BeforeRequest(Delegate hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null)
    {
        CheckChange();
        Hooks.Before.Add(new ViewBinder(hook, HookShapes.BeforeName, ViewKind.Before, assigns: HookText.Assigns(hookText)).BindBefore);
    }

    /// <summary>Runs after each request's view, also after an error. It may change the response, or return another one to send instead.</summary>
    /// <param name="hook">A lambda or a method, also one that returns a task. The value of an assignment, as in <c>response => response.Status = 203</c>, is no response.</param>
    /// <param name="hookText">Filled in by the compiler.</param>
    /// <remarks>Order: the last added first, the inmost blueprint's before the application's.</remarks>
    /// <exception cref="ModularException">It returns what is no response, or it is <c>async void</c>.</exception>
    [OverloadResolutionPriority(2)]
    public void AfterRequest(Func<Response, Response?> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddAfter(hook, HookShapes.After((_, response) => hook(response), hookText));

    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    public void AfterRequest(Action<Response> hook)
    {
        Callback.RefuseAsyncVoid(hook, HookShapes.AfterName);
        AddAfter(hook, (_, response) =>
        {
            hook(response);
            return new(response);
        });
    }

    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    public void AfterRequest<T>(Func<Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddAfter(hook, HookShapes.After((_, response) => hook(response), hookText));

    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    [OverloadResolutionPriority(2)]
    public void AfterRequest(Func<RequestContext, Response, Response?> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddAfter(hook, HookShapes.After(hook, hookText));

    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    public void AfterRequest(Action<RequestContext, Response> hook)
    {
        Callback.RefuseAsyncVoid(hook, HookShapes.AfterName);
        AddAfter(hook, (context, response) =>
        {
            hook(context, response);
            return new(response);
        });
    }

    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    public void AfterRequest<T>(Func<RequestContext, Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddAfter(hook, HookShapes.After(hook, hookText));

    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    [OverloadResolutionPriority(1)]
    public void AfterRequest(Func<RequestContext, Response, ValueTask<Response>> hook) => AddAfter(hook, hook.Invoke);

    /// <summary>As the other overloads, for a hook of any shape: its parameters are filled as a view's, and one of type <see cref="Response"/> with the response.</summary>
    /// <inheritdoc cref="AfterRequest(Func{Response, Response}, string)"/>
    [RequiresUnreferencedCode(ReflectsHook), RequiresDynamicCode(ReflectsHook)]
    public void AfterRequest(Delegate hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null)
    {
        CheckChange();
        Hooks.After.Add(new ViewBinder(hook, HookShapes.AfterName, ViewKind.After, assigns: HookText.Assigns(hookText)).BindAfter);
    }

    /// <summary>Runs when each request is over, after the last byte of its answer, whatever happened. It gets the exception that nobody handled, or null.</summary>
    /// <param name="hook">A lambda or a method, also one that returns a task.</param>
    /// <remarks>Order: the last added first, the inmost blueprint's before the application's. All run, also when one throws.</remarks>
    /// <exception cref="ModularException">It returns a value, or it is <c>async void</c>.</exception>
    public void TeardownRequest(Action<Exception?> hook)
    {
        Callback.RefuseAsyncVoid(hook, HookShapes.TeardownName);
        AddTeardown(hook, (_, error) =>
        {
            hook(error);
            return default;
        });
    }

    /// <inheritdoc cref="TeardownRequest(Action{Exception})"/>
    /// <param name="hookText">Filled in by the compiler.</param>
    public void TeardownRequest<T>(Func<Exception?, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddTeardown(hook, HookShapes.Teardown((_, error) => hook(error), hookText));

    /// <inheritdoc cref="TeardownRequest(Action{Exception})"/>
    public void TeardownRequest(Action<RequestContext, Exception?> hook)
    {
        Callback.RefuseAsyncVoid(hook, HookShapes.TeardownName);
        AddTeardown(hook, (context, error) =>
        {
            hook(context, error);
            return default;
        });
    }

    /// <inheritdoc cref="TeardownRequest{T}(Func{Exception, T}, string)"/>
    public void TeardownRequest<T>(Func<RequestContext, Exception?, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        AddTeardown(hook, HookShapes.Teardown(hook, hookText));

    /// <summary>As the other overloads, for a hook of any shape: its parameters are filled as a view's, and one of an exception's type with the error.</summary>
    /// <inheritdoc cref="TeardownRequest{T}(Func{Exception, T}, string)"/>
    [RequiresUnreferencedCode(ReflectsHook), RequiresDynamicCode(ReflectsHook)]
    public void TeardownRequest(Delegate hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null)
    {
        CheckChange();
        Hooks.Teardown.Add(new ViewBinder(hook, HookShapes.TeardownName, ViewKind.Teardown, assigns: HookText.Assigns(hookText)).BindTeardown);
    }

    void AddBefore(Delegate written, Func<ViewServices, BeforeHook> hook)
    {
        CheckChange(nameof(BeforeRequest));
        ViewAttributes.CheckHook(written, HookShapes.BeforeName);
        Hooks.Before.Add(hook);
    }

    void AddAfter(Delegate written, AfterHook hook)
    {
        CheckChange(nameof(AfterRequest));
        ViewAttributes.CheckHook(written, HookShapes.AfterName);
        Hooks.After.Add(_ => hook);
    }

    void AddTeardown(Delegate written, TeardownHook hook)
    {
        CheckChange(nameof(TeardownRequest));
        ViewAttributes.CheckHook(written, HookShapes.TeardownName);
        Hooks.Teardown.Add(_ => hook);
    }
}
