namespace Modular;

/// <summary><c>&lt;any(about, help, "foo,bar"):name&gt;</c>: one of some fixed texts.</summary>
sealed class AnyConverter : SpanConverter
{
    readonly string[] _choices;

    internal AnyConverter(ConverterArguments arguments)
    {
        arguments.AllowTexts();
        _choices = [.. arguments.Texts];
        if (_choices.Length == 0) throw arguments.Error("has nothing to choose from", "(about, help)");
        Pattern = $"(?:{string.Join('|', _choices.Select(Regex.Escape))})";
    }

    public override string Pattern { get; }

    public override bool PartIsolating => !Array.Exists(_choices, choice => choice.Contains('/'));

    internal override IReadOnlyList<string> Choices => _choices;

    internal override bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest)
    {
        shortest = longest = 0;
        foreach (var choice in _choices)
        {
            if (!text.SequenceEqual(choice)) continue;
            shortest = longest = choice.Length;
            return true;
        }
        return false;
    }

    internal override void AppendUrl(ref UrlWriter writer, object value)
    {
        var text = UrlText.Of(value);
        if (Array.IndexOf(_choices, text) < 0)
            throw new FormatException($"\"{text}\" is not one of {string.Join(", ", _choices.Select(choice => $"\"{choice}\""))}");
        writer.AppendEncoded(text, Percent.PathSafe);
    }
}
