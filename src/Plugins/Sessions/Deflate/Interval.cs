using System.Numerics;

namespace Modular.Sessions;

/// <summary>How a repeat's length or distance is written: the symbol of the interval that it lies in, and its place there in extra bits (RFC 1951 §3.2.5).</summary>
readonly record struct Interval(int Symbol, int ExtraBits)
{
    internal const int ShortestLength = 3;
    internal const int ShortestDistance = 1;

    // The longest has an interval of its own.
    internal static Interval OfLength(int length) => length == Repeats.MaxLength ? new(28, 0) : Of(length - ShortestLength, 2);

    internal static Interval OfDistance(int distance) => Of(distance - ShortestDistance, 1);

    // An interval is twice as wide after each four of lengths, and after each two of distances.
    static Interval Of(int value, int perWidth)
    {
        var extraBits = Math.Max(0, BitOperations.Log2((uint)value) - perWidth);
        return new((extraBits << perWidth) + (value >> extraBits), extraBits);
    }
}
