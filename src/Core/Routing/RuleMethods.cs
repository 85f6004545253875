namespace Modular;

/// <summary>Works out which methods a rule answers.</summary>
static class RuleMethods
{
    static readonly string[] OfWebSockets = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Upper case, sorted, HEAD with GET, OPTIONS when it is automatic; null for every method.</summary>
    /// <exception cref="ModularException">A WebSocket rule names another method than those of a handshake.</exception>
    internal static string[]? Of(string rule, RuleOptions options)
    {
        if (options.Methods is not { } given) return null;
        var methods = new SortedSet<string>(given.Select(method => method.ToUpperInvariant()), StringComparer.Ordinal);
        if (methods.Contains("GET")) methods.Add("HEAD");
        if (options.ProvideAutomaticOptions is true) methods.Add("OPTIONS");
        if (options.WebSocket && methods.Except(OfWebSockets).FirstOrDefault() is { } other)
            throw new ModularException($"The WebSocket rule \"{rule}\" cannot answer {other}. Use GET, HEAD and OPTIONS only.");
        return [.. methods];
    }

    /// <summary>True when some request could be answered by both. HEAD and OPTIONS do not count, as nearly every rule has them.</summary>
    internal static bool Overlap(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null || one.SequenceEqual(other)
        || one.Intersect(other).Any(method => method is not ("HEAD" or "OPTIONS"));
}
