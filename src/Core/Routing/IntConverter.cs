namespace Modular;

/// <summary><c>&lt;int(fixed_digits=0, min, max, signed=False):name&gt;</c>: a whole number of any size.</summary>
/// <remarks>The value is an <see cref="int"/>, or a <see cref="long"/> or <see cref="BigInteger"/> when it must be.</remarks>
sealed class IntConverter : NumberConverter
{
    readonly int _fixedDigits;
    readonly long? _min;
    readonly long? _max;

    internal IntConverter(ConverterArguments arguments) : base(arguments.Allow("fixed_digits", "min", "max", "signed").Flag("signed"))
    {
        _fixedDigits = checked((int)(arguments.Whole("fixed_digits") ?? 0));
        (_min, _max) = (arguments.Whole("min"), arguments.Whole("max"));
        Pattern = arguments.Flag("signed") ? @"-?\d+" : @"\d+";
    }

    public override string Pattern { get; }

    public override Type ValueType => typeof(int);

    internal override bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest)
    {
        var sign = SignLength(text);
        var digits = Digits.Run(text[sign..]);
        (shortest, longest) = (sign + Digits.FirstLength(text[sign..]), sign + digits);
        return digits > 0;
    }

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
        switch (value)
        {
            case int number: Append(ref writer, number); break;
            case long or short or sbyte or byte or ushort or uint or ulong or BigInteger or Int128 or UInt128:
                Append(ref writer, (ISpanFormattable)value);
                break;
            case string text when BigInteger.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed):
                Append(ref writer, parsed);
                break;
            case bool flag: Append(ref writer, flag ? 1 : 0); break;
            case double number when double.IsFinite(number): Append(ref writer, new BigInteger(number)); break;
            case float number when float.IsFinite(number): Append(ref writer, new BigInteger(number)); break;
            case decimal number: Append(ref writer, new BigInteger(number)); break;
            case Enum constant:
                Append(ref writer, (ISpanFormattable)Convert.ChangeType(constant, constant.GetTypeCode(), CultureInfo.InvariantCulture));
                break;
            default: throw new FormatException($"\"{UrlText.Of(value)}\" is not a whole number");
        }
    }

    // The sign counts as a digit, as in Python's zfill.
    void Append<TNumber>(ref UrlWriter writer, TNumber number) where TNumber : ISpanFormattable
    {
        if (_fixedDigits <= 0) writer.AppendFormatted(number);
        else if (number.ToString(null, CultureInfo.InvariantCulture) is ['-', .. var digits]) writer.Append($"-{digits.PadLeft(_fixedDigits - 1, '0')}");
        else writer.Append(number.ToString(null, CultureInfo.InvariantCulture).PadLeft(_fixedDigits, '0'));
    }

    static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
            if (char.IsLowSurrogate(c)) count--;
        return count;
    }
}
