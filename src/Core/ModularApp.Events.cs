namespace Modular;

// Flask's signals, as C# events. Nothing is paid for those that nobody listens to.
public sealed partial class ModularApp
{
    Action<RequestContext>? _requestStarted;
    Action<RequestContext, Response>? _requestFinished;
    Action<RequestContext, Exception>? _gotRequestException;
    Action<RequestContext, Exception?>? _requestTearingDown;

    /// <summary>A request is about to be answered; its hooks have not run yet.</summary>
    /// <exception cref="ModularException">The application answers already, here and at the other events.</exception>
    public event Action<RequestContext> RequestStarted
    {
        add => Listen(nameof(RequestStarted), value, () => _requestStarted += value);
        remove => Listen(nameof(RequestStarted), () => _requestStarted -= value);
    }

    /// <summary>The response is final and about to be sent.</summary>
    public event Action<RequestContext, Response> RequestFinished
    {
        add => Listen(nameof(RequestFinished), value, () => _requestFinished += value);
        remove => Listen(nameof(RequestFinished), () => _requestFinished -= value);
    }

    /// <summary>An exception was thrown that no error handler took; it becomes a 500.</summary>
    public event Action<RequestContext, Exception> GotRequestException
    {
        add => Listen(nameof(GotRequestException), value, () => _gotRequestException += value);
        remove => Listen(nameof(GotRequestException), () => _gotRequestException -= value);
    }

    /// <summary>A request is over, whatever happened, and its teardown hooks have run.</summary>
    public event Action<RequestContext, Exception?> RequestTearingDown
    {
        add => Listen(nameof(RequestTearingDown), value, () => _requestTearingDown += value);
        remove => Listen(nameof(RequestTearingDown), () => _requestTearingDown -= value);
    }

    /// <summary>Lets a test client or a debugger look at requests, also when the application answers already. Nothing is paid for those that nobody watches.</summary>
    /// <param name="find">Gives the watcher of a request, or null. Of several the first one counts.</param>
    /// <returns>Disposed of, it stops looking.</returns>
    public IDisposable Watch(Func<HttpContext, RequestWatcher?> find) => _setup.Watchers.Add(find);

    /// <summary>Who listens to exceptions; null when nobody does.</summary>
    internal Action<RequestContext, Exception>? ExceptionListeners => _gotRequestException;

    /// <summary>The events as hooks of the outermost scope.</summary>
    internal HookSet EventHooks()
    {
        var hooks = new HookSet();
        if (_requestStarted is { } started) hooks.Add(ViewKind.Before, _ => (context, _, _) =>
        {
            started(context);
            return default;
        });
        if (_requestTearingDown is { } tearing) hooks.Add(ViewKind.Teardown, _ => (context, _, error) =>
        {
            tearing(context, error);
            return default;
        });
        return hooks;
    }

    /// <summary>The last look at the response; null when nobody takes it.</summary>
    internal SaveHook? FinishedHook() => _requestFinished is not { } finished ? null : new((context, response) =>
    {
        finished(context, response);
        return default;
    });

    void Listen(string name, Delegate listener, Action change)
    {
        Callback.RefuseAsyncVoid(listener, $"a listener of {name}");
        Listen(name, change);
    }

    void Listen(string name, Action change)
    {
        CheckChange(name);
        change();
    }
}
