namespace Modular;

/// <summary>The compiled tree. Safe to share; a match that finds a rule, or none, allocates nothing.</summary>
sealed class RouteMatcher(RouteDomains domains)
{
    /// <summary>How many tries one request is worth. Past it the answer is "not found", so that no URL can keep a server busy.</summary>
    internal const int StepLimit = 10_000;

    /// <summary>The extra steps of a try that looks through a text of this many chars.</summary>
    internal static int CostOf(int length) => length / 64;

    /// <summary>Looks for the rule. Slashes are merged only when nothing is found as the path stands.</summary>
    /// <param name="query">The request.</param>
    /// <param name="mergeSlashes">See <see cref="RoutingOptions.MergeSlashes"/>.</param>
    /// <param name="match">Gets the result; which redirects of the rule itself apply is not decided here.</param>
    internal void Match(in RouteQuery query, bool mergeSlashes, out RouteMatch match)
    {
        RouteMatch.Begin(out match);
        var path = Slashes.Normalize(query.Path);
        var search = new RouteSearch(path, query, ref match.Values, StepLimit, allowed: null);
        if (!search.Run(domains) && mergeSlashes && Slashes.Merge(path) is var merged && !ReferenceEquals(merged, path))
        {
            search.Restart(merged);
            search.Run(domains);
            path = merged;
            if (search.TakeRule() is { MergeSlashes: true }) match.ToPath(merged);
        }

        match.Steps = StepLimit - search.StepsLeft;
        if (match.StepCapReached) match = new() { Steps = match.Steps };
        else if (search.NeedsSlash) match.ToPath(path + "/");
        else if (search.TakeRule() is { } rule && match.Values.TryAccept(rule)) match.ToRule(rule);
        else if (match.Outcome == RouteOutcome.Redirect) return;
        else if (search.OnlyMissed is { } missed) match.ToMethodsOf(missed);
        else if (search.MissedMethod) match.ToMethods(AllowedMethods(query, mergeSlashes));
        else if (search.MissedWebSocket) match.ToWebSocketMismatch();
    }

    // The methods of several rules are gathered in a second run, so that the first one need not allocate for them.
    string[] AllowedMethods(in RouteQuery query, bool mergeSlashes)
    {
        var allowed = new List<string>();
        var path = Slashes.Normalize(query.Path);
        RouteValues values = default;
        var search = new RouteSearch(path, query, ref values, StepLimit, allowed);
        if (!search.Run(domains) && mergeSlashes)
        {
            search.Restart(Slashes.Merge(path));
            search.Run(domains);
        }
        allowed.Sort(StringComparer.Ordinal);
        return [.. allowed];
    }
}
