namespace Modular;

/// <summary>Matches fixed texts and built-in converters, trying lengths in the order of a backtracking regular expression.</summary>
sealed class TokenMatcher(List<PartToken> tokens) : PartMatcher
{
    readonly PartToken[] _tokens = [.. tokens];
    readonly string _tail = tokens[^1].Fixed ?? "";

    // The usual part is one variable and nothing else, and needs no walk.
    readonly SpanConverter? _only = tokens is [{ Converter: SpanConverter { Choices: null } converter }] ? converter : null;

    internal override bool TryMatch(TextRange text, ref RouteValues values, int first, ref int steps) =>
        _only is not null
            ? TryMatchOnly(_only, text, ref values, first, ref steps)
            : text.Span.EndsWith(_tail) && new Attempt(_tokens, text, ref values, ref steps).From(token: 0, variable: first, at: 0);

    static bool TryMatchOnly(SpanConverter converter, TextRange text, ref RouteValues values, int variable, ref int steps)
    {
        if ((steps -= 1 + RouteMatcher.CostOf(text.Length)) < 0) return false;
        if (!converter.TryMeasure(text.Span, out var shortest, out var longest) || text.Length < shortest || text.Length > longest) return false;
        values.Set(variable, text, 0, text.Length);
        return --steps >= 0;
    }

    readonly ref struct Attempt(PartToken[] tokens, TextRange range, ref RouteValues values, ref int steps)
    {
        readonly PartToken[] _tokens = tokens;
        readonly TextRange _range = range;
        readonly ReadOnlySpan<char> _text = range.Span;
        readonly ref RouteValues _values = ref values;
        readonly ref int _steps = ref steps;

        /// <summary>Matches the tokens from this one on against the text from this place on, to its very end.</summary>
        internal bool From(int token, int variable, int at)
        {
            if (--_steps < 0) return false;
            if (token == _tokens.Length) return at == _text.Length;
            var rest = _text[at..];
            if (_tokens[token].Fixed is { } text)
                return rest.StartsWith(text) && From(token + 1, variable, at + text.Length);
            var converter = (SpanConverter)_tokens[token].Converter!;
            _steps -= RouteMatcher.CostOf(rest.Length);
            if (converter.Choices is { } choices) return FromChoices(choices, token, variable, at);
            if (!converter.TryMeasure(rest, out var shortest, out var longest)) return false;
            if (token == _tokens.Length - 1)
                return shortest <= rest.Length && rest.Length <= longest && Take(token, variable, at, rest.Length);
            return converter.IsLazy
                ? FromShortest(token, variable, at, shortest, longest)
                : FromLongest(token, variable, at, shortest, longest);
        }

        bool FromChoices(IReadOnlyList<string> choices, int token, int variable, int at)
        {
            for (var i = 0; i < choices.Count && _steps >= 0; i++)
                if (_text[at..].StartsWith(choices[i]) && Take(token, variable, at, choices[i].Length)) return true;
            return false;
        }

        bool FromLongest(int token, int variable, int at, int shortest, int longest)
        {
            for (var length = longest; length >= shortest && _steps >= 0; length--)
            {
                if (_tokens[token + 1].Fixed is { } next)
                {
                    // Only where the fixed text stands can the next token go on.
                    var window = _text[(at + shortest)..Math.Min(_text.Length, at + length + next.Length)];
                    var found = window.LastIndexOf(next);
                    if (found < 0) return false;
                    length = shortest + found;
                }
                if (Take(token, variable, at, length)) return true;
            }
            return false;
        }

        bool FromShortest(int token, int variable, int at, int shortest, int longest)
        {
            for (var length = shortest; length <= longest && _steps >= 0; length++)
            {
                if (_tokens[token + 1].Fixed is { } next)
                {
                    var found = _text[(at + length)..].IndexOf(next);
                    if (found < 0 || (length += found) > longest) return false;
                }
                if (Take(token, variable, at, length)) return true;
            }
            return false;
        }

        bool Take(int token, int variable, int at, int length)
        {
            // Not inside a surrogate pair: both halves are one character.
            if (at + length < _text.Length && char.IsLowSurrogate(_text[at + length])) return false;
            if (!From(token + 1, variable + 1, at + length)) return false;
            _values.Set(variable, _range, at, length);
            return true;
        }
    }
}
