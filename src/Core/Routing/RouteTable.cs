namespace Modular;

/// <summary>Every rule of an application: in the order of adding, by endpoint for building URLs, and as a tree for matching.</summary>
/// <remarks>Rules are added by one thread; after <see cref="Freeze"/> the table is safe to share.</remarks>
sealed class RouteTable
{
    readonly ConverterTable _converters;
    readonly RouteTree _tree = new();
    readonly List<Rule> _rules = [];
    readonly Dictionary<string, List<Rule>> _byEndpoint = new(StringComparer.Ordinal);
    bool _isFrozen;

    internal RouteTable(RoutingOptions options, ConverterTable converters)
    {
        if (options is { HostMatching: true, SubdomainMatching: true })
            throw new ModularException("HostMatching and SubdomainMatching are both on. Choose one of them.");
        (Options, _converters) = (options, converters);
    }

    internal RoutingOptions Options { get; }

    internal IReadOnlyList<Rule> Rules => _rules;

    internal IReadOnlyCollection<string> Endpoints => _byEndpoint.Keys;

    /// <summary>Adds a rule. What is wrong with it is found now, not when a request comes.</summary>
    internal Rule Add(string text, string endpoint, RuleOptions options)
    {
        if (_isFrozen) throw new ModularException(
            $"The rule \"{text}\" was added after the first request. Add all rules before the application starts.");
        var rule = new Rule(text, endpoint, options, Options, _converters, _rules.Count);
        if (!rule.BuildOnly) _tree.Add(rule);
        _rules.Add(rule);
        if (!_byEndpoint.TryGetValue(endpoint, out var rules)) _byEndpoint.Add(endpoint, rules = []);
        rules.Insert(rules.FindLastIndex(other => Preference(other).CompareTo(Preference(rule)) <= 0) + 1, rule);
        return rule;

        // For building: no alias first, then more arguments, then more defaults.
        static (bool, int, int) Preference(Rule rule) => (rule.Alias, -rule.Arguments.Length, -rule.DefaultPairs.Length);
    }

    /// <summary>The endpoint's rules, those preferred for building first; empty for an unknown endpoint.</summary>
    internal IReadOnlyList<Rule> RulesOf(string endpoint) => _byEndpoint.GetValueOrDefault(endpoint) ?? (IReadOnlyList<Rule>)[];

    /// <summary>True when one rule of the endpoint takes all these arguments.</summary>
    internal bool IsEndpointExpecting(string endpoint, params ReadOnlySpan<string> arguments)
    {
        foreach (var rule in RulesOf(endpoint))
            if (!arguments.ContainsAnyExcept(rule.Arguments)) return true;
        return false;
    }

    /// <summary>Nothing can be added afterwards.</summary>
    internal void Freeze()
    {
        if (_isFrozen) return;
        foreach (var rules in _byEndpoint.Values)
        {
            if (!Options.RedirectDefaults) break;
            if (rules.TrueForAll(rule => rule.Alias)) throw new ModularException(
                $"The rule \"{rules[0].Text}\" is an alias, but the endpoint \"{rules[0].Endpoint}\" has no other rule to redirect to."
                + " Add one, or leave Alias out.");
            foreach (var rule in rules) rule.Shorter = [.. rules.TakeWhile(other => other != rule).Where(rule.IsLongerThan)];
        }
        _isFrozen = true;
    }

    /// <summary>Finds the rule of a request and decides whether it is redirected.</summary>
    internal void Match(in RouteQuery query, out RouteMatch match)
    {
        Freeze();
        match = default;
        var search = new RouteTree.Search(query, ref match.Values, missed: null);
        var isMerged = Run(ref search);
        match.Steps = RouteTree.StepLimit - search.StepsLeft;
        if (match.StepCapReached) return;
        if (search.NeedsSlash) match.ToRedirect(RouteRedirect.Path, search.Path + "/");
        else if (isMerged && search.Found is { MergeSlashes: true }) match.ToRedirect(RouteRedirect.Path, search.Path);
        else if (!isMerged && search.Found is { } rule && match.Values.TryAccept(rule)) match.ToRule(Options, query.Method);
        else if (search.Missed is { } missed) match.ToMethods(search.MissedMore ? MissedMethods(query) : missed.Methods!);
        else if (search.MissedWebSocket) match.ToWebSocketMismatch();
    }

    // Slashes are merged only when nothing is found as the path stands. True when that changed the path.
    bool Run(ref RouteTree.Search search)
    {
        if (search.Run(_tree) || !Options.MergeSlashes) return false;
        var path = search.Path;
        search.Path = Slashes.Merge(path);
        if (ReferenceEquals(search.Path, path)) return false;
        search.Run(_tree);
        return true;
    }

    // The methods are gathered in a second search, so that the first one need not allocate for them.
    string[] MissedMethods(in RouteQuery query)
    {
        var (values, missed) = (new RouteValues(), new List<Rule>());
        var search = new RouteTree.Search(query, ref values, missed);
        Run(ref search);
        return [.. missed.SelectMany(rule => rule.Methods!).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The methods that the path's rules answer, sorted. Empty when there is no rule, or one for every method.</summary>
    internal IReadOnlyList<string> AllowedMethods(string path, string domain = "", bool webSocket = false)
    {
        // No rule answers this method, so every rule that matches is one that misses it.
        Match(new RouteQuery(path, "--", domain, webSocket), out var match);
        return match.AllowedMethods;
    }
}
