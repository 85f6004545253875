namespace Modular.Routing;

/// <summary>No rule can build the URL: the endpoint is unknown, or its rules need other values or another method.</summary>
public sealed class UrlBuildException : ModularException
{
    internal UrlBuildException(RouteTable rules, string endpoint, Dictionary<string, object?> values, string? method)
        : base(Explain(rules, endpoint, values, method)) => (Endpoint, Values) = (endpoint, values);

    /// <summary>The requested endpoint.</summary>
    public string Endpoint { get; }

    /// <summary>The given values that aren't null.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    static string Explain(RouteTable rules, string endpoint, Dictionary<string, object?> given, string? method)
    {
        var candidates = rules.RulesOf(endpoint);
        if (candidates.Count == 0) return $"There is no endpoint \"{endpoint}\".{Hint(rules, endpoint)}";
        if (method is not null && !candidates.Any(rule => rule.Answers(method)))
            return $"No rule of the endpoint \"{endpoint}\" has the method {method}. Use one of: "
                + $"{string.Join(", ", candidates.SelectMany(rule => rule.Methods!).Distinct().Order(StringComparer.Ordinal))}.";

        var missing = candidates
            .Select(rule => rule.Arguments.Where(name => !given.ContainsKey(name) && !rule.Defaults.ContainsKey(name)).ToArray())
            .MinBy(names => names.Length)!;
        if (missing.Length > 0)
            return $"The URL for \"{endpoint}\" needs the value{(missing.Length > 1 ? "s" : "")} \"{string.Join("\" and \"", missing)}\"."
                + $" Write UrlFor(\"{endpoint}\", {string.Join(", ", missing.Select(name => $"(\"{name}\", …)"))}).";
        var pairs = given.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}"));
        return $"No rule of the endpoint \"{endpoint}\" takes {string.Join(", ", pairs)}."
            + $" Leave out values that are a rule's defaults, or use its values: {string.Join(", ", candidates)}.";
    }

    // The blueprint's name is often forgotten.
    static string Hint(RouteTable rules, string endpoint) =>
        Suggest.DidYouMean(endpoint, rules.Endpoints) is { Length: > 0 } hint ? hint
        : rules.Endpoints.FirstOrDefault(other => other.Split('.')[^1] == endpoint.Split('.')[^1]) is { } whole
            ? $" Did you mean \"{whole}\"?" : " Add a rule for it first.";
}
