namespace Modular;

/// <summary>A built-in converter: it matches on spans where its variable is all of a segment.</summary>
abstract class SpanConverter : UrlConverter
{
    /// <summary>What <see cref="UrlConverter.Pattern"/> says of the whole text.</summary>
    internal abstract bool Matches(ReadOnlySpan<char> text);

    /// <summary>False when a matched text isn't a value, as a number out of its range: the response is then a 404.</summary>
    internal virtual bool Accepts(ReadOnlySpan<char> text) => true;

    /// <summary>The boxed value of a matched and accepted text.</summary>
    internal virtual object Read(ReadOnlySpan<char> text) => text.ToString();

    public override object ToValue(string text) =>
        Matches(text) && Accepts(text) ? Read(text) : throw new FormatException($"\"{text}\" does not match \"{Pattern}\".");

    // An emoji counts once.
    protected static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
            if (char.IsLowSurrogate(c)) count--;
        return count;
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

    internal override bool Matches(ReadOnlySpan<char> text) =>
        !text.Contains('/') && CodePoints(text) is var length && length >= _shortest && length <= _longest;

    internal override bool IsWrittenAsItIs(object value) => true;
}

/// <summary><c>&lt;path:name&gt;</c>: text with slashes, but not at its start. It takes as little as it can.</summary>
sealed class PathConverter : SpanConverter
{
    internal PathConverter(ConverterArguments arguments) => arguments.Allow();

    public override string Pattern => "[^/].*?";
    public override int Weight => 200;
    public override bool PartIsolating => false;

    internal override bool Matches(ReadOnlySpan<char> text) => text is [not '/', .. var rest] && !rest.Contains('\n');

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

    internal override bool Matches(ReadOnlySpan<char> text)
    {
        foreach (var choice in _choices)
            if (text.SequenceEqual(choice)) return true;
        return false;
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

    // Guid alone takes blanks around, and a plus sign or "0x" in place of digits.
    internal override bool Matches(ReadOnlySpan<char> text) =>
        text.Length == 36 && !text.ContainsAny("+xX") && Guid.TryParseExact(text, "D", out _);

    internal override object Read(ReadOnlySpan<char> text) => Guid.ParseExact(text, "D");
}
