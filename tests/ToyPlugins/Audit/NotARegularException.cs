namespace Toy.Audit;

/// <summary>A visitor who isn't a regular opened a page for regulars.</summary>
/// <param name="visits">The number of the visitor's visits.</param>
public sealed class NotARegularException(int visits) : Exception($"Came {visits} times only.");
