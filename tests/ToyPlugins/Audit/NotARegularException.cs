namespace Toy.Audit;

/// <summary>Somebody else than a regular came where only those may.</summary>
/// <param name="visits">How often the visitor has come.</param>
public sealed class NotARegularException(int visits) : Exception($"Came {visits} times only.");
