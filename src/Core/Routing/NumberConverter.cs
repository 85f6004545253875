namespace Modular;

/// <summary>What <c>int</c> and <c>float</c> share: digits of every script, an optional sign, and reading without boxing.</summary>
abstract class NumberConverter(bool signed) : SpanConverter
{
    /// <summary>More digits than this are answered with 404; it is Python's own limit for reading a whole number.</summary>
    internal const int MaxDigits = 4300;

    public sealed override int Weight => 50;

    protected ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) => signed && text.StartsWith('-') ? text[1..] : text;

    protected static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsDigit(rune)) return false;
        return !text.IsEmpty;
    }

    /// <summary>Reads a matched text as any number type, in ASCII digits and the invariant culture.</summary>
    /// <returns>False when the number does not fit into <typeparamref name="TValue"/>.</returns>
    internal static bool TryRead<TValue>(ReadOnlySpan<char> text, out TValue value) where TValue : ISpanParsable<TValue>
    {
        if (Ascii.IsValid(text)) return TValue.TryParse(text, CultureInfo.InvariantCulture, out value!);
        Span<char> ascii = text.Length <= 128 ? stackalloc char[128] : new char[text.Length];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
            ascii[length++] = Rune.IsDigit(rune) ? (char)('0' + (int)Rune.GetNumericValue(rune)) : rune.IsBmp ? (char)rune.Value : '?';
        return TValue.TryParse(ascii[..length], CultureInfo.InvariantCulture, out value!);
    }

    internal override void AppendUrl(ref UrlWriter writer, object value) => writer.Append(ToUrl(value));
}

/// <summary><c>&lt;int(fixed_digits=0, min, max, signed=False):name&gt;</c>: a whole number of any size.</summary>
/// <remarks>The value is an <see cref="int"/>, or a <see cref="long"/> or <see cref="BigInteger"/> when it must be.</remarks>
sealed class IntConverter : NumberConverter
{
    readonly long _fixedDigits;
    readonly long? _min;
    readonly long? _max;

    internal IntConverter(ConverterArguments arguments) : base(arguments.Allow("fixed_digits", "min", "max", "signed").Flag("signed"))
    {
        _fixedDigits = Math.Min(arguments.Whole("fixed_digits") ?? 0, MaxDigits);
        (_min, _max) = (arguments.Whole("min"), arguments.Whole("max"));
        Pattern = arguments.Flag("signed") ? @"-?\d+" : @"\d+";
    }

    public override string Pattern { get; }

    public override Type ValueType => typeof(int);

    internal override bool Matches(ReadOnlySpan<char> text) => AreDigits(WithoutSign(text));

    internal override bool Accepts(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxDigits || (_fixedDigits > 0 && CodePoints(text) != _fixedDigits)) return false;
        if (_min is null && _max is null) return true;
        if (TryRead<long>(text, out var number)) return !(number < _min) && !(number > _max);
        return text[0] == '-' ? _min is null : _max is null;    // beyond 64 bits: outside any limit on that side
    }

    internal override object Read(ReadOnlySpan<char> text)
    {
        if (TryRead<int>(text, out var number)) return number;
        if (TryRead<long>(text, out var longer)) return longer;
        return TryRead<BigInteger>(text, out var any) ? any : throw new FormatException($"\"{text}\" is not a whole number.");
    }

    internal override void AppendUrl(ref UrlWriter writer, object value)
    {
        if (value is int number && _fixedDigits <= 0) writer.AppendFormatted(number);
        else base.AppendUrl(ref writer, value);
    }

    // The sign counts as a digit, as in Python's zfill.
    public override string ToUrl(object value)
    {
        var text = Whole(value).ToString(CultureInfo.InvariantCulture);
        var zeros = new string('0', (int)Math.Max(0, _fixedDigits - text.Length));
        return text[0] == '-' ? $"-{zeros}{text[1..]}" : zeros + text;
    }

    static BigInteger Whole(object value) => value switch
    {
        bool flag => flag ? 1 : 0,
        double number when double.IsFinite(number) => new(number),
        float number when float.IsFinite(number) => new(number),
        decimal number => new(number),
        Enum constant => Whole(constant.ToString("D")),
        not char when BigInteger.TryParse(UrlWriter.TextOf(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var any) => any,
        _ => throw new FormatException($"\"{UrlWriter.TextOf(value)}\" is not a whole number"),
    };
}

/// <summary><c>&lt;float(min, max, signed=False):name&gt;</c>: digits, a point, digits. The value is a <see cref="double"/>.</summary>
sealed class FloatConverter : NumberConverter
{
    readonly double? _min;
    readonly double? _max;

    internal FloatConverter(ConverterArguments arguments) : base(arguments.Allow("min", "max", "signed").Flag("signed"))
    {
        (_min, _max) = (arguments.Number("min"), arguments.Number("max"));
        Pattern = arguments.Flag("signed") ? @"-?\d+\.\d+" : @"\d+\.\d+";
    }

    public override string Pattern { get; }

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
        var text = ToDouble(value).ToString("R", CultureInfo.InvariantCulture);
        if (text.Split('E') is not [var mantissa, var power]) return text.Contains('.') ? text : text + ".0";
        var sign = mantissa[0] == '-' ? "-" : "";
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        var point = 1 + int.Parse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return digits.Length <= point ? $"{sign}{digits.PadRight(point, '0')}.0" : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    static double ToDouble(object value)
    {
        var number = value switch
        {
            double same => same,
            bool or Enum => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            // By its text: 0.1f is 0.1 and not 0.10000000149011612, and a BigInteger's own conversion does not round.
            not char when double.TryParse(UrlWriter.TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var any) => any,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : throw new FormatException($"\"{UrlWriter.TextOf(value)}\" is not a number");
    }
}
