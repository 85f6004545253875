namespace Modular;

/// <summary>No rule can build a URL: its endpoint is unknown, or the endpoint's rules need other values or another method.</summary>
/// <param name="message">What is wrong, and what to write instead.</param>
/// <param name="endpoint">The endpoint that was asked for.</param>
/// <param name="values">The values that were given, without those that are null.</param>
/// <param name="method">The method that was asked for; null for any.</param>
public sealed class UrlBuildException(string message, string endpoint, IReadOnlyDictionary<string, object?> values, string? method)
    : ModularException(message)
{
    /// <summary>The endpoint that was asked for.</summary>
    public string Endpoint { get; } = endpoint;

    /// <summary>The values that were given, without those that are null.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; } = values;

    /// <summary>The method that was asked for; null for any.</summary>
    public string? Method { get; } = method;

    /// <summary>Finds out why no rule fits.</summary>
    internal static UrlBuildException Because(
        RouteTable rules, string endpoint, ReadOnlySpan<(string Name, object? Value)> values, string? method)
    {
        Dictionary<string, object?> given = [];
        foreach (var (name, value) in values)
            if (value is not null) given.TryAdd(name, value);
        return new(Explain(rules, endpoint, given, method), endpoint, given, method);
    }

    static string Explain(RouteTable rules, string endpoint, Dictionary<string, object?> given, string? method)
    {
        var candidates = rules.RulesOf(endpoint);
        if (candidates.Count == 0) return $"No endpoint \"{endpoint}\" to build a URL for.{Hint(rules, endpoint)}";
        if (method is not null && !candidates.Any(rule => rule.Answers(method)))
            return $"No rule of the endpoint \"{endpoint}\" answers {method}. Ask for one of: "
                + $"{string.Join(", ", candidates.SelectMany(rule => rule.Methods!).Distinct().Order(StringComparer.Ordinal))}.";

        // The rule that lacks the least is the one that was meant.
        var missing = candidates
            .Select(rule => rule.Arguments.Where(name => !given.ContainsKey(name) && !rule.Defaults.ContainsKey(name)).ToArray())
            .MinBy(names => names.Length)!;
        if (missing.Length > 0)
            return $"The URL for \"{endpoint}\" needs the value{(missing.Length > 1 ? "s" : "")} \"{string.Join("\" and \"", missing)}\"."
                + $" Write UrlFor(\"{endpoint}\", {string.Join(", ", missing.Select(name => $"(\"{name}\", …)"))}).";
        var pairs = given.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}"));
        return $"No rule of the endpoint \"{endpoint}\" takes {string.Join(", ", pairs)}."
            + $" Leave out what a rule has as a default, or give what it has: {string.Join(", ", candidates)}.";
    }

    static string Hint(RouteTable rules, string endpoint)
    {
        if (Suggest.DidYouMean(endpoint, rules.Endpoints) is { Length: > 0 } hint) return hint;
        // The blueprint's name is what is forgotten most, or put where it does not belong.
        return rules.Endpoints.FirstOrDefault(other => LastName(other) == LastName(endpoint)) is { } elsewhere
            ? $" Did you mean \"{elsewhere}\"?" : " Add a rule for it first.";
    }

    static string LastName(string endpoint) => endpoint[(endpoint.LastIndexOf('.') + 1)..];
}
