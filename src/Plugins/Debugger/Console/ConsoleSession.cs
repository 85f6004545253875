namespace Modular.Debugger;

/// <summary>
/// Runs the entries of one page in a separate context with a copy of the request, so that <c>Current.Request</c>, <c>Current.Session</c>
/// and <c>UrlFor</c> work as in the view.
/// The first entry opens the context. It is closed when the page expires.
/// </summary>
sealed class ConsoleSession(ModularApp app, IServiceProvider services, Failure? failure, TimeSpan limit) : IAsyncDisposable
{
    readonly SemaphoreSlim _opening = new(1);
    readonly CancellationTokenSource _closing = new();
    (ContextScope Scope, ExecutionContext Flow, Evaluator Evaluator)? _open;
    CancellationTokenSource? _running;

    internal async Task<Evaluation> RunAsync(string code, CancellationToken cancellationToken)
    {
        var (_, flow, evaluator) = await OpenAsync(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        Volatile.Write(ref _running, giveUp);
        try
        {
            return await In(flow, () => evaluator.RunAsync(code, giveUp.Token));
        }
        finally
        {
            Interlocked.CompareExchange(ref _running, null, giveUp);
        }
    }

    internal async Task<IReadOnlyList<string>> CompleteAsync(string code, int position, CancellationToken cancellationToken)
    {
        var (_, flow, evaluator) = await OpenAsync(cancellationToken);
        return await In(flow, () => Task.Run(() => evaluator.Complete(code, position), cancellationToken));
    }

    internal async Task<IReadOnlyList<Node>> ExpandAsync(int id, CancellationToken cancellationToken)
    {
        var (_, flow, evaluator) = await OpenAsync(cancellationToken);
        return await In(flow, () => Task.Run(() => evaluator.Expand(id), cancellationToken));
    }

    /// <summary>Cancels the running entry, if any.</summary>
    internal void Cancel()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The entry has just ended.
        }
    }

    async Task<(ContextScope Scope, ExecutionContext Flow, Evaluator Evaluator)> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_open is { } open) return open;
            // The context is current only in the flow that created it.
            var (scope, flow) = In(ExecutionContext.Capture()!,
                () => (failure?.Copy is { } copy ? app.RequestContext(copy.Open(services)) : app.AppContext(),
                    ExecutionContext.Capture()!));
            await In(flow, () => ReadBodyAsync(scope.Context, cancellationToken));
            open = (scope, flow, In(flow, () => new Evaluator(Names(scope.Context), limit)));
            _open = open;
            return open;
        }
        finally
        {
            _opening.Release();
        }
    }

    static async Task ReadBodyAsync(RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (context.HasRequest) await context.Request.ReadBodyAsync(cancellationToken);
        }
        catch (HttpException)
        {
            // Reading the body throws this error again.
        }
    }

    List<EvaluatorName> Names(RequestContext context)
    {
        List<EvaluatorName> names = [new("app", typeof(ModularApp), app), new("services", typeof(IServiceProvider), context.Services),
            new("g", typeof(RequestItems), failure?.G ?? context.G)];
        if (failure is null) return names;
        names.Add(new("exception", failure.Error.GetType(), failure.Error));
        if (!context.HasRequest) return names;
        names.Add(new("request", typeof(Request), context.Request));
        if (context.Slots.FirstOrDefault(slot => slot.Name == "session") is { } session)
            names.Add(new("session", session.Type, failure.Session ?? session.Open()));
        return names;
    }

    static T In<T>(ExecutionContext flow, Func<T> run)
    {
        var result = default(T)!;
        ExecutionContext.Run(flow, _ => result = run(), null);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _opening.WaitAsync();
        try
        {
            if (_open is not var (scope, flow, _)) return;
            // The evaluator isn't disposed, because a cancelled entry may still use it.
            _open = null;
            await In(flow, () => scope.DisposeAsync().AsTask());
        }
        finally
        {
            _opening.Release();
        }
    }
}
