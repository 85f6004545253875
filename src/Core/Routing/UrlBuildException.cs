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
    internal static UrlBuildException Because(RuleBook rules, string endpoint, UrlValues values, string? method)
    {
        var given = values.ToDictionary();
        return new(Explain(rules, endpoint, given, method), endpoint, given, method);
    }

    static string Explain(RuleBook rules, string endpoint, Dictionary<string, object?> given, string? method)
    {
        var candidates = rules.RulesOf(endpoint);
        if (candidates.Count == 0) return UnknownEndpoint(rules, endpoint);
        if (method is not null && !candidates.Any(rule => rule.Answers(method))) return OtherMethods(endpoint, candidates, method);

        // The rule that lacks the least is the one that was meant.
        var missing = candidates
            .Select(rule => rule.Arguments.Where(name => !given.ContainsKey(name) && !rule.Defaults.ContainsKey(name)).ToArray())
            .MinBy(names => names.Length)!;
        return missing.Length > 0 ? MissingValues(endpoint, missing) : OtherValues(endpoint, candidates, given);
    }

    static string UnknownEndpoint(RuleBook rules, string endpoint)
    {
        var hint = Suggest.DidYouMean(endpoint, rules.Endpoints);
        // The blueprint's name is what is forgotten most, or put where it does not belong.
        if (hint.Length == 0 && rules.Endpoints.FirstOrDefault(other => LastName(other) == LastName(endpoint)) is { } elsewhere)
            hint = $" Did you mean \"{elsewhere}\"?";
        return $"No endpoint \"{endpoint}\" to build a URL for.{(hint.Length > 0 ? hint : " Add a rule for it first.")}";
    }

    static string LastName(string endpoint) => endpoint[(endpoint.LastIndexOf('.') + 1)..];

    static string OtherMethods(string endpoint, IReadOnlyList<Rule> candidates, string method)
    {
        var methods = candidates.SelectMany(rule => rule.Methods!).Distinct().Order(StringComparer.Ordinal);
        return $"No rule of the endpoint \"{endpoint}\" answers {method}. Ask for one of: {string.Join(", ", methods)}.";
    }

    static string MissingValues(string endpoint, string[] names)
    {
        var plural = names.Length > 1 ? "s" : "";
        return $"The URL for \"{endpoint}\" needs the value{plural} {string.Join(" and ", names.Select(name => $"\"{name}\""))}."
            + $" Write UrlFor(\"{endpoint}\", {string.Join(", ", names.Select(name => $"(\"{name}\", …)"))}).";
    }

    static string OtherValues(string endpoint, IReadOnlyList<Rule> candidates, Dictionary<string, object?> given) =>
        $"No rule of the endpoint \"{endpoint}\" takes {string.Join(", ", given.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")))}."
        + $" Leave out what a rule has as a default, or give what it has: {string.Join(", ", candidates)}.";
}
