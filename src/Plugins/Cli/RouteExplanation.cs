namespace Modular.Cli;

/// <summary>The rule that matches a path, and why the others don't.</summary>
sealed record RouteExplanation
{
    /// <summary>The decoded path.</summary>
    internal required string Path { get; init; }

    /// <summary>The method, upper case.</summary>
    internal required string Method { get; init; }

    /// <summary>
    /// 200 when a rule matches, 308 for a redirect by the routing, 400 for an untrusted host or a WebSocket mismatch, 404, or 405.
    /// </summary>
    internal required int Status { get; init; }

    /// <summary>The matching rule, or null.</summary>
    internal Rule? Rule { get; init; }

    /// <summary>The values of its variables, and its defaults.</summary>
    internal required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>The target of a redirect, or null.</summary>
    internal string? Location { get; init; }

    /// <summary>For a 405, the allowed methods.</summary>
    internal IReadOnlyList<string> AllowedMethods { get; init; } = [];

    /// <summary>
    /// All other rules in registration order, each with the reason why it doesn't match: <c>matches the path, but allows only POST</c>.
    /// </summary>
    internal required IReadOnlyList<(Rule Rule, string Reason)> Others { get; init; }
}
