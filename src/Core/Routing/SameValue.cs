namespace Modular;

/// <summary>Compares values of rules: a whole number is the same in every integer type, but never the same as its text.</summary>
static class SameValue
{
    internal static bool Are(object? one, object? other) =>
        Equals(one, other) || (Whole(one) is { } number && number == Whole(other));

    static BigInteger? Whole(object? value) => value switch
    {
        int number => number,
        long number => number,
        short number => number,
        byte number => number,
        uint number => number,
        ulong number => number,
        BigInteger number => number,
        _ => null,
    };
}
