namespace Modular;

// Flask's signals, as C# events.
public sealed partial class ModularApp
{
    Action<RequestContext>? _requestStarted;
    Action<RequestContext, Response>? _requestFinished;
    Action<RequestContext, Exception>? _gotRequestException;
    Action<RequestContext, Exception?>? _requestTearingDown;

    /// <summary>A request is about to be answered; its hooks haven't run yet.</summary>
    /// <exception cref="ModularException">The application answers already, here and at the other events.</exception>
    public event Action<RequestContext> RequestStarted
    {
        add => _requestStarted += Listener(value);
        remove => _requestStarted -= Listener(value);
    }

    /// <summary>The response is final and about to be sent.</summary>
    public event Action<RequestContext, Response> RequestFinished
    {
        add => _requestFinished += Listener(value);
        remove => _requestFinished -= Listener(value);
    }

    /// <summary>An exception was thrown that no error handler took; it becomes a 500.</summary>
    public event Action<RequestContext, Exception> GotRequestException
    {
        add => _gotRequestException += Listener(value);
        remove => _gotRequestException -= Listener(value);
    }

    /// <summary>A request is over, whatever happened, and its teardown hooks have run.</summary>
    public event Action<RequestContext, Exception?> RequestTearingDown
    {
        add => _requestTearingDown += Listener(value);
        remove => _requestTearingDown -= Listener(value);
    }

    internal Action<RequestContext, Exception>? ExceptionListeners => _gotRequestException;

    /// <summary>The events as hooks of the outermost scope.</summary>
    internal HookSet EventHooks()
    {
        var hooks = new HookSet();
        if (_requestStarted is { } started) hooks.Add(ViewKind.Before, _ => (context, _, _) => Raised(started, context));
        if (_requestTearingDown is { } tearing)
            hooks.Add(ViewKind.Teardown, _ => (context, _, error) => Raised(one => tearing(one, error), context));
        return hooks;

        static ValueTask<Response> Raised(Action<RequestContext> listeners, RequestContext context)
        {
            listeners(context);
            return default;
        }
    }

    internal SaveHook[] FinishedHooks() => _requestFinished is not { } finished ? [] : [new((context, response) =>
    {
        finished(context, response);
        return default;
    })];

    T Listener<T>(T listener, [CallerMemberName] string name = "") where T : Delegate
    {
        Callback.RefuseAsyncVoid(listener, $"a listener of {name}");
        CheckChange(name);
        return listener;
    }
}
