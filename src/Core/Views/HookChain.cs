namespace Modular;

/// <summary>
/// The hooks around one endpoint, composed when the application is frozen, so that a request only walks arrays.
/// </summary>
/// <remarks>Order: before hooks from the application inwards; after and teardown hooks from the inmost blueprint outwards, each scope's in reverse (Flask's rule).</remarks>
sealed class HookChain
{
    readonly BeforeHook[] _opens;
    readonly BeforeHook[] _before;
    readonly AfterHook[] _after;
    readonly TeardownHook[] _teardown;
    readonly SaveHook[] _saves;
    readonly ErrorHandlers _errors;

    /// <param name="opens">The plugins' slots that are filled before any hook runs.</param>
    /// <param name="scopes">Outermost first: plugins, the application, then the blueprints down to the inmost.</param>
    /// <param name="saves">The plugins' last look at the response.</param>
    internal HookChain(IReadOnlyList<BeforeHook> opens, IReadOnlyList<BoundHooks> scopes, IReadOnlyList<SaveHook> saves)
    {
        _saves = [.. saves];
        _opens = [.. opens];
        _before = [.. opens, .. scopes.SelectMany(scope => scope.Before)];
        _after = [.. scopes.Reverse().SelectMany(scope => Enumerable.Reverse(scope.After))];
        _teardown = [.. scopes.Reverse().SelectMany(scope => Enumerable.Reverse(scope.Teardown))];
        _errors = new ErrorHandlers([.. scopes.Reverse()]);
        (HasBefore, HasAfter, HasTeardown) = (_before.Length > 0, _after.Length + _saves.Length > 0, _teardown.Length > 0);
        SharesResponse = _after.Length > 0 || _saves.Any(save => save.When is null);
    }

    /// <summary>True when something may have to be done with the response.</summary>
    internal bool HasAfter { get; }

    /// <summary>True when some hook gets hold of each response, whatever the request did.</summary>
    internal bool SharesResponse { get; }

    internal bool HasBefore { get; }
    internal bool HasTeardown { get; }

    internal ErrorView? FindHandler(Exception error) => _errors.Find(error);

    /// <summary>The first response that a before hook gives, or null.</summary>
    internal async ValueTask<Response?> Before(RequestContext context)
    {
        foreach (var hook in _before)
            if (await hook(context) is { } response) return response;
        return null;
    }

    /// <summary>Only the plugins' slots, for a context by hand.</summary>
    internal async ValueTask Open(RequestContext context)
    {
        foreach (var open in _opens) await open(context);
    }

    /// <summary>Only the plugins' saving, for a context by hand.</summary>
    internal async ValueTask Save(RequestContext context, Response response)
    {
        context.State().IsSaved = true;
        await SaveInSteps(context, response, 0);
    }

    /// <summary>The response as the after hooks leave it. Then the plugins save, so what an after hook changed is kept.</summary>
    /// <remarks>Plugins seldom have anything to wait for, so without after hooks no state machine is made.</remarks>
    internal ValueTask<Response> After(RequestContext context, Response response)
    {
        if (_after.Length > 0) return AfterInSteps(context, response);
        var state = context.State();
        state.IsSaved = true;
        for (var i = 0; i < _saves.Length; i++)
        {
            if (!_saves[i].IsFor(context)) continue;
            // From here on somebody else has it.
            if (ReferenceEquals(response, state.Recycled)) response = new(response.Text!);
            var save = _saves[i].Run(context, response);
            if (!save.IsCompletedSuccessfully) return SaveInSteps(context, response, i + 1, save);
        }
        return new(response);
    }

    async ValueTask<Response> AfterInSteps(RequestContext context, Response response)
    {
        foreach (var hook in _after) response = Replaced(response, await hook(context, response));
        context.State().IsSaved = true;
        return await SaveInSteps(context, response, 0);
    }

    /// <param name="started">The save that is waited for first.</param>
    async ValueTask<Response> SaveInSteps(RequestContext context, Response response, int next, ValueTask started = default)
    {
        await started;
        for (; next < _saves.Length; next++)
            if (_saves[next].IsFor(context)) await _saves[next].Run(context, response);
        return response;
    }

    /// <summary>What an after hook gave. The response that it replaces is closed together with the new one.</summary>
    /// <exception cref="ModularException">It gave nothing.</exception>
    internal static Response Replaced(Response before, Response? after)
    {
        if (after is null) throw new ModularException("An after hook returned null. Return the response that it was given, or another one.");
        if (after != before && before.HasToClose) after.OnClose(before.CloseAsync);
        return after;
    }

    /// <summary>Runs every teardown hook, also when one of them throws.</summary>
    /// <exception cref="AggregateException">When hooks threw, after the last one ran.</exception>
    internal async ValueTask Teardown(RequestContext context, Exception? error)
    {
        List<Exception>? failures = null;
        foreach (var hook in _teardown)
        {
            try
            {
                await hook(context, error);
            }
            catch (Exception failure)
            {
                (failures ??= []).Add(failure);
            }
        }
        if (failures is not null) throw new AggregateException("Teardown hooks failed.", failures);
    }
}
