namespace Modular.Templating.Liquid;

enum LiquidTokenKind
{
    Text,
    Output,
    Tag,
}

/// <summary>A token of a template.</summary>
/// <param name="Text">The text, the expression, or the text after the tag's name.</param>
/// <param name="Name">The tag's name.</param>
/// <param name="Position">The start of the token in the template.</param>
readonly record struct LiquidToken(LiquidTokenKind Kind, string Text, string Name, int Position);

/// <summary>Splits a template into tokens in one pass. A hyphen inside the braces removes the white space before or after them.</summary>
sealed class LiquidScanner(TemplateSource source)
{
    readonly string _text = source.Text;
    int _position;
    bool _trimNext;

    /// <summary>The next token, or null at the end.</summary>
    /// <exception cref="TemplateException">Braces or a raw block aren't closed.</exception>
    internal LiquidToken? Next()
    {
        while (_position < _text.Length)
        {
            var start = Opening(_position);
            if (start > _position && Text(start) is { } text) return text;
            if (start >= _text.Length) return null;
            _position = start;
            var token = _text[start + 1] == '{' ? Output(start) : Tag(start);
            if (token is not null) return token;
        }
        return null;
    }

    int Opening(int from)
    {
        for (var i = _text.IndexOf('{', from); i >= 0 && i + 1 < _text.Length; i = _text.IndexOf('{', i + 1))
            if (_text[i + 1] is '{' or '%') return i;
        return _text.Length;
    }

    LiquidToken? Text(int end)
    {
        var (from, text) = (_position, _text[_position..end]);
        if (_trimNext) text = text.TrimStart();
        if (end + 2 < _text.Length && _text[end + 2] == '-') text = text.TrimEnd();
        (_position, _trimNext) = (end, false);
        return text.Length == 0 ? null : new(LiquidTokenKind.Text, text, "", from);
    }

    LiquidToken Output(int start) => new(LiquidTokenKind.Output, Inside(start, "}}"), "", start);

    LiquidToken? Tag(int start)
    {
        var inside = Inside(start, "%}");
        var length = 0;
        while (length < inside.Length && (char.IsLetterOrDigit(inside[length]) || inside[length] == '_')) length++;
        var (name, markup) = (inside[..length], inside[length..].Trim());
        if (length == 0) throw Error("A tag has no name. Write one after {%, such as {% if user %}.", start);
        return name is "raw" or "literal" or "comment" ? Raw(name, start) : new(LiquidTokenKind.Tag, markup, name, start);
    }

    // The text between the braces. Closing braces in quotes don't end the tag.
    string Inside(int start, string close)
    {
        _trimNext = false;
        var from = start + 2;
        if (from < _text.Length && _text[from] == '-') from++;
        for (var i = from; i + 1 < _text.Length; i++)
        {
            if (_text[i] is '"' or '\'')
            {
                var quote = _text.IndexOf(_text[i], i + 1);
                if (quote < 0) break;
                i = quote;
            }
            else if (_text[i] == close[0] && _text[i + 1] == close[1])
            {
                _position = i + 2;
                _trimNext = i > from && _text[i - 1] == '-';
                return _text[from..(_trimNext ? i - 1 : i)].Trim();
            }
        }
        throw Error($"\"{_text.AsSpan(start, 2)}\" is never closed. Write \"{close}\" after it, and close every quote before it.", start);
    }

    // Everything up to the end tag is text or a comment.
    LiquidToken? Raw(string name, int start)
    {
        var (from, trimStart) = (_position, _trimNext);
        for (var i = Opening(from); i < _text.Length; i = Opening(i + 2))
        {
            if (_text[i + 1] != '%') continue;
            var end = i + 2;
            while (end < _text.Length && (_text[end] == '-' || char.IsWhiteSpace(_text[end]))) end++;
            if (string.CompareOrdinal(_text, end, $"end{name}", 0, name.Length + 3) != 0) continue;
            Inside(i, "%}");
            var text = name == "comment" ? "" : _text[from..i];
            if (trimStart) text = text.TrimStart();
            if (_text[i + 2] == '-') text = text.TrimEnd();
            return text.Length == 0 ? null : new(LiquidTokenKind.Text, text, "", from);
        }
        throw Error($"The tag \"{name}\" is never closed. Write {{% end{name} %}} at its end.", start);
    }

    TemplateException Error(string problem, int position)
    {
        var (line, column) = source.Locate(position);
        return new(problem, source, line, column);
    }
}
