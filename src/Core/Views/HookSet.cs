namespace Modular;

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

    /// <summary>True when the scope adds nothing.</summary>
    internal bool IsEmpty => Before.Count + After.Count + Teardown.Count + ByStatus.Count + ByType.Count == 0;

    /// <summary>The hooks, bound.</summary>
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
