namespace Modular.Sessions;

/// <summary>
/// Orders strings as Python does, by code point. UTF-16 orders surrogate pairs before U+E000, so an ordinal comparison would differ.
/// </summary>
sealed class CodePointOrder : IComparer<KeyValuePair<string, object?>>
{
    internal static readonly CodePointOrder Instance = new();

    public int Compare(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) => Compare(x.Key, y.Key);

    internal static int Compare(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length) return left.Length.CompareTo(right.Length);
        // The first difference may be in the middle of a pair.
        if (at > 0 && char.IsHighSurrogate(left[at - 1]) && (char.IsLowSurrogate(left[at]) || char.IsLowSurrogate(right[at]))) at--;
        return CodePoint(left, at).CompareTo(CodePoint(right, at));
    }

    // A lone surrogate counts as a code point.
    static int CodePoint(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
}
