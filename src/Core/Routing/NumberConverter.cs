namespace Modular;

/// <summary>What <c>int</c> and <c>float</c> share: Unicode digits, an optional sign, and reading without boxing.</summary>
abstract class NumberConverter(bool signed) : SpanConverter
{
    /// <summary>More digits than this are answered with 404; it is Python's own limit for reading a whole number.</summary>
    internal const int MaxDigits = 4300;

    public sealed override int Weight => 50;

    /// <summary>1 when the text starts with a minus that may stand there.</summary>
    protected int SignLength(ReadOnlySpan<char> text) => signed && text.StartsWith('-') ? 1 : 0;

    /// <summary>Reads a matched text as any number type, in ASCII digits and the invariant culture.</summary>
    /// <returns>False when the number does not fit into <typeparamref name="TValue"/>.</returns>
    internal static bool TryRead<TValue>(ReadOnlySpan<char> text, out TValue value) where TValue : ISpanParsable<TValue>
    {
        if (typeof(TValue) == typeof(int) && TryReadShort(text, out var number))
        {
            value = (TValue)(object)number;         // no boxing: both types are the same one here
            return true;
        }
        if (System.Text.Ascii.IsValid(text)) return TValue.TryParse(text, CultureInfo.InvariantCulture, out value!);
        Span<char> ascii = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        return TValue.TryParse(ascii[..Digits.ToAscii(text, ascii)], CultureInfo.InvariantCulture, out value!);
    }

    // Nearly every number in a path: a few digits that cannot overflow.
    static bool TryReadShort(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 9) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = number * 10 + (c - '0');
        }
        return true;
    }
}
