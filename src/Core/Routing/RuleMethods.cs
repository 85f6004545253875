namespace Modular.Routing;

/// <summary>The names of HTTP, RFC 9110 §5.6.2: of methods, headers and cookies, and of values that need no quotes.</summary>
static class HttpToken
{
    static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    internal static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    internal static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Characters);
}

static class RuleMethods
{
    static readonly string[] OfWebSockets = ["GET", "HEAD", "OPTIONS"];

    static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

    // A method in the place of the endpoint's name would be ignored: app.Route("/login", Login, "POST").
    internal static void Check(string rule, string? endpoint, IReadOnlyList<string> methods)
    {
        var names = endpoint?.Split([',', ' ', '|', ';', '/'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (names.Length > 0 && names.All(Known.Contains)) throw new ModularException(
            $"Rule \"{rule}\" has the endpoint name \"{endpoint}\", which is an HTTP method."
            + $" Write app.Route(…, methods: [\"{string.Join("\", \"", names)}\"]), or another name.");
        if (methods.FirstOrDefault(method => !HttpToken.IsToken(method)) is { } wrong) throw new ModularException(
            $"Rule \"{rule}\" has the method \"{wrong}\", which isn't an HTTP method."
            + " Write each method separately, such as methods: [\"GET\", \"POST\"].");
    }

    /// <summary>Upper case, sorted, HEAD with GET, OPTIONS when it is automatic; null for every method.</summary>
    internal static string[]? Of(string rule, RuleOptions options)
    {
        if (options.Methods is not { } given) return null;
        var methods = new SortedSet<string>(given.Select(method => method.ToUpperInvariant()), StringComparer.Ordinal);
        if (methods.Contains("GET")) methods.Add("HEAD");
        if (options.ProvideAutomaticOptions is true) methods.Add("OPTIONS");
        if (options.WebSocket && methods.Except(OfWebSockets).FirstOrDefault() is { } other)
            throw new ModularException($"The WebSocket rule \"{rule}\" can't have the method {other}. Use only GET, HEAD and OPTIONS.");
        return [.. methods];
    }
}
