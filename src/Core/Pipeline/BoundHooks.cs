namespace Modular;

/// <summary>The hooks and error handlers of one scope, ready to run.</summary>
sealed record BoundHooks
{
    internal IReadOnlyList<BeforeHook> Before { get; init; } = [];
    internal IReadOnlyList<AfterHook> After { get; init; } = [];
    internal IReadOnlyList<TeardownHook> Teardown { get; init; } = [];
    internal IReadOnlyDictionary<int, ErrorView> ByStatus { get; init; } = new Dictionary<int, ErrorView>();
    internal IReadOnlyDictionary<Type, ErrorView> ByType { get; init; } = new Dictionary<Type, ErrorView>();
}
