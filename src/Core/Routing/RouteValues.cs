namespace Modular;

/// <summary>What a rule's variables matched, as places in the path: nothing is cut out or converted before it is asked for.</summary>
/// <remarks>Up to three variables need no allocation.</remarks>
struct RouteValues
{
    const int Inline = 3;

    Places _places;
    ReadOnlyMemory<char>[]? _more;
    object?[]? _converted;

    /// <summary>The rule that was found; null when none was.</summary>
    internal Rule? Rule { get; private set; }

    /// <summary>How many variables the rule has; <see cref="Rule.Variables"/> names them in the same order.</summary>
    internal readonly int Count => Rule is null ? 0 : Rule.Converters.Length;

    /// <summary>What the variable matched, percent-decoded.</summary>
    internal readonly ReadOnlySpan<char> Span(int variable) => (variable < Inline ? _places[variable] : _more![variable - Inline]).Span;

    internal readonly string Text(int variable) => Span(variable).ToString();

    /// <summary>What the variable's converter makes of it.</summary>
    internal readonly object Value(int variable) =>
        Rule!.Converters[variable] is SpanConverter converter ? converter.Read(Span(variable)) : _converted![variable]!;

    /// <summary>Reads a variable's text as any type that reads itself from a span, without boxing. Digits of every script count.</summary>
    internal readonly bool TryRead<TValue>(int variable, out TValue value) where TValue : ISpanParsable<TValue> =>
        NumberConverter.TryRead(Span(variable), out value);

    /// <summary>All values by name, the rule's defaults included; defaults win, as in Werkzeug.</summary>
    internal readonly Dictionary<string, object?> ToDictionary()
    {
        Dictionary<string, object?> values = [];
        for (var i = 0; i < Count; i++) values[Rule!.Variables[i]] = Value(i);
        foreach (var (name, value) in Rule?.DefaultPairs ?? []) values[name] = value;
        return values;
    }

    /// <summary>The value of a variable or default; null when the rule has no such name.</summary>
    internal readonly object? Find(string name) =>
        Rule!.Defaults.TryGetValue(name, out var value) ? value : Rule.IndexOf(name) is >= 0 and var variable ? Value(variable) : null;

    internal void Set(int variable, ReadOnlyMemory<char> text)
    {
        if (variable < Inline)
        {
            _places[variable] = text;
            return;
        }
        if (_more is null || variable - Inline >= _more.Length) Array.Resize(ref _more, variable * 2);
        _more[variable - Inline] = text;
    }

    /// <summary>Decides that it is this rule, unless a converter finds that its text is no value after all.</summary>
    internal bool TryAccept(Rule rule)
    {
        for (var i = 0; i < rule.Converters.Length; i++)
        {
            if (rule.Converters[i] is SpanConverter converter)
            {
                if (!converter.Accepts(Span(i))) return false;
                continue;
            }
            try
            {
                // Only the conversion itself can tell; its result is kept so that it runs once.
                (_converted ??= new object?[rule.Converters.Length])[i] = rule.Converters[i].ToValue(Text(i));
            }
            catch (FormatException)
            {
                return false;
            }
        }
        Rule = rule;
        return true;
    }

    /// <summary>Compares values of rules: a whole number is the same in every integer type, but never the same as its text.</summary>
    internal static bool AreSame(object? one, object? other) => Equals(one, other)
        || (IsWhole(one) && IsWhole(other) && UrlWriter.TextOf(one!) == UrlWriter.TextOf(other!));

    static bool IsWhole(object? value) => value is int or long or short or byte or uint or ulong or BigInteger;

    [InlineArray(Inline)]
    struct Places
    {
        ReadOnlyMemory<char> _first;
    }
}
