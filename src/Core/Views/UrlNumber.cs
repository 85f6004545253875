namespace Modular;

/// <summary>Which number types a view may take for a rule's variable: they are read from the path without boxing.</summary>
static class UrlNumber
{
    static readonly HashSet<Type> Whole =
    [
        typeof(int), typeof(long), typeof(short), typeof(sbyte), typeof(byte), typeof(ushort), typeof(uint), typeof(ulong),
        typeof(Int128), typeof(UInt128), typeof(BigInteger),
    ];

    static readonly HashSet<Type> Real = [typeof(double), typeof(float), typeof(decimal)];

    /// <summary>True when a variable of one type can be read as the other.</summary>
    internal static bool CanRead(Type given, Type wanted) =>
        Whole.Contains(given) ? Whole.Contains(wanted) || Real.Contains(wanted)
        : Real.Contains(given) ? Real.Contains(wanted)
        : given == typeof(Guid) && wanted == typeof(Guid);
}
