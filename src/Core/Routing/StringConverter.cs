namespace Modular;

/// <summary><c>&lt;string(minlength=1, maxlength, length):name&gt;</c>: text without a slash, as without a converter.</summary>
/// <remarks>Lengths count characters (code points), so an emoji counts once.</remarks>
sealed class StringConverter : SpanConverter
{
    readonly int _shortest;
    readonly int _longest;

    internal StringConverter(ConverterArguments arguments)
    {
        arguments.Allow("minlength", "maxlength", "length");
        var exact = arguments.Whole("length");
        _shortest = checked((int)(exact ?? arguments.Whole("minlength") ?? 1));
        _longest = checked((int)(exact ?? arguments.Whole("maxlength") ?? int.MaxValue));
        if (_shortest < 1 || _longest < _shortest)
            throw arguments.Error(
                "can never match: its lengths must be at least 1, and minlength not above maxlength", "(minlength=1, maxlength=20)");
        Pattern = exact is not null ? string.Create(CultureInfo.InvariantCulture, $"[^/]{{{exact}}}")
            : _longest == int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"[^/]{{{_shortest},}}")
            : string.Create(CultureInfo.InvariantCulture, $"[^/]{{{_shortest},{_longest}}}");
    }

    public override string Pattern { get; }

    public override bool PartIsolating => true;

    internal override bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest)
    {
        var slash = text.IndexOf('/');
        if (slash >= 0) text = text[..slash];
        shortest = _shortest == 1 ? FirstLength(text) : Chars(text, _shortest);
        longest = _longest == int.MaxValue ? text.Length : Math.Max(0, Chars(text, _longest, orAll: true));
        return shortest > 0;
    }

    static int FirstLength(ReadOnlySpan<char> text) =>
        text.IsEmpty ? 0 : text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;

    // The chars that this many code points take; 0, or all of them, when the text is shorter.
    static int Chars(ReadOnlySpan<char> text, int codePoints, bool orAll = false)
    {
        var length = 0;
        for (; codePoints > 0 && length < text.Length; codePoints--) length += FirstLength(text[length..]);
        return codePoints == 0 || orAll ? length : 0;
    }
}
