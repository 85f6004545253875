namespace Modular.Sessions;

/// <summary>Python's order of strings: by code point. UTF-16 has the surrogates before U+E000, so an ordinal comparison would differ there.</summary>
sealed class CodePointOrder : IComparer<KeyValuePair<string, object?>>
{
    internal static readonly CodePointOrder Instance = new();

    public int Compare(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) => Compare(x.Key, y.Key);

    internal static bool IsSorted(ReadOnlySpan<KeyValuePair<string, object?>> entries)
    {
        for (var i = 1; i < entries.Length; i++)
            if (Compare(entries[i - 1].Key, entries[i].Key) > 0) return false;
        return true;
    }

    internal static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);
        var (a, b) = (left[same], right[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? (b >= '\uE000' ? 1 : a.CompareTo(b)) : (a >= '\uE000' ? -1 : a.CompareTo(b));
    }
}
