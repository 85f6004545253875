namespace Modular;

/// <summary>Reads <c>2, name=1.5, 'a text', "another"</c>: what stands between a converter's parentheses.</summary>
ref struct ArgumentParser(string text, string rule)
{
    readonly ReadOnlySpan<char> _text = text;
    int _at;

    /// <exception cref="ModularException">Something else stands there.</exception>
    internal static List<ConverterArguments.Argument> Parse(string text, string rule) => new ArgumentParser(text, rule).ParseAll();

    List<ConverterArguments.Argument> ParseAll()
    {
        List<ConverterArguments.Argument> arguments = [];
        while (SkipBlanks())
        {
            var start = _at;
            if (!TryParseOne(out var argument) || (SkipBlanks() && _text[_at++] != ','))
                throw new ModularException(
                    $"The rule \"{rule}\" has an argument that cannot be read at \"{_text[start..]}\"."
                    + " Write arguments as (2, name=1.5, 'a text').");
            arguments.Add(argument);
        }
        return arguments;
    }

    bool TryParseOne(out ConverterArguments.Argument argument)
    {
        argument = default;
        string? name = null;
        var word = ReadWord();
        if (!word.IsEmpty && SkipBlanks() && _text[_at] == '=')
        {
            name = word.ToString();
            _at++;
            SkipBlanks();
            word = ReadWord();
        }
        if (TryReadQuoted(out var quoted)) argument = new(name, quoted, IsQuoted: true);
        else if (!word.IsEmpty) argument = new(name, word.ToString(), IsQuoted: false);
        else return false;
        return true;
    }

    bool TryReadQuoted(out string quoted)
    {
        quoted = "";
        if (_at >= _text.Length || _text[_at] is not ('"' or '\'')) return false;
        var length = _text[(_at + 1)..].IndexOf(_text[_at]);
        if (length < 0) return false;
        quoted = _text.Slice(_at + 1, length).ToString();
        _at += length + 2;
        return true;
    }

    // Numbers with a sign and a point, True and False, and plain words.
    ReadOnlySpan<char> ReadWord()
    {
        var start = _at;
        if (_at < _text.Length && _text[_at] == '-') _at++;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.')) _at++;
        return _text[start.._at];
    }

    bool SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        return _at < _text.Length;
    }
}
