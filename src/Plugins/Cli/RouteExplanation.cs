namespace Modular.Cli;

/// <summary>Which rule answers a path, and why the others do not.</summary>
sealed record RouteExplanation
{
    /// <summary>The decoded path that was looked for.</summary>
    internal required string Path { get; init; }

    /// <summary>The method, upper case.</summary>
    internal required string Method { get; init; }

    /// <summary>200 when a rule answers, 308 for a redirect of the routing, 400 for a host that is not trusted or a rule of WebSockets, 404, or 405.</summary>
    internal required int Status { get; init; }

    /// <summary>The rule that answers; null when none does.</summary>
    internal Rule? Rule { get; init; }

    /// <summary>What its variables have matched, and its defaults.</summary>
    internal required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>Where a redirect leads; null when there is none.</summary>
    internal string? Location { get; init; }

    /// <summary>For a 405, the methods that would be answered.</summary>
    internal IReadOnlyList<string> AllowedMethods { get; init; } = [];

    /// <summary>All other rules in the order of their adding, each with the reason why it does not answer: <c>matches the path, but answers POST only</c>.</summary>
    internal required IReadOnlyList<(Rule Rule, string Reason)> Others { get; init; }
}
