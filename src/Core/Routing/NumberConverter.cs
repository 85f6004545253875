namespace Modular;

/// <summary>What <c>int</c> and <c>float</c> share: digits of every script, an optional sign, and reading without boxing.</summary>
abstract class NumberConverter(ConverterArguments arguments) : SpanConverter
{
    /// <summary>More digits than this are answered with 404; it is Python's own limit for reading a whole number.</summary>
    internal const int MaxDigits = 4300;

    protected bool IsSigned { get; } = arguments.Flag("signed");

    public sealed override int Weight => 50;

    protected ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) => IsSigned && text.StartsWith('-') ? text[1..] : text;

    protected static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsDigit(rune)) return false;
        return !text.IsEmpty;
    }

    /// <summary>Reads a matched text as any number type, in ASCII digits and the invariant culture.</summary>
    /// <returns>False when the number does not fit into <typeparamref name="TValue"/>.</returns>
    internal static bool TryRead<TValue>(ReadOnlySpan<char> text, out TValue value) where TValue : ISpanParsable<TValue> =>
        TValue.TryParse(Ascii.IsValid(text) ? text : string.Concat(text.ToString().EnumerateRunes().Select(InAscii)),
            CultureInfo.InvariantCulture, out value!);

    static string InAscii(Rune rune) =>
        Rune.IsDigit(rune) ? Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture) : rune.ToString();
}

/// <summary><c>&lt;int(fixed_digits=0, min, max, signed=False):name&gt;</c>: a whole number of any size.</summary>
/// <remarks>The value is an <see cref="int"/>, or a <see cref="long"/> or <see cref="BigInteger"/> when it must be.</remarks>
sealed class IntConverter(ConverterArguments arguments) : NumberConverter(arguments)
{
    readonly long _fixedDigits =
        Math.Min(arguments.Allow("fixed_digits", "min", "max", "signed").Whole("fixed_digits") ?? 0, MaxDigits);
    readonly long? _min = arguments.Whole("min"), _max = arguments.Whole("max");

    public override string Pattern => IsSigned ? @"-?\d+" : @"\d+";
    public override Type ValueType => typeof(int);

    internal override bool Matches(ReadOnlySpan<char> text) => AreDigits(WithoutSign(text));

    internal override bool Accepts(ReadOnlySpan<char> text) =>
        text.Length <= MaxDigits && (_fixedDigits <= 0 || CodePoints(text) == _fixedDigits)
        && ((_min is null && _max is null) || (TryRead<BigInteger>(text, out var number) && !(number < _min) && !(number > _max)));

    internal override object Read(ReadOnlySpan<char> text) => TryRead<int>(text, out var number) ? (object)number
        : TryRead<long>(text, out var longer) ? (object)longer
        : TryRead<BigInteger>(text, out var any) ? any : throw new FormatException($"\"{text}\" is not a whole number.");

    internal override bool IsWrittenAsItIs(object value) => value is int && _fixedDigits <= 0;

    // The sign counts as a digit, as in Python's zfill.
    public override string ToUrl(object value)
    {
        var text = Whole(value).ToString(CultureInfo.InvariantCulture);
        var zeros = new string('0', (int)Math.Max(0, _fixedDigits - text.Length));
        return text[0] == '-' ? $"-{zeros}{text[1..]}" : zeros + text;
    }

    static BigInteger Whole(object value) => value switch
    {
        bool or Enum => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => new(number),
        float number when float.IsFinite(number) => new(number),
        decimal number => new(number),
        not char when BigInteger.TryParse(UrlWriter.TextOf(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var any) => any,
        _ => throw new FormatException($"\"{UrlWriter.TextOf(value)}\" is not a whole number"),
    };
}

/// <summary><c>&lt;float(min, max, signed=False):name&gt;</c>: digits, a point, digits. The value is a <see cref="double"/>.</summary>
sealed class FloatConverter(ConverterArguments arguments) : NumberConverter(arguments)
{
    readonly double? _min = arguments.Allow("min", "max", "signed").Number("min"), _max = arguments.Number("max");

    public override string Pattern => IsSigned ? @"-?\d+\.\d+" : @"\d+\.\d+";
    public override Type ValueType => typeof(double);

    internal override bool Matches(ReadOnlySpan<char> text)
    {
        var number = WithoutSign(text);
        return number.IndexOf('.') is >= 0 and var point && AreDigits(number[..point]) && AreDigits(number[(point + 1)..]);
    }

    internal override bool Accepts(ReadOnlySpan<char> text) => text.Length <= MaxDigits
        && ((_min is null && _max is null) || (TryRead<double>(text, out var number) && !(number < _min) && !(number > _max)));

    internal override object Read(ReadOnlySpan<char> text) =>
        TryRead<double>(text, out var number) ? number : throw new FormatException($"\"{text}\" is not a number with a point.");

    // The shortest digits that read back as the same number, never in scientific notation, always with a fraction: "1.0".
    public override string ToUrl(object value)
    {
        // By its text: 0.1f is 0.1 and not 0.10000000149011612, and a BigInteger's own conversion does not round.
        if (!double.TryParse(UrlWriter.TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)) throw new FormatException($"\"{UrlWriter.TextOf(value)}\" is not a number");
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (text.Split('E') is not [var mantissa, var power]) return text.Contains('.') ? text : text + ".0";
        var sign = mantissa[0] == '-' ? "-" : "";
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        var point = 1 + int.Parse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return digits.Length <= point ? $"{sign}{digits.PadRight(point, '0')}.0" : $"{sign}{digits[..point]}.{digits[point..]}";
    }
}
