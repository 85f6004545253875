namespace Modular.Routing;

abstract class SpanConverter : UrlConverter
{
    // The shortest and longest text at the start that Pattern accepts, and so all between. The first is longer when there is none.
    protected virtual (int Shortest, int Longest) Lengths(ReadOnlySpan<char> text) => (1, 0);

    internal virtual bool Matches(ReadOnlySpan<char> text) =>
        Lengths(text) is var (shortest, longest) && shortest <= text.Length && longest == text.Length;

    // As RoutePiece.Take. Most patterns take as much as they can.
    internal virtual int Take(ReadOnlySpan<char> text, ReadOnlySpan<bool> ends) =>
        Lengths(text) is var (shortest, longest) && shortest <= longest
        && ends[shortest..(longest + 1)].LastIndexOf(true) is >= 0 and var more ? shortest + more : -1;

    // Accepts refuses a value, such as a number out of range. Read gets accepted texts.
    internal virtual bool Accepts(ReadOnlySpan<char> text) => true;
    internal virtual object Read(ReadOnlySpan<char> text) => text.ToString();
    internal sealed override PatternMatcher? MatcherOf(RoutePiece[] pieces, string rule) => null;

    public override object ToValue(string text) =>
        Matches(text) && Accepts(text) ? Read(text) : throw new FormatException($"\"{text}\" does not match \"{Pattern}\".");

    // The place after some characters, past the end when there are fewer. An emoji counts once.
    protected static int After(ReadOnlySpan<char> text, long count)
    {
        var at = 0;
        for (; count > 0 && at < text.Length; count--) at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return count > 0 ? text.Length + 1 : at;
    }
}

/// <summary><c>&lt;string(minlength=1, maxlength, length):name&gt;</c>: text without a slash, as without a converter.</summary>
sealed class StringConverter : SpanConverter
{
    readonly long _shortest, _longest;

    internal StringConverter(ConverterArguments arguments)
    {
        arguments.Allow("minlength", "maxlength", "length");
        var exact = arguments.Whole("length");
        _shortest = exact ?? arguments.Whole("minlength") ?? 1;
        _longest = exact ?? arguments.Whole("maxlength") ?? int.MaxValue;
        if (_shortest < 1 || _longest < _shortest || _longest > int.MaxValue) throw arguments.Error(
            "can never match: its lengths must be at least 1, and minlength not above maxlength", "(minlength=1, maxlength=20)");
        // A character outside the basic plane counts once, and is not cut in two.
        var most = _longest == int.MaxValue ? "" : _longest.ToString(CultureInfo.InvariantCulture);
        Pattern = string.Create(CultureInfo.InvariantCulture,
            $@"(?:[^/\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF]){{{_shortest},{most}}}");
    }

    public override string Pattern { get; }
    public override bool PartIsolating => true;

    protected override (int Shortest, int Longest) Lengths(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('/') is >= 0 and var slash ? slash : text.Length;
        return (After(text, _shortest), _longest < end ? Math.Min(After(text, _longest), end) : end);
    }

    internal override bool IsWrittenAsItIs(object value) => true;
}

/// <summary><c>&lt;path:name&gt;</c>: text with slashes, but not at its start. It takes as little as it can.</summary>
sealed class PathConverter : SpanConverter
{
    internal PathConverter(ConverterArguments arguments) => arguments.Allow();

    public override string Pattern => "[^/].*?";
    public override int Weight => 200;
    public override bool PartIsolating => false;

    protected override (int Shortest, int Longest) Lengths(ReadOnlySpan<char> text) => text is not [not '/', .. var rest] ? (1, 0)
        : (1, rest.IndexOf('\n') is >= 0 and var line ? line + 1 : text.Length);

    internal override int Take(ReadOnlySpan<char> text, ReadOnlySpan<bool> ends) =>
        ends[1..(Lengths(text).Longest + 1)].IndexOf(true) is >= 0 and var more ? more + 1 : -1;

    internal override bool IsWrittenAsItIs(object value) => true;
}

/// <summary><c>&lt;any(about, help, "foo,bar"):name&gt;</c>: one of some fixed texts.</summary>
sealed class AnyConverter : SpanConverter
{
    readonly string[] _choices;

    internal AnyConverter(ConverterArguments arguments)
    {
        _choices = arguments.AllTexts();
        if (_choices.Length == 0) throw arguments.Error("has nothing to choose from", "(about, help)");
        Pattern = $"(?:{string.Join('|', _choices.Select(Regex.Escape))})";
    }

    public override string Pattern { get; }
    public override bool PartIsolating => !Array.Exists(_choices, choice => choice.Contains('/'));

    internal override bool Matches(ReadOnlySpan<char> text) => _choices.Contains(text.ToString());

    internal override int Take(ReadOnlySpan<char> text, ReadOnlySpan<bool> ends)
    {
        foreach (var choice in _choices) if (text.StartsWith(choice) && ends[choice.Length]) return choice.Length;
        return -1;
    }

    public override string ToUrl(object value) => Matches(UrlWriter.TextOf(value)) ? base.ToUrl(value) : throw new FormatException(
        $"\"{UrlWriter.TextOf(value)}\" is not one of \"{string.Join("\", \"", _choices)}\"");
}

/// <summary><c>&lt;uuid:name&gt;</c>: a UUID in its hyphenated form, in either letter case; the value is a <see cref="Guid"/>.</summary>
sealed class UuidConverter : SpanConverter
{
    internal UuidConverter(ConverterArguments arguments) => arguments.Allow();

    public override string Pattern => "[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}";
    public override Type ValueType => typeof(Guid);

    // Guid.TryParse also accepts surrounding blanks, and a plus sign or "0x" in place of digits.
    protected override (int Shortest, int Longest) Lengths(ReadOnlySpan<char> text) => text.Length >= 36
        && !text[..36].ContainsAny("+xX") && Guid.TryParseExact(text[..36], "D", out _) ? (36, 36) : (1, 0);

    internal override object Read(ReadOnlySpan<char> text) => Guid.ParseExact(text, "D");
}

abstract class NumberConverter(ConverterArguments arguments) : SpanConverter
{
    internal const int MaxDigits = 4300;        // more are a 404: Python's limit for parsing a whole number

    protected bool IsSigned { get; } = arguments.Flag("signed");

    public sealed override int Weight => 50;

    protected sealed override (int Shortest, int Longest) Lengths(ReadOnlySpan<char> text)
    {
        var sign = IsSigned && text.StartsWith('-') ? 1 : 0;
        var (shortest, longest) = Unsigned(text[sign..]);
        return (shortest + sign, longest + sign);
    }

    protected abstract (int Shortest, int Longest) Unsigned(ReadOnlySpan<char> text);

    // How many characters at the start are digits, of any script. Long texts are searched faster for ASCII first.
    protected static int Digits(ReadOnlySpan<char> text)
    {
        var count = text.Length < 64 ? 0 : text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var other ? other : text.Length;
        foreach (var rune in text[count..].EnumerateRunes())
        {
            if (!Rune.IsDigit(rune)) break;
            count += rune.Utf16SequenceLength;
        }
        return count;
    }

    internal static bool TryRead<TValue>(ReadOnlySpan<char> text, out TValue value) where TValue : ISpanParsable<TValue> =>
        TValue.TryParse(Ascii.IsValid(text) ? text : string.Concat(text.ToString().EnumerateRunes().Select(rune =>
            Rune.IsDigit(rune) ? Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture) : rune.ToString())),
            CultureInfo.InvariantCulture, out value!);
}

/// <summary><c>&lt;int(fixed_digits=0, min, max, signed=False):name&gt;</c>: a whole number of any size.</summary>
sealed class IntConverter(ConverterArguments arguments) : NumberConverter(arguments)
{
    readonly long _fixedDigits =
        Math.Min(arguments.Allow("fixed_digits", "min", "max", "signed").Whole("fixed_digits") ?? 0, MaxDigits);
    readonly long? _min = arguments.Whole("min"), _max = arguments.Whole("max");

    public override string Pattern => IsSigned ? @"-?\d+" : @"\d+";
    public override Type ValueType => typeof(int);

    protected override (int Shortest, int Longest) Unsigned(ReadOnlySpan<char> text) => (1, Digits(text));

    internal override bool Accepts(ReadOnlySpan<char> text) =>
        text.Length <= MaxDigits && (_fixedDigits <= 0 || After(text, _fixedDigits) == text.Length)
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
        return text.Insert(text[0] == '-' ? 1 : 0, zeros);
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

    protected override (int Shortest, int Longest) Unsigned(ReadOnlySpan<char> text) =>
        Digits(text) is > 0 and var point && text[point..] is ['.', .. var fraction] ? (point + 2, point + 1 + Digits(fraction)) : (1, 0);

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

sealed class ConverterTable
{
    internal const string Default = "default";
    readonly Dictionary<string, Func<ConverterArguments, UrlConverter>> _factories = new()
    {
        [Default] = arguments => new StringConverter(arguments),
        ["string"] = arguments => new StringConverter(arguments),
        ["any"] = arguments => new AnyConverter(arguments),
        ["path"] = arguments => new PathConverter(arguments),
        ["int"] = arguments => new IntConverter(arguments),
        ["float"] = arguments => new FloatConverter(arguments),
        ["uuid"] = arguments => new UuidConverter(arguments),
    };

    internal void Add(string name, Func<ConverterArguments, UrlConverter> factory)
    {
        if (name is "" or [>= '0' and <= '9', ..] || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
            throw new ModularException($"\"{name}\" cannot name a converter. Use letters, digits and underscores, as in \"list\".");
        if (!_factories.TryAdd(name, factory)) throw new ModularException($"There is already a converter \"{name}\". Choose another name.");
    }

    internal bool Contains(string name) => _factories.ContainsKey(name);

    internal UrlConverter Create(string name, string arguments, string rule)
    {
        if (_factories.TryGetValue(name, out var factory)) return factory(new ConverterArguments(name, rule, arguments));
        var remedy = Suggest.DidYouMean(name, _factories.Keys) is { Length: > 0 } hint ? hint
            : $" Add it first, or use one of {string.Join(", ", _factories.Keys.Order(StringComparer.Ordinal))}.";
        throw new ModularException($"The rule \"{rule}\" names the unknown converter \"{name}\".{remedy}");
    }
}
