namespace Modular;

/// <summary>Finds out why rules match a request or do not: each is matched alone, in a tree of its own. Slow, and for people.</summary>
sealed class RouteExplainer(RuleBook book, string serverName)
{
    internal RouteExplanation Explain(in RouteQuery query)
    {
        book.Match(query, out var match);
        List<(Rule, string)> others = [];
        foreach (var rule in book.Rules)
            if (rule != match.Rule) others.Add((rule, Reason(rule, match.Rule, query)));
        return new()
        {
            Path = query.Path,
            Method = query.Method.ToUpperInvariant(),
            Status = match.Outcome switch
            {
                RouteOutcome.Found => 200,
                RouteOutcome.Redirect => 308,
                RouteOutcome.WebSocketMismatch => 400,
                RouteOutcome.MethodNotAllowed => 405,
                _ => 404,
            },
            Rule = match.Rule,
            Values = match.Rule is null ? new Dictionary<string, object?>() : match.Values.ToDictionary(),
            Location = match.Outcome == RouteOutcome.Redirect ? UrlBinding.To(book, serverName).RedirectUrl(in match) : null,
            AllowedMethods = match.AllowedMethods,
            Others = others,
        };
    }

    string Reason(Rule rule, Rule? winner, in RouteQuery query)
    {
        if (rule.BuildOnly) return "only builds URLs";
        var tree = new RouteTree();
        tree.Add(rule);
        tree.Freeze().Match(query, book.Options.MergeSlashes, out var alone);
        return alone.Outcome switch
        {
            RouteOutcome.Found when winner is not null => $"matches too, but {Preference(winner, rule)}",
            RouteOutcome.Found or RouteOutcome.Redirect => $"would redirect to {Quoted.Text(alone.RedirectPath ?? query.Path)}",
            RouteOutcome.MethodNotAllowed => $"matches the path, but answers {string.Join(", ", rule.Methods!)} only",
            RouteOutcome.WebSocketMismatch => rule.WebSocket ? "matches the path, but answers WebSocket handshakes only" : "matches the path, but answers no WebSocket handshake",
            _ => Mismatch(rule, query),
        };
    }

    static string Preference(Rule winner, Rule other)
    {
        for (var i = 0; i < Math.Min(winner.Parts.Length, other.Parts.Length); i++)
        {
            var (first, second) = (winner.Parts[i], other.Parts[i]);
            if (first.IsFixed && !second.IsFixed) return $"\"{winner}\" has fixed text where this one has a variable";
            if (!first.IsFixed && !second.IsFixed && first.Weight.CompareTo(second.Weight) < 0) return $"\"{winner}\" has the more precise variable";
        }
        return $"\"{winner}\" was added before it";
    }

    // The first part of the rule that the path does not fit.
    static string Mismatch(Rule rule, in RouteQuery query)
    {
        if (!Takes(rule.Parts[0], query.Domain, inDomain: true)) return $"is for {Quoted.Text(rule.Domain)}, not for {Quoted.Text(query.Domain)}";
        var path = Slashes.Normalize(query.Path);
        var (texts, parts) = (path.Split('/'), rule.Parts);
        var written = rule.Text.Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            var name = written.Length == parts.Length - 1 ? $"\"{written[i - 1]}\"" : "a variable";
            if (i > texts.Length) return $"goes on with {name} where the path ends";
            if (parts[i].IsFinal) return Takes(parts[i], string.Join('/', texts[(i - 1)..]), inDomain: false) ? "does not take the last slash, or a value" : $"does not take the rest of the path as {name}";
            if (!Takes(parts[i], texts[i - 1], inDomain: false)) return
                texts[i - 1].Length == 0 ? $"has {name} where the path has nothing"
                : parts[i] is { IsFixed: true, Content.Length: 0 } ? $"ends where the path goes on with {Quoted.Text(texts[i - 1])}"
                : $"has {name} where the path has {Quoted.Text(texts[i - 1])}";
        }
        return texts.Length > parts.Length - 1 ? $"ends where the path goes on with {Quoted.Text(texts[parts.Length - 1])}" : "has a variable whose value is out of range";
    }

    static bool Takes(RoutePart part, string text, bool inDomain)
    {
        if (part.IsFixed) return part.Content == text;
        var (values, steps) = (default(RouteValues), RouteMatcher.StepLimit);
        RouteValues.Begin(out values);
        return part.Matcher!.TryMatch(new(text, 0, text.Length, inDomain), ref values, 0, ref steps);
    }
}
