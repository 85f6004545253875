namespace Modular.Debugger;

/// <summary>A predefined variable: <c>exception</c>, <c>app</c>.</summary>
/// <param name="Type">Its type for the compiler. A type that isn't public is replaced by its nearest public base.</param>
sealed record EvaluatorName(string Name, Type Type, object? Value);
