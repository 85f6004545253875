namespace Modular;

/// <summary>Decimal digits of every script, as <c>\d</c> means them.</summary>
static class Digits
{
    /// <summary>How many chars at the start are digits.</summary>
    internal static int Run(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        while (length < text.Length)
        {
            var digit = FirstLength(text[length..]);
            if (digit == 0) break;
            length += digit;
        }
        return length;
    }

    /// <summary>The chars of the first digit: 1, 2 outside the basic plane, 0 when the text does not start with a digit.</summary>
    internal static int FirstLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        if (text[0] < 0x80) return char.IsAsciiDigit(text[0]) ? 1 : 0;
        return Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done && Rune.IsDigit(rune) ? length : 0;
    }

    /// <summary>Copies the text with each digit written as 0 to 9.</summary>
    /// <returns>The number of chars written, never more than the text has.</returns>
    internal static int ToAscii(ReadOnlySpan<char> text, Span<char> ascii)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var length = FirstLength(text);
            if (length == 0) ascii[written++] = text[0];
            else
            {
                Rune.DecodeFromUtf16(text, out var rune, out _);
                ascii[written++] = (char)('0' + (int)Rune.GetNumericValue(rune));
            }
            text = text[Math.Max(1, length)..];
        }
        return written;
    }
}
