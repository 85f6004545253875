namespace Modular;

/// <summary>
/// Orders the parts that could match at one point: more pieces of fixed text first, then longer ones, then more variables, then
/// lighter converters.
/// </summary>
/// <remarks>As Werkzeug 3.2 weighs them.</remarks>
readonly struct PartWeight : IComparable<PartWeight>
{
    readonly int[] _order;

    internal PartWeight(List<int> fixedLengths, List<int> converterWeights) =>
        _order = [-fixedLengths.Count, .. fixedLengths.Select(length => -length), -converterWeights.Count, .. converterWeights];

    public int CompareTo(PartWeight other) => _order.AsSpan().SequenceCompareTo(other._order);
}
