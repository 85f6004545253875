using System.Globalization;

namespace Modular.Templating.Liquid;

/// <summary>Reads an expression from left to right, in one pass.</summary>
sealed class LiquidCursor(string text, LiquidTokens tokens)
{
    const int MaxConditions = 500;
    static readonly LiquidLiteral Nothing = new(null);
    int _position;
    string? _without;

    internal int Position => _position;

    /// <summary>An operand and its filters.</summary>
    internal LiquidExpression Expression()
    {
        if (AtEnd()) return Nothing;
        var value = Operand();
        while (Take('|'))
        {
            var name = Word() ?? throw Error("A filter has no name after \"|\".");
            var filter = tokens.Engine.Filters.GetValueOrDefault(name) ?? throw Error(
                $"There is no filter \"{name}\"." +
                Suggest.DidYouMean(name, tokens.Engine.Filters.Keys.Where(other => other.Length > 1).Order(StringComparer.Ordinal)) +
                $" Write one that exists, or add it: app.TemplateFilter(\"{name}\", …).");
            value = new LiquidFiltered(value, name, filter, Take(':') ? Arguments(end: null) : new([], []));
        }
        return value;
    }

    /// <summary>The condition of <c>if</c>, <c>unless</c> and <c>elsif</c>.</summary>
    internal LiquidCondition Condition(string tag)
    {
        if (AtEnd()) throw Error($"The tag \"{tag}\" has no condition. Write {{% {tag} value %}}.");
        _without = tag;
        var first = Comparison();
        var last = first;
        for (var count = 2; !AtEnd(); count++)
        {
            if (count > MaxConditions)
                throw Error($"There are more than {MaxConditions} conditions in one tag. Move some of them into separate tags.");
            var start = _position;
            var word = Word();
            if (word is not ("and" or "or"))
            {
                _position = start;
                throw NotCondition();
            }
            var next = Comparison();
            last.Add(next, isAnd: word == "and");
            last = next;
        }
        return first;
    }

    LiquidCondition Comparison()
    {
        if (Peek('!')) throw Error("Liquid has no \"!\". Write {% unless value %}, or compare: value == false.");
        if (TakeWord("not")) throw Error("Liquid has no \"not\". Write {% unless value %}, or compare: value == false.");
        var left = Operand();
        SkipBlanks();
        var start = _position;
        while (_position < text.Length && text[_position] is '=' or '!' or '<' or '>') _position++;
        var name = _position > start ? text[start.._position] : Word();
        if (name is null or "and" or "or")
        {
            _position = start;
            return new(left, null, Nothing);
        }
        if (LiquidConditions.Find(name) is { } test) return new(left, test, Operand());
        _position = start;
        throw NotCondition();
    }

    TemplateException NotCondition()
    {
        SkipBlanks();
        var rest = text.AsSpan(_position);
        return Error(
            rest.StartsWith("&&") ? "Liquid has no \"&&\". Write \"and\"."
            : rest.StartsWith("||") ? "Liquid has no \"||\". Write \"or\"."
            : rest.StartsWith("|") ? "Liquid has no filters in conditions. Write {% assign value = … | filter %} before it, " +
                "and compare the value."
            : rest.StartsWith("(") ? "Liquid has no parentheses in conditions. Nest two tags, or assign a part first."
            : rest.StartsWith("is ") ? "Liquid has no \"is\". Write \"==\"."
            : rest.StartsWith("in ") || rest.StartsWith("not in ") ? "Liquid has no \"in\" in conditions. " +
                "Write {% if items contains item %}."
            : $"\"{rest}\" isn't valid here. Write one of ==, !=, <, >, <=, >=, contains, and, or.");
    }

    /// <summary>The same as <see cref="Operand()"/>, in a tag without function calls.</summary>
    internal LiquidExpression Operand(string without)
    {
        _without = without;
        var operand = Operand();
        _without = null;
        return operand;
    }

    /// <summary>Reads <c>limit: 3 offset: 2</c> with the option names of the tag.</summary>
    internal Dictionary<string, LiquidExpression> Options(string tag, params ReadOnlySpan<string> names)
    {
        var options = new Dictionary<string, LiquidExpression>();
        Take(',');
        while (TryName() is { } name)
        {
            if (!names.Contains(name))
                throw Error($"\"{tag}\" has no option \"{name}\".{Suggest.DidYouMean(name, names.ToArray())} Write one of " +
                    $"{string.Join(", ", names!)}.");
            if (!options.TryAdd(name, Operand(without: tag)))
                throw Error($"\"{tag}\" has the option \"{name}\" twice. Remove one of them.");
            Take(',');
        }
        return options;
    }

    /// <summary>The rest of the text, for messages.</summary>
    internal string Rest() => text[_position..].Trim();

    /// <summary>A literal, a range, a variable or a call.</summary>
    internal LiquidExpression Operand()
    {
        SkipBlanks();
        if (_position >= text.Length) throw Error("A value is missing at the end.");
        return text[_position] switch
        {
            '"' or '\'' => new LiquidLiteral(Quoted()),
            '(' => Range(),
            '[' => throw Error("A value can't start with \"[\". Write the name of a variable before it."),
            '-' or '+' or (>= '0' and <= '9') => new LiquidLiteral(Number()),
            _ => Named(),
        };
    }

    LiquidExpression Named()
    {
        var name = Word() ?? throw Error($"\"{text[_position]}\" can't start a value.");
        if (Peek('('))
        {
            if (_without is not null)
                throw Error($"Liquid has no calls in \"{_without}\". Write {{% assign value = {name}(…) %}} before it, and use the " +
                    "value here.");
            _position++;
            var arguments = Arguments(end: ')');
            if (!Take(')')) throw Error($"The call of \"{name}\" isn't closed. Write \")\" after its arguments.");
            return new LiquidCall(name, arguments, Members());
        }
        var members = Members();
        return members.Count > 0 ? new LiquidPath(name, members) : name switch
        {
            "true" or "True" => new LiquidLiteral(true),
            "false" or "False" => new LiquidLiteral(false),
            "nil" or "null" or "None" => Nothing,
            "empty" => new LiquidLiteral(LiquidSymbol.Empty),
            "blank" => new LiquidLiteral(LiquidSymbol.Blank),
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
                if (!Take(']')) throw Error("\"[\" isn't closed. Write \"]\" after the key.");
            }
            else break;
        return members;
    }

    LiquidRange Range()
    {
        _position++;
        var first = Operand();
        SkipBlanks();
        if (!text.AsSpan(_position).StartsWith("..")) throw Error(_without is "if" or "elsif" or "elseif" or "unless"
            ? "Liquid has no parentheses in conditions. Nest two tags, or assign a part first."
            : "A range has no \"..\". Write it as (1..5).");
        _position += 2;
        var last = Operand();
        return Take(')') ? new(first, last) : throw Error("A range isn't closed. Write it as (1..5).");
    }

    // Positional arguments first, then named ones: name: value or name=value.
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

    /// <summary>Reads <c>a: 1, b: 2</c>, with or without commas, up to the end.</summary>
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

    /// <summary>Reads a name, or returns null.</summary>
    internal string? Word()
    {
        SkipBlanks();
        var start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '_'
            || text[_position] == '-' && _position > start)) _position++;
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

    /// <summary>Throws when more text follows.</summary>
    internal void End()
    {
        if (AtEnd()) return;
        throw Error(text[_position] is '+' or '-' or '*' or '/' or '%' or '~' ? $"\"{text[_position..]}\" isn't valid here. " +
            $"Liquid uses filters for arithmetic: write {{{{ a | plus: b }}}}, minus, times, divided_by, modulo or append."
            : $"\"{text[_position..]}\" isn't valid here. Remove it, or write \"|\" or a comma before it.");
    }

    bool AtEnd()
    {
        SkipBlanks();
        return _position >= text.Length;
    }

    string Quoted()
    {
        var end = text.IndexOf(text[_position], _position + 1);
        if (end < 0) throw Error("A quote isn't closed. Write the same quote after the text.");
        var inside = text[(_position + 1)..end];
        _position = end + 1;
        return inside;
    }

    object Number()
    {
        var start = _position++;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position])
            || text[_position] == '.' && !text.AsSpan(_position).StartsWith(".."))) _position++;
        var number = text.AsSpan(start, _position - start);
        // The cast to object keeps the types; without it, all of them would become decimals.
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small) ? (object)small
            : long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? (object)large
            : decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var point) ? point
            : throw Error($"\"{number}\" isn't a number. Write digits with at most one point.");
    }

    void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
    }

    TemplateException Error(string problem) => tokens.Error(problem);
}
