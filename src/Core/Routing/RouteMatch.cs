namespace Modular.Routing;

readonly record struct RouteQuery(string Path, string Method, string Domain = "", bool WebSocket = false);

/// <summary>The outcomes 404, 200, 405, 400 (only one of rule and request is for WebSockets), and 308.</summary>
enum RouteOutcome : byte { NotFound, Found, MethodNotAllowed, WebSocketMismatch, Redirect }

/// <summary>To the path with corrected slashes, from an alias, to the rule without a default value, or by the rule's option.</summary>
enum RouteRedirect : byte { None, Path, Alias, Default, Target }

struct RouteMatch
{
    internal RouteValues Values;

    object? _detail;        // by the outcome: the rule or the methods that were missed, the path or the shorter rule of a redirect

    internal RouteOutcome Outcome { get; private set; }
    internal RouteRedirect Redirect { get; private set; }
    internal int Steps { get; set; }
    internal readonly Rule? Rule => Values.Rule;                    // null when none matched, and for RouteRedirect.Path
    internal readonly IReadOnlyList<string> AllowedMethods => MissedRule?.Methods ?? _detail as IReadOnlyList<string> ?? [];
    internal readonly string Allow => MissedRule?.Allow ?? string.Join(", ", AllowedMethods);
    readonly Rule? MissedRule => Outcome == RouteOutcome.MethodNotAllowed ? _detail as Rule : null;
    internal readonly string? RedirectPath => _detail as string;
    internal readonly Rule? RedirectRule => _detail as Rule;
    internal readonly bool StepCapReached => Steps > RouteTree.StepLimit;

    internal void Is(RouteOutcome outcome, object? detail = null) => (Outcome, _detail) = (outcome, detail);
    internal void Is(RouteRedirect redirect, object? detail = null) =>
        (Outcome, Redirect, _detail) = (RouteOutcome.Redirect, redirect, detail);
}

/// <summary>What a rule's variables matched, as positions in the path. Values are cut out and converted on first use.</summary>
struct RouteValues
{
    ReadOnlyMemory<char>[]? _places;
    object?[]? _converted;

    internal Rule? Rule { get; private set; }
    internal readonly int Count => Rule is null ? 0 : Rule.Converters.Length;

    internal readonly ReadOnlySpan<char> Span(int variable) => _places![variable].Span;
    internal readonly string Text(int variable) => Span(variable).ToString();

    internal readonly object Value(int variable) =>
        Rule!.Converters[variable] is SpanConverter converter ? converter.Read(Span(variable)) : _converted![variable]!;

    internal readonly bool TryRead<TValue>(int variable, out TValue value) where TValue : ISpanParsable<TValue> =>
        NumberConverter.TryRead(Span(variable), out value);

    // Defaults win, as in Werkzeug.
    internal readonly Dictionary<string, object?> ToDictionary()
    {
        Dictionary<string, object?> values = [];
        for (var i = 0; i < Count; i++) values[Rule!.Variables[i]] = Value(i);
        foreach (var (name, value) in Rule?.DefaultPairs ?? []) values[name] = value;
        return values;
    }

    internal readonly object? Find(string name) =>
        Rule!.Defaults.TryGetValue(name, out var value) ? value : Rule.IndexOf(name) is >= 0 and var variable ? Value(variable) : null;

    internal void Set(int variable, ReadOnlyMemory<char> text, int most) => (_places ??= new ReadOnlyMemory<char>[most])[variable] = text;

    internal bool TryAccept(Rule rule)
    {
        for (var i = 0; i < rule.Converters.Length; i++)
        {
            try
            {
                if (rule.Converters[i] is SpanConverter converter && !converter.Accepts(Span(i))) return false;
                // Others run once, here, and their values are cached.
                if (rule.Converters[i] is not SpanConverter)
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
}
