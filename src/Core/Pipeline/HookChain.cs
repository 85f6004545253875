namespace Modular;

/// <summary>The hooks around one endpoint. Scopes: plugins, the application, then the blueprints down to the innermost.</summary>
/// <remarks>Order: before hooks from the application inwards, after and teardown hooks outwards and each scope's in reverse.</remarks>
sealed class HookChain(
    IReadOnlyList<Func<RequestContext, ValueTask>> opens, IReadOnlyList<BoundHooks> scopes, IReadOnlyList<SaveHook> saves,
    IReadOnlyList<UrlValuePreprocessor> preprocessors, IReadOnlyList<UrlDefaults> urlDefaults)
{
    readonly Func<RequestContext, ValueTask>[] _opens = [.. opens];
    readonly Handler[] _before = [.. scopes.SelectMany(scope => scope.Of(ViewKind.Before))];
    readonly Handler[] _after = [.. scopes.SelectMany(scope => scope.Of(ViewKind.After)).Reverse()];
    readonly Handler[] _teardown = [.. scopes.SelectMany(scope => scope.Of(ViewKind.Teardown)).Reverse()];
    readonly BoundHooks[] _inmostFirst = [.. scopes.Where(scope => scope.Errors.Count > 0).Reverse()];
    readonly SaveHook[] _saves = [.. saves];

    internal IReadOnlyList<UrlValuePreprocessor> Preprocessors => preprocessors;
    internal IReadOnlyList<UrlDefaults> UrlDefaults => urlDefaults;
    internal bool HasBefore => _opens.Length + _before.Length > 0;
    internal bool HasAfter => _saves.Length + _after.Length > 0;
    internal bool HasTeardown => _teardown.Length > 0;

    // A before hook, so that a preprocessor's exception reaches its error handler.
    internal static ValueTask<Response> Preprocess(RequestContext context, Response? response, Exception? error)
    {
        context.ChangedValues = context.Target is null ? null : context.Match.Values.ToDictionary();
        foreach (var hook in context.Hooks.Preprocessors) hook(context.Target?.Name, context.ChangedValues);
        return default;
    }

    internal async ValueTask<Response?> Before(RequestContext context)
    {
        if (!context.IsOpen) await Open(context);
        foreach (var hook in _before) if (await hook(context, null, null) is { } response) return response;
        return null;
    }

    internal async ValueTask Open(RequestContext context)
    {
        context.IsOpen = true;
        foreach (var open in _opens) await open(context);
    }

    internal async ValueTask<Response> After(RequestContext context, Response response)
    {
        const string who = "An after hook";
        for (var i = 0; context.AfterThis(i) is { } once; i++) response = Replaced(context, response, await once(response), who);
        foreach (var hook in _after) response = Replaced(context, response, await hook(context, response, null), who);
        await Save(context, response);
        return response;
    }

    internal async ValueTask Save(RequestContext context, Response response)
    {
        context.Save();
        foreach (var save in _saves) if (save.When?.Invoke(context) is not false) await save.Run(context, response);
    }

    // Runs every teardown hook, also when one of them throws.
    internal async ValueTask Teardown(RequestContext context, Exception? error)
    {
        List<Exception>? failures = null;
        foreach (var hook in _teardown)
        {
            try
            {
                await hook(context, null, error);
            }
            catch (Exception failure)
            {
                (failures ??= []).Add(failure);
            }
        }
        if (failures is not null) throw new AggregateException("Teardown hooks failed.", failures);
    }

    // By status, then by type, each from the innermost scope outwards; a class below HttpException goes before its status.
    internal Handler? ErrorHandler(Exception error)
    {
        if (error is HttpException http)
            foreach (var scope in _inmostFirst)
                if (ByType(scope, error, below: typeof(HttpException)) is { } own) return own;
                else if (scope.Errors.TryGetValue(http.Status, out var handler)) return handler;
        foreach (var scope in _inmostFirst) if (ByType(scope, error, below: null) is { } handler) return handler;
        return null;
    }

    static Handler? ByType(BoundHooks scope, Exception error, Type? below)
    {
        for (var type = error.GetType(); type != below; type = type.BaseType!)
            if (scope.Errors.TryGetValue(type, out var handler)) return handler;
        return null;
    }

    // The response that is replaced is closed together with the new one.
    internal static Response Replaced(RequestContext context, Response? before, Response? after, string who)
    {
        if (after is null)
            throw new ModularException($"{who} returned null. Return the response that it received, or another one.");
        if (after == before) return after;
        context.Own(after);
        if (before is not null) after.OnClose(before.CloseAsync);
        return after;
    }
}
