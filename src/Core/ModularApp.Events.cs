namespace Modular;

// Flask's signals, as C# events.
public sealed partial class ModularApp
{
    Action<RequestContext>? _started;
    Action<RequestContext, Response>? _finished;
    Action<RequestContext, Exception>? _failed;
    Action<RequestContext, Exception?>? _ended;

    /// <summary>A request is about to be answered; its hooks haven't run yet.</summary>
    /// <exception cref="ModularException">The application answers already, here and at the other events.</exception>
    public event Action<RequestContext> RequestStarted { add => _started += Checked(value); remove => _started -= Checked(value); }

    /// <summary>The response is final and about to be sent.</summary>
    public event Action<RequestContext, Response> RequestFinished
    { add => _finished += Checked(value); remove => _finished -= Checked(value); }

    /// <summary>An exception was thrown that no error handler took; it becomes a 500.</summary>
    public event Action<RequestContext, Exception> GotRequestException
    { add => _failed += Checked(value); remove => _failed -= Checked(value); }

    /// <summary>A request is over, whatever happened, and its teardown hooks have run.</summary>
    public event Action<RequestContext, Exception?> RequestTearingDown
    { add => _ended += Checked(value); remove => _ended -= Checked(value); }

    internal Action<RequestContext, Exception>? ExceptionListeners => _failed;

    /// <summary>The events as hooks of the outermost scope.</summary>
    internal HookSet EventHooks()
    {
        var hooks = new HookSet();
        if (_started is { } started) hooks.Add(ViewKind.Before, _ => (context, _, _) => Raised(started, context));
        if (_ended is { } tearing)
            hooks.Add(ViewKind.Teardown, _ => (context, _, error) => Raised(one => tearing(one, error), context));
        return hooks;

        static ValueTask<Response> Raised(Action<RequestContext> listeners, RequestContext context)
        {
            listeners(context);
            return default;
        }
    }

    internal SaveHook[] FinishedHooks() => _finished is not { } finished ? [] : [new((context, response) =>
    {
        finished(context, response);
        return default;
    })];

    T Checked<T>(T listener, [CallerMemberName] string name = "") where T : Delegate
    {
        Callback.RefuseAsyncVoid(listener, $"a listener of {name}");
        CheckChange(name);
        return listener;
    }
}
