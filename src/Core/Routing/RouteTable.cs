namespace Modular.Routing;

sealed class RouteTable
{
    readonly ConverterTable _converters;
    readonly RouteTree _tree = new();
    readonly List<Rule> _rules = [];
    readonly Dictionary<string, List<Rule>> _byEndpoint = [];
    readonly Dictionary<string, List<Rule>> _byPath = [];       // those without variables: most requests don't need a search
    int _mostVariables;
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

    internal Rule Add(string text, string endpoint, RuleOptions options, Action<Rule>? bind = null)
    {
        if (_isFrozen) throw new ModularException(
            $"The rule \"{text}\" was added after the first request. Add all rules before the application starts.");
        var rule = new Rule(text, endpoint, options, Options, _converters, _rules.Count);
        bind?.Invoke(rule);       // before anything is kept, so that a refused view leaves no rule behind
        if (!rule.BuildOnly) _tree.Add(rule);
        _rules.Add(rule);
        _mostVariables = Math.Max(_mostVariables, rule.Variables.Count);
        if (rule is { BuildOnly: false, Domain: "", FixedPath: { } path }) ListIn(_byPath, path).Add(rule);
        var rules = ListIn(_byEndpoint, endpoint);
        rules.Insert(rules.FindLastIndex(other => Preference(other).CompareTo(Preference(rule)) <= 0) + 1, rule);
        return rule;

        // For building: no alias first, then more arguments, then more defaults.
        static (bool, int, int) Preference(Rule rule) => (rule.Alias, -rule.Arguments.Length, -rule.DefaultPairs.Length);

        static List<Rule> ListIn(Dictionary<string, List<Rule>> lists, string key) =>
            lists.TryGetValue(key, out var list) ? list : lists[key] = [];
    }

    internal IReadOnlyList<Rule> RulesOf(string endpoint) => _byEndpoint.GetValueOrDefault(endpoint) ?? (IReadOnlyList<Rule>)[];

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

    internal void Match(in RouteQuery query, out RouteMatch match)
    {
        Freeze();
        match = default;
        if (query.Domain.Length == 0 && _byPath.TryGetValue(query.Path, out var rules))
            foreach (var rule in rules)
                if (rule.WebSocket == query.WebSocket && rule.Answers(query.Method))
                {
                    Take(rule, ref match, query.Method);
                    return;
                }
        var search = new RouteTree.Search(query, ref match.Values, _mostVariables);
        var isMerged = !search.Run(_tree) && Options.MergeSlashes && TryMerge(ref search);
        match.Steps = RouteTree.StepLimit - search.StepsLeft;
        if (match.StepCapReached) return;
        if (search.NeedsSlash) match.Is(RouteRedirect.Path, search.Path + "/");
        else if (isMerged && search.Found is { MergeSlashes: true }) match.Is(RouteRedirect.Path, search.Path);
        else if (!isMerged && search.Found is { } rule && Take(rule, ref match, query.Method)) return;
        else if (search.Missed is { } missed) match.Is(RouteOutcome.MethodNotAllowed, missed is [var only] ? only
            : missed.SelectMany(one => one.Methods!).Distinct().Order(StringComparer.Ordinal).ToArray());
        else if (search.MissedWebSocket) match.Is(RouteOutcome.WebSocketMismatch);
    }

    // Slashes are merged only when nothing is found without. True when that changed the path.
    bool TryMerge(ref RouteTree.Search search)
    {
        if (!search.Path.Contains("//", StringComparison.Ordinal)) return false;
        search.Path = Slashes.Merge(search.Path);
        search.Run(_tree);
        return true;
    }

    bool Take(Rule rule, ref RouteMatch match, string method)
    {
        if (!match.Values.TryAccept(rule)) return false;
        if (rule.Alias && Options.RedirectDefaults) match.Is(RouteRedirect.Alias);
        else if (ShorterOf(rule, match.Values, method) is { } shorter) match.Is(RouteRedirect.Default, shorter);
        else if (rule.Redirect is not null) match.Is(RouteRedirect.Target);
        else match.Is(RouteOutcome.Found);
        return true;
    }

    static Rule? ShorterOf(Rule rule, in RouteValues values, string method)
    {
        foreach (var shorter in rule.Shorter)
            if (shorter.Answers(method) && Has(values, shorter.DefaultPairs)) return shorter;
        return null;

        static bool Has(RouteValues values, KeyValuePair<string, object?>[] pairs) =>
            Array.TrueForAll(pairs, pair => RouteValues.AreSame(pair.Value, values.Find(pair.Key)));
    }

    // Sorted. Empty when there is no rule, or one for every method.
    internal IReadOnlyList<string> AllowedMethods(string path, string domain = "", bool webSocket = false)
    {
        // No rule has this method, so every rule that matches lacks it.
        Match(new RouteQuery(path, "--", domain, webSocket), out var match);
        return match.AllowedMethods;
    }
}
