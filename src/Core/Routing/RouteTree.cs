using System.Collections.Frozen;

namespace Modular;

/// <summary>The tree of all matching rules while rules are being added: one level for the domain, then one per path segment.</summary>
sealed class RouteTree
{
    readonly Draft _root = new();

    /// <exception cref="ModularException">Another rule matches the same requests.</exception>
    internal void Add(Rule rule)
    {
        var place = _root;
        foreach (var part in rule.Parts) place = place.Behind(part);
        foreach (var existing in place.Rules)
            if (existing.WebSocket == rule.WebSocket && RuleMethods.Overlap(existing.Methods, rule.Methods))
                throw RuleChecks.Duplicate(existing, rule);
        place.Rules.Add(rule);
    }

    /// <summary>Compiles the tree for matching.</summary>
    internal RouteMatcher Freeze() => new(new RouteDomains(
        _root.Children.ToFrozenDictionary(child => child.Key, child => child.Value.FreezeDomain(), StringComparer.Ordinal),
        // A domain that takes slashes would have to take the path as well, so nothing can follow it.
        [.. _root.SortedEdges.Where(edge => !edge.Part.IsFinal).Select(edge => new RouteDomainEdge(edge.Part, edge.Next.FreezeDomain()))]));

    sealed class Draft
    {
        readonly List<(RoutePart Part, Draft Next)> _edges = [];

        internal Dictionary<string, Draft> Children { get; } = new(StringComparer.Ordinal);

        internal List<Rule> Rules { get; } = [];

        // The sort is stable: the order of adding breaks ties.
        internal IEnumerable<(RoutePart Part, Draft Next)> SortedEdges => _edges.OrderBy(edge => edge.Part.Weight);

        internal Draft Behind(RoutePart part)
        {
            if (part.IsFixed)
            {
                if (!Children.TryGetValue(part.Content, out var child)) Children.Add(part.Content, child = new());
                return child;
            }
            foreach (var (existing, next) in _edges)
                if (existing.IsSameAs(part)) return next;
            var added = new Draft();
            _edges.Add((part, added));
            return added;
        }

        internal RouteDomain FreezeDomain()
        {
            Dictionary<string, RouteNode> paths = new(StringComparer.Ordinal);
            // Every path starts with a slash, so the first segment is always empty.
            var root = Children.GetValueOrDefault("")?.Freeze("", paths);
            return new(root, paths.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>());
        }

        // The path is null behind a variable, where whole paths are no longer known.
        RouteNode Freeze(string? path, Dictionary<string, RouteNode> paths)
        {
            var children = Children.ToDictionary(
                child => child.Key,
                child => child.Value.Freeze(path is null ? null : path + "/" + child.Key, paths));
            var edges = SortedEdges.Select(edge => new RouteEdge(edge.Part, edge.Next.Freeze(null, paths)));
            var node = new RouteNode(children, [.. edges], [.. Rules]);
            if (path is { Length: > 0 } && Rules.Count > 0) paths.Add(path[1..], node);
            return node;
        }
    }
}
