namespace Modular;

/// <summary>What a rule's variables matched, as places in the path: nothing is cut out or converted before it is asked for.</summary>
/// <remarks>Up to four variables need no allocation.</remarks>
struct RouteValues
{
    const int Inline = 4;

    Slots _slots;
    Slot[]? _more;
    object?[]? _converted;
    Rule? _rule;
    string _path;
    string _domain;

    /// <inheritdoc cref="RouteMatch.Begin"/>
    internal static void Begin(out RouteValues values)
    {
        Unsafe.SkipInit(out values);
        values._more = null;
        values._converted = null;
        values._rule = null;
    }

    /// <summary>How many variables the rule has; <see cref="Rule.Variables"/> names them in the same order.</summary>
    internal readonly int Count => _rule is null ? 0 : _rule.Converters.Length;

    /// <summary>What the variable matched, percent-decoded. Valid while the struct is.</summary>
    internal readonly ReadOnlySpan<char> Span(int variable)
    {
        var slot = variable < Inline ? _slots[variable] : _more![variable - Inline];
        return slot.Start < 0 ? _domain.AsSpan(~slot.Start, slot.Length) : _path.AsSpan(slot.Start, slot.Length);
    }

    /// <summary>A new string of what the variable matched.</summary>
    internal readonly string Text(int variable) => Span(variable).ToString();

    /// <summary>What the variable's converter makes of it.</summary>
    internal readonly object Value(int variable) =>
        _rule!.Converters[variable] is SpanConverter converter ? converter.Read(Span(variable)) : _converted![variable]!;

    /// <summary>Reads a variable's text as any type that reads itself from a span, without boxing. Digits of every script count.</summary>
    /// <returns>False when the text does not fit, as a number of ten digits may not into an <see cref="int"/>.</returns>
    internal readonly bool TryRead<TValue>(int variable, out TValue value) where TValue : ISpanParsable<TValue> =>
        NumberConverter.TryRead(Span(variable), out value);

    /// <summary>All values by name, the rule's defaults included; defaults win, as in Werkzeug.</summary>
    internal readonly Dictionary<string, object?> ToDictionary()
    {
        Dictionary<string, object?> values = [];
        for (var i = 0; i < Count; i++) values[_rule!.Variables[i]] = Value(i);
        foreach (var (name, value) in _rule?.DefaultPairs ?? []) values[name] = value;
        return values;
    }

    /// <summary>The value of a variable or default; null when the rule has no such name.</summary>
    internal readonly object? Find(string name)
    {
        foreach (var (key, value) in _rule!.DefaultPairs)
            if (key == name) return value;
        var variable = _rule.IndexOf(name);
        return variable < 0 ? null : Value(variable);
    }

    internal void Bind(string path, string domain)
    {
        _path = path;
        if (!ReferenceEquals(_domain, domain)) _domain = domain;        // mostly it is, and a comparison costs less than a write
    }

    internal void Set(int variable, TextRange text, int at, int length)
    {
        var start = text.Start + at;
        var slot = new Slot(text.InDomain ? ~start : start, length);
        if (variable < Inline) _slots[variable] = slot;
        else
        {
            if (_more is null || variable - Inline >= _more.Length) Array.Resize(ref _more, variable * 2);
            _more[variable - Inline] = slot;
        }
    }

    /// <summary>Decides that it is this rule, and lets the converters check what they matched.</summary>
    /// <returns>False when a text is no value after all.</returns>
    internal bool TryAccept(Rule rule)
    {
        _rule = rule;
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
        return true;
    }

    readonly record struct Slot(int Start, int Length);

    [InlineArray(Inline)]
    struct Slots
    {
        Slot _first;
    }
}
