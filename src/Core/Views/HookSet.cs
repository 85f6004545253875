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
}

/// <summary>The hooks of one scope, bound.</summary>
sealed class BoundHooks(HookSet set, ViewServices services)
{
    internal BeforeHook[] Before { get; } = [.. set.Before.Select(bind => bind(services))];
    internal AfterHook[] After { get; } = [.. set.After.Select(bind => bind(services))];
    internal TeardownHook[] Teardown { get; } = [.. set.Teardown.Select(bind => bind(services))];
    internal Dictionary<int, ErrorView> ByStatus { get; } = set.ByStatus.ToDictionary(pair => pair.Key, pair => pair.Value(services));
    internal Dictionary<Type, ErrorView> ByType { get; } = set.ByType.ToDictionary(pair => pair.Key, pair => pair.Value(services));
}
