namespace Modular;

/// <summary>Rules, each with a value of the caller's: routing knows nothing of views.</summary>
/// <remarks>Rules are added by one thread; after <see cref="Freeze"/> the table is safe to share.</remarks>
sealed class RouteTable<T>(RoutingOptions options, ConverterTable converters)
{
    readonly List<T> _values = [];

    internal RuleBook Book { get; } = new(options, converters);

    /// <summary>All rules in the order in which they were added.</summary>
    internal IReadOnlyList<Rule> Rules => Book.Rules;

    /// <inheritdoc cref="RuleBook.Add"/>
    internal Rule Add(string text, string endpoint, RuleOptions options, T value)
    {
        var rule = Book.Add(text, endpoint, options);
        _values.Add(value);
        return rule;
    }

    /// <summary>The value that the rule was added with.</summary>
    internal T ValueOf(Rule rule) => _values[rule.Index];

    internal bool HasEndpoint(string endpoint) => Book.RulesOf(endpoint).Count > 0;

    /// <inheritdoc cref="RuleBook.RulesOf"/>
    internal IReadOnlyList<Rule> RulesOf(string endpoint) => Book.RulesOf(endpoint);

    /// <summary>True when one rule of the endpoint takes all these arguments.</summary>
    internal bool IsEndpointExpecting(string endpoint, params ReadOnlySpan<string> arguments)
    {
        foreach (var rule in Book.RulesOf(endpoint))
            if (!arguments.ContainsAnyExcept(rule.Arguments)) return true;
        return false;
    }

    /// <inheritdoc cref="RuleBook.Freeze"/>
    internal void Freeze() => Book.Freeze();

    /// <inheritdoc cref="RuleBook.Match"/>
    internal void Match(in RouteQuery query, out RouteMatch match) => Book.Match(query, out match);

    /// <summary>The methods that the path's rules answer, sorted. Empty when there is no rule, or one for every method.</summary>
    internal IReadOnlyList<string> AllowedMethods(string path, string domain = "", bool webSocket = false)
    {
        // No rule answers this method, so every rule that matches is one that misses it.
        Match(new RouteQuery(path, "--", domain, webSocket), out var match);
        return match.AllowedMethods;
    }
}
