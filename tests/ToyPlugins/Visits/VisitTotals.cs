namespace Toy.Visits;

/// <summary>The visits of all visitors to one application.</summary>
/// <remarks>Thread: safe to share.</remarks>
public sealed class VisitTotals
{
    int _all;

    /// <summary>The total; a view may return the whole object.</summary>
    public int All => _all;

    internal void Add(int visits) => Interlocked.Add(ref _all, visits);
}
