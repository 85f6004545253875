namespace Toy.Visits;

/// <summary>The number of this visitor's visits.</summary>
public sealed class Visits
{
    internal Visits(int count) => Count = count;

    /// <summary>Visits so far, this one included once it was noted.</summary>
    public int Count { get; private set; }

    internal bool IsChanged { get; private set; }

    /// <summary>Counts this visit.</summary>
    public void Note() => (Count, IsChanged) = (Count + 1, true);
}
