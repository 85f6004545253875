namespace Modular;

/// <summary>Every rule of an application: in the order of adding, by endpoint for building URLs, and as a tree for matching.</summary>
sealed class RuleBook
{
    readonly ConverterTable _converters;
    readonly RouteTree _tree = new();
    readonly List<Rule> _rules = [];
    readonly Dictionary<string, List<Rule>> _byEndpoint = new(StringComparer.Ordinal);
    RouteMatcher? _matcher;

    internal RuleBook(RoutingOptions options, ConverterTable converters)
    {
        RuleChecks.Options(options);
        (Options, _converters) = (options, converters);
    }

    internal RoutingOptions Options { get; }

    internal IReadOnlyList<Rule> Rules => _rules;

    internal IReadOnlyCollection<string> Endpoints => _byEndpoint.Keys;

    /// <summary>Adds a rule. What is wrong with it is found now, not when a request comes.</summary>
    /// <exception cref="ModularException">The rule is malformed, or matches what another one matches, or comes too late.</exception>
    internal Rule Add(string text, string endpoint, RuleOptions options)
    {
        if (_matcher is not null)
            throw new ModularException(
                $"The rule \"{text}\" was added after the first request. Add all rules before the application starts.");
        var rule = new Rule(text, endpoint, options, Options, _converters, _rules.Count);
        if (!rule.BuildOnly) _tree.Add(rule);
        _rules.Add(rule);
        if (!_byEndpoint.TryGetValue(endpoint, out var rules)) _byEndpoint.Add(endpoint, rules = []);
        rules.Insert(rules.FindLastIndex(other => RulePreference.Compare(other, rule) <= 0) + 1, rule);
        return rule;
    }

    /// <summary>The endpoint's rules, those preferred for building first; empty for an unknown endpoint.</summary>
    internal IReadOnlyList<Rule> RulesOf(string endpoint) => _byEndpoint.GetValueOrDefault(endpoint) ?? (IReadOnlyList<Rule>)[];

    /// <summary>Compiles the tree. Nothing can be added afterwards.</summary>
    /// <exception cref="ModularException">An alias has no rule to redirect to.</exception>
    [MemberNotNull(nameof(_matcher))]
    internal void Freeze()
    {
        if (_matcher is not null) return;
        if (Options.RedirectDefaults)
            foreach (var rules in _byEndpoint.Values) FindRedirects(rules);
        _matcher = _tree.Freeze();
    }

    /// <summary>Finds the rule of a request and decides whether it is redirected. Freezes the book when nobody has.</summary>
    internal void Match(in RouteQuery query, out RouteMatch match)
    {
        Freeze();
        _matcher.Match(query, Options.MergeSlashes, out match);
        if (match.Outcome != RouteOutcome.Found) return;
        var rule = match.Rule!;
        if (rule.Alias && Options.RedirectDefaults) match.ToOther(RouteRedirect.Alias);
        else if (RulePreference.ShorterFor(rule, query.Method, in match.Values) is { } shorter)
            match.ToOther(RouteRedirect.Default, shorter);
        else if (rule.Redirect is not null) match.ToOther(RouteRedirect.Target);
    }

    static void FindRedirects(List<Rule> rules)
    {
        if (rules.TrueForAll(rule => rule.Alias)) throw RuleChecks.LonelyAlias(rules[0]);
        foreach (var rule in rules)
            rule.Shorter = [.. rules.TakeWhile(other => other != rule).Where(other => RulePreference.IsShorter(other, rule))];
    }
}
