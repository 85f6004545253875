namespace Modular;

/// <summary>Works out which methods a rule answers.</summary>
static class RuleMethods
{
    static readonly string[] OfWebSockets = ["GET", "HEAD", "OPTIONS"];
    static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

    /// <summary>Finds methods that stand where the endpoint's name is expected, and texts that are no method.</summary>
    internal static void Check(string rule, string? endpoint, IReadOnlyList<string> methods)
    {
        if (endpoint is not null && Names(endpoint) is { Length: > 0 } names && names.All(Known.Contains)) throw new ModularException(
            $"Rule \"{rule}\" has the endpoint name \"{endpoint}\", which is an HTTP method."
            + $" Write app.Route(…, methods: [{Listed(names)}]), or another name.");
        if (methods.FirstOrDefault(method => !HttpToken.IsToken(method)) is not { } wrong) return;
        var meant = Names(wrong) is { Length: > 0 } several && several.All(name => HttpToken.IsToken(name)) ? several : ["GET", "POST"];
        throw new ModularException($"Rule \"{rule}\" has the method \"{wrong}\", which isn't an HTTP method."
            + $" Write each method by itself, such as methods: [{Listed(meant)}].");
    }

    static string[] Names(string text) => text.Split([',', ' ', '|', ';', '/'], StringSplitOptions.RemoveEmptyEntries);

    static string Listed(string[] names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    /// <summary>Upper case, sorted, HEAD with GET, OPTIONS when it is automatic; null for every method.</summary>
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
}
