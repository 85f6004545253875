using System.Collections.Frozen;

namespace Modular;

/// <summary>One place in the compiled tree: where to go with the next segment, and the rules that end here.</summary>
sealed class RouteNode
{
    readonly FrozenDictionary<string, RouteNode>.AlternateLookup<ReadOnlySpan<char>> _children;
    readonly bool _hasChildren;

    internal RouteNode(Dictionary<string, RouteNode> children, RouteEdge[] edges, Rule[] rules)
    {
        _hasChildren = children.Count > 0;
        _children = children.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Edges = edges;
        Rules = rules;
        Slash = children.GetValueOrDefault("");
    }

    /// <summary>The parts with variables, in the order in which they are tried.</summary>
    internal RouteEdge[] Edges { get; }

    /// <summary>The rules that end here, in the order in which they were added.</summary>
    internal Rule[] Rules { get; }

    /// <summary>The place behind one more slash.</summary>
    internal RouteNode? Slash { get; }

    /// <summary>The place behind this fixed segment; null when no rule goes there.</summary>
    internal RouteNode? Child(ReadOnlySpan<char> segment) =>
        _hasChildren && _children.TryGetValue(segment, out var child) ? child : null;
}

/// <summary>A part with variables, and the place behind it.</summary>
sealed record RouteEdge(RoutePart Part, RouteNode Next);

/// <summary>All that is matched under one domain.</summary>
/// <param name="Root">The place behind the path's first slash.</param>
/// <param name="Paths">Whole paths without their first slash that no variable has a part in: one look-up answers most requests.</param>
sealed record RouteDomain(RouteNode? Root, FrozenDictionary<string, RouteNode>.AlternateLookup<ReadOnlySpan<char>> Paths);

/// <summary>All domains of an application.</summary>
sealed class RouteDomains(FrozenDictionary<string, RouteDomain> domains, RouteDomainEdge[] edges)
{
    // That of every request as long as neither hosts nor subdomains are matched.
    readonly RouteDomain? _unnamed = domains.GetValueOrDefault("");

    /// <summary>Those with variables, in the order in which they are tried.</summary>
    internal RouteDomainEdge[] Edges { get; } = edges;

    /// <summary>The one with exactly this name; null when there is none.</summary>
    internal RouteDomain? Find(string domain) => domain.Length == 0 ? _unnamed : domains.GetValueOrDefault(domain);
}

/// <summary>A domain with variables, and what is matched under it.</summary>
sealed record RouteDomainEdge(RoutePart Part, RouteDomain Domain);
