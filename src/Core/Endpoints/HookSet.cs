namespace Modular;

/// <summary>A bound view, hook or error handler of any shape.</summary>
/// <param name="response">What an after hook gets.</param>
/// <param name="error">What a teardown hook or an error handler gets.</param>
delegate ValueTask<Response> Handler(RequestContext context, Response? response, Exception? error);

/// <summary>
/// The hooks and error handlers of one scope: the application, a blueprint, or a plugin's part of either.
/// Each is kept as a recipe, because a hook may take services, which are known only when the application is frozen.
/// </summary>
sealed class HookSet
{
    internal List<Func<ViewServices, BeforeHook>> Before { get; } = [];
    internal List<Func<ViewServices, AfterHook>> After { get; } = [];
    internal List<Func<ViewServices, TeardownHook>> Teardown { get; } = [];
    internal Dictionary<int, Func<ViewServices, ErrorView>> ByStatus { get; } = [];
    internal Dictionary<Type, Func<ViewServices, ErrorView>> ByType { get; } = [];

    internal bool IsEmpty => Before.Count + After.Count + Teardown.Count + ByStatus.Count + ByType.Count == 0;

    internal void Add(ViewKind kind, Func<ViewServices, Handler> bind)
    {
        if (kind == ViewKind.Before) Before.Add(services =>
        {
            var hook = bind(services);
            return context => hook(context, null, null)!;
        });
        else if (kind == ViewKind.After) After.Add(services =>
        {
            var hook = bind(services);
            return (context, response) => hook(context, response, null);
        });
        else Teardown.Add(services =>
        {
            var hook = bind(services);
            return async (context, error) => await hook(context, null, error);
        });
    }

    internal void Join(HookSet other)
    {
        Before.AddRange(other.Before);
        After.AddRange(other.After);
        Teardown.AddRange(other.Teardown);
        foreach (var (status, bind) in other.ByStatus) AddError(status, bind);
        foreach (var (type, bind) in other.ByType) AddError(type, bind);
    }

    /// <exception cref="ModularException">The status or type has a handler.</exception>
    internal void AddError(object key, Func<ViewServices, ErrorView> bind)
    {
        if (key is int status ? ByStatus.TryAdd(status, bind) : ByType.TryAdd((Type)key, bind)) return;
        throw new ModularException($"{(key is Type type ? type.Name : $"Status {key}")} has an error handler already. Remove one of the two, or register it on a blueprint.");
    }

    /// <exception cref="ModularException">A parameter of a hook cannot be filled.</exception>
    internal BoundHooks Bind(ViewServices services) => new()
    {
        Before = [.. Before.Select(bind => bind(services))],
        After = [.. After.Select(bind => bind(services))],
        Teardown = [.. Teardown.Select(bind => bind(services))],
        ByStatus = ByStatus.ToDictionary(pair => pair.Key, pair => pair.Value(services)),
        ByType = ByType.ToDictionary(pair => pair.Key, pair => pair.Value(services)),
    };
}
