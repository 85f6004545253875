namespace Modular.Debugger;

/// <summary>Something that entries may name: <c>exception</c>, <c>app</c>.</summary>
/// <param name="Type">How the compiler sees it. A type that is not public is seen as its nearest public base.</param>
sealed record EvaluatorName(string Name, Type Type, object? Value);
