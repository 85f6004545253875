namespace Modular;

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

    internal override bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest)
    {
        shortest = longest = 0;
        var sign = SignLength(text);
        var whole = Digits.Run(text[sign..]);
        var point = sign + whole;
        if (whole == 0 || point >= text.Length || text[point] != '.') return false;
        var fraction = text[(point + 1)..];
        shortest = point + 1 + Digits.FirstLength(fraction);
        longest = point + 1 + Digits.Run(fraction);
        return shortest > point + 1;
    }

    internal override bool Accepts(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxDigits) return false;
        if (_min is null && _max is null) return true;
        return TryRead<double>(text, out var number) && !(number < _min) && !(number > _max);
    }

    internal override object Read(ReadOnlySpan<char> text) =>
        TryRead<double>(text, out var number) ? number : throw new FormatException($"\"{text}\" is not a number with a point.");

    // The shortest digits that read back as the same number, never in scientific notation, always with a fraction: "1.0".
    internal override void AppendUrl(ref UrlWriter writer, object value)
    {
        Span<char> buffer = stackalloc char[32];
        ToDouble(value).TryFormat(buffer, out var length, "R", CultureInfo.InvariantCulture);
        var text = buffer[..length];
        var exponent = text.IndexOf('E');
        if (exponent >= 0)
            AppendScientific(ref writer, text[..exponent], int.Parse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        else
        {
            writer.Append(text);
            if (!text.Contains('.')) writer.Append(".0");
        }
    }

    // "-1.25" and 20 → "-125000000000000000000.0"; "-1.25" and -7 → "-0.000000125".
    static void AppendScientific(ref UrlWriter writer, scoped ReadOnlySpan<char> mantissa, int exponent)
    {
        if (mantissa[0] == '-')
        {
            writer.Append('-');
            mantissa = mantissa[1..];
        }
        scoped var fraction = mantissa.Length > 2 ? mantissa[2..] : [];
        if (exponent < 0)
        {
            writer.Append("0.");
            writer.Append(new string('0', -exponent - 1));
            writer.Append(mantissa[..1]);
            writer.Append(fraction);
        }
        else
        {
            writer.Append(mantissa[..1]);
            writer.Append(fraction[..Math.Min(fraction.Length, exponent)]);
            writer.Append(new string('0', Math.Max(0, exponent - fraction.Length)));
            writer.Append('.');
            writer.Append(fraction.Length > exponent ? fraction[exponent..] : "0");
        }
    }

    static double ToDouble(object value)
    {
        var number = value switch
        {
            double d => d,
            // By their text: 0.1f is 0.1 and not 0.10000000149011612, and a BigInteger's own conversion does not round.
            float or BigInteger or Int128 or UInt128 => double.Parse(UrlText.Of(value), NumberStyles.Float, CultureInfo.InvariantCulture),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            string => double.NaN,
            IConvertible convertible and not (char or DateTime) => convertible.ToDouble(CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : throw new FormatException($"\"{UrlText.Of(value)}\" is not a number");
    }
}
