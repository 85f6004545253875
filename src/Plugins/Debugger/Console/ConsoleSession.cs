namespace Modular.Debugger;

/// <summary>
/// Where the entries of one page run: in a context of their own, with a copy of the request, so that <c>Current.Request</c>, <c>Current.Session</c> and <c>UrlFor</c> work as they did in the view.
/// It is opened by the first entry, and closed when the page is given up.
/// </summary>
sealed class ConsoleSession(ModularApp app, IServiceProvider services, Failure? failure, TimeSpan limit) : IAsyncDisposable
{
    readonly SemaphoreSlim _opening = new(1);
    readonly CancellationTokenSource _closing = new();
    (ContextScope Scope, ExecutionContext Flow, Evaluator Evaluator)? _open;
    CancellationTokenSource? _running;

    internal async Task<Evaluation> RunAsync(string code, CancellationToken cancellation)
    {
        var (_, flow, evaluator) = await OpenAsync(cancellation);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
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

    internal async Task<IReadOnlyList<string>> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        var (_, flow, evaluator) = await OpenAsync(cancellation);
        return await In(flow, () => Task.Run(() => evaluator.Complete(code, position), cancellation));
    }

    internal async Task<IReadOnlyList<Node>> ExpandAsync(int id, CancellationToken cancellation)
    {
        var (_, flow, evaluator) = await OpenAsync(cancellation);
        return await In(flow, () => Task.Run(() => evaluator.Expand(id), cancellation));
    }

    /// <summary>Gives up what runs; nothing when nothing does.</summary>
    internal void Cancel()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    async Task<(ContextScope Scope, ExecutionContext Flow, Evaluator Evaluator)> OpenAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_open is { } open) return open;
            // A context is current where it was made, and stays so in this flow alone.
            var (scope, flow) = In(ExecutionContext.Capture()!, () => (failure?.Copy is { } copy ? app.RequestContext(copy.Open(services)) : app.AppContext(), ExecutionContext.Capture()!));
            await In(flow, () => ReadBodyAsync(scope.Context, cancellation));
            open = (scope, flow, In(flow, () => new Evaluator(Names(scope.Context), limit)));
            _open = open;
            return open;
        }
        finally
        {
            _opening.Release();
        }
    }

    static async Task ReadBodyAsync(RequestContext context, CancellationToken cancellation)
    {
        try
        {
            if (context.HasRequest) await context.Request.ReadBodyAsync(cancellation);
        }
        catch (HttpException)
        {
            // Whoever looks at the body gets it thrown again.
        }
    }

    List<EvaluatorName> Names(RequestContext context)
    {
        List<EvaluatorName> names = [new("app", typeof(ModularApp), app), new("services", typeof(IServiceProvider), context.Services), new("g", typeof(RequestItems), failure?.G ?? context.G)];
        if (failure is null) return names;
        names.Add(new("exception", failure.Error.GetType(), failure.Error));
        if (!context.HasRequest) return names;
        names.Add(new("request", typeof(Request), context.Request));
        if (context.Slots.FirstOrDefault(slot => slot.Name == "session") is { } session) names.Add(new("session", session.Type, failure.Session ?? session.Open()));
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
            // The evaluator is left to the collector: an entry that was just given up still has to leave it.
            _open = null;
            await In(flow, () => scope.DisposeAsync().AsTask());
        }
        finally
        {
            _opening.Release();
        }
    }
}
