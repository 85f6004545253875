using System.Globalization;

namespace Modular.Templating.Liquid;

/// <summary>Reads an expression from left to right, in one pass.</summary>
sealed class LiquidCursor(string text, LiquidTokens tokens)
{
    static readonly LiquidLiteral Nothing = new(null);
    int _position;

    /// <summary>An operand and its filters.</summary>
    internal LiquidExpression Expression()
    {
        if (AtEnd()) return Nothing;
        var value = Operand();
        while (Take('|'))
        {
            var name = Word() ?? throw Error("A filter has no name after \"|\".");
            var filter = tokens.Engine.Filters.GetValueOrDefault(name) ?? throw Error(
                $"There is no filter \"{name}\". {LiquidFilters.Near(name, tokens.Engine.Filters)}Write one that exists, or add it: app.TemplateFilter(\"{name}\", …).");
            value = new LiquidFiltered(value, name, filter, Take(':') ? Arguments(end: null) : new([], []));
        }
        return value;
    }

    /// <summary>A literal, a range, a variable or a call.</summary>
    internal LiquidExpression Operand()
    {
        SkipBlanks();
        if (_position >= text.Length) throw Error("A value is missing at the end.");
        return text[_position] switch
        {
            '"' or '\'' => new LiquidLiteral(Quoted()),
            '(' => Range(),
            '[' => throw Error("A value starts with \"[\". Write the name of a variable before it."),
            '-' or '+' or (>= '0' and <= '9') => new LiquidLiteral(Number()),
            _ => Named(),
        };
    }

    LiquidExpression Named()
    {
        var name = Word() ?? throw Error($"\"{text[_position]}\" cannot start a value.");
        if (Peek('('))
        {
            _position++;
            var arguments = Arguments(end: ')');
            if (!Take(')')) throw Error($"The call of \"{name}\" is not closed. Write \")\" after its arguments.");
            return new LiquidCall(name, arguments, Members());
        }
        var members = Members();
        return members.Count > 0 ? new LiquidPath(name, members) : name switch
        {
            "true" or "True" => new LiquidLiteral(true),
            "false" or "False" => new LiquidLiteral(false),
            "nil" or "null" or "None" or "empty" or "blank" => Nothing,
            _ => new LiquidPath(name, members),
        };
    }

    List<LiquidExpression> Members()
    {
        var members = new List<LiquidExpression>();
        while (_position < text.Length)
            if (text[_position] == '.' && !text.AsSpan(_position).StartsWith(".."))
            {
                _position++;
                members.Add(new LiquidLiteral(Word() ?? throw Error("A name is missing after \".\".")));
            }
            else if (text[_position] == '[')
            {
                _position++;
                members.Add(Operand());
                if (!Take(']')) throw Error("\"[\" is not closed. Write \"]\" after the key.");
            }
            else break;
        return members;
    }

    LiquidRange Range()
    {
        _position++;
        var first = Operand();
        SkipBlanks();
        if (!text.AsSpan(_position).StartsWith("..")) throw Error("A range has no \"..\". Write it as (1..5).");
        _position += 2;
        var last = Operand();
        return Take(')') ? new(first, last) : throw Error("A range is not closed. Write it as (1..5).");
    }

    // By position first; name: value and name=value are by name.
    LiquidArguments Arguments(char? end)
    {
        var (positional, named) = (new List<LiquidExpression>(), new List<(string, LiquidExpression)>());
        if (AtEnd() || end is { } close && Peek(close)) return new(positional, named);
        do
        {
            if (TryName() is { } name) named.Add((name, Operand()));
            else positional.Add(Operand());
        }
        while (Take(','));
        return new(positional, named);
    }

    /// <summary><c>a: 1, b: 2</c>, with or without commas, up to the end.</summary>
    internal LiquidArguments NamedArguments()
    {
        var named = new List<(string, LiquidExpression)>();
        Take(',');
        while (TryName() is { } name)
        {
            named.Add((name, Operand()));
            Take(',');
        }
        return new([], named);
    }

    string? TryName()
    {
        SkipBlanks();
        var start = _position;
        if (Word() is { } name && (Take(':') || Peek('=') && Take('='))) return name;
        _position = start;
        return null;
    }

    /// <summary>A name; null when there is none here.</summary>
    internal string? Word()
    {
        SkipBlanks();
        var start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '_' || text[_position] == '-' && _position > start)) _position++;
        if (_position < text.Length && _position > start && text[_position] == '?') _position++;
        return _position > start ? text[start.._position] : null;
    }

    internal bool TakeWord(string word)
    {
        var start = _position;
        if (Word() == word) return true;
        _position = start;
        return false;
    }

    internal bool Take(char c)
    {
        if (!Peek(c)) return false;
        _position++;
        return true;
    }

    bool Peek(char c)
    {
        SkipBlanks();
        return _position < text.Length && text[_position] == c;
    }

    /// <summary>Nothing may follow.</summary>
    internal void End()
    {
        if (!AtEnd()) throw Error($"\"{text[_position..]}\" does not belong here. Remove it, or write a \"|\" or a comma before it.");
    }

    bool AtEnd()
    {
        SkipBlanks();
        return _position >= text.Length;
    }

    string Quoted()
    {
        var end = text.IndexOf(text[_position], _position + 1);
        if (end < 0) throw Error("A quote is not closed. Write the same quote after the text.");
        var inside = text[(_position + 1)..end];
        _position = end + 1;
        return inside;
    }

    object Number()
    {
        var start = _position++;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] == '.' && !text.AsSpan(_position).StartsWith(".."))) _position++;
        var number = text.AsSpan(start, _position - start);
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small) ? small
            : long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large
            : decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var point) ? point
            : throw Error($"\"{number}\" is no number. Write digits, with one point at most.");
    }

    void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
    }

    TemplateException Error(string problem) => tokens.Error(problem);
}
