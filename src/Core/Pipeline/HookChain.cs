namespace Modular;

/// <summary>The hooks around one endpoint, composed when the application is frozen, so that a request only walks arrays.</summary>
/// <remarks>Order: before hooks from the application inwards; after and teardown hooks from the inmost blueprint outwards, each scope's in reverse (Flask's rule).</remarks>
/// <param name="opens">The plugins' slots that are filled before any hook runs.</param>
/// <param name="scopes">Outermost first: plugins, the application, then the blueprints down to the inmost.</param>
/// <param name="saves">The plugins' last look at the response.</param>
sealed class HookChain(IReadOnlyList<BeforeHook> opens, IReadOnlyList<BoundHooks> scopes, IReadOnlyList<SaveHook> saves)
{
    readonly BeforeHook[] _opens = [.. opens];
    readonly BeforeHook[] _before = [.. scopes.SelectMany(scope => scope.Before)];
    readonly AfterHook[] _after = [.. scopes.Reverse().SelectMany(scope => Enumerable.Reverse(scope.After))];
    readonly TeardownHook[] _teardown = [.. scopes.Reverse().SelectMany(scope => Enumerable.Reverse(scope.Teardown))];
    readonly SaveHook[] _saves = [.. saves];

    /// <summary>True when something runs before the view.</summary>
    internal bool HasBefore { get; } = opens.Count + scopes.Sum(scope => scope.Before.Count) > 0;

    /// <summary>True when something may be done with the response.</summary>
    internal bool HasAfter { get; } = saves.Count + scopes.Sum(scope => scope.After.Count) > 0;

    internal bool HasTeardown { get; } = scopes.Any(scope => scope.Teardown.Count > 0);

    /// <summary>The error handlers of the same scopes.</summary>
    internal ErrorHandlers Errors { get; } = new([.. scopes.Reverse()]);

    /// <summary>The first response that a before hook gives, or null.</summary>
    internal async ValueTask<Response?> Before(RequestContext context)
    {
        if (!context.IsOpen) await Open(context);
        foreach (var hook in _before)
            if (await hook(context) is { } response) return response;
        return null;
    }

    /// <summary>Fills the plugins' slots that are awaited, once in a request.</summary>
    internal async ValueTask Open(RequestContext context)
    {
        context.IsOpen = true;
        foreach (var open in _opens) await open(context);
    }

    /// <summary>The response as the after hooks leave it. Then the plugins save, so what an after hook changed is kept.</summary>
    internal async ValueTask<Response> After(RequestContext context, Response response)
    {
        for (var i = 0; context.AfterThis(i) is { } once; i++) response = Replaced(context, response, await once(response));
        foreach (var hook in _after) response = Replaced(context, response, await hook(context, response));
        await Save(context, response);
        return response;
    }

    /// <summary>Lets the plugins save.</summary>
    internal async ValueTask Save(RequestContext context, Response response)
    {
        context.Save();
        foreach (var save in _saves)
            if (save.IsFor(context)) await save.Run(context, response);
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

    // The response that is replaced is closed together with the new one.
    static Response Replaced(RequestContext context, Response before, Response? after)
    {
        if (after is null) throw new ModularException("An after hook returned null. Return the response that it was given, or another one.");
        if (after == before) return after;
        context.Own(after);
        after.OnClose(before.CloseAsync);
        return after;
    }
}
