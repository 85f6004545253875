namespace Modular;

/// <content>Redirects that routing itself asks for.</content>
sealed partial class UrlBinding
{
    /// <summary>The URL that a match with the outcome <see cref="RouteOutcome.Redirect"/> sends the client to (308); absolute where the host is known.</summary>
    /// <param name="match">The match.</param>
    /// <param name="method">The request's method. Default: <see cref="DefaultMethod"/>.</param>
    /// <param name="queryString">The query to keep. Default: <see cref="QueryString"/>.</param>
    internal string RedirectUrl(in RouteMatch match, string? method = null, string? queryString = null)
    {
        var query = queryString ?? QueryString;
        return match.Redirect switch
        {
            RouteRedirect.Path => WithQuery(Root + Percent.Encode(match.RedirectPath!.TrimStart('/'), Percent.PathSafe), query),
            RouteRedirect.Default => WithQuery(DefaultUrl(match.RedirectRule!, in match.Values), query),
            RouteRedirect.Alias => WithQuery(AliasUrl(match.Rule!, in match.Values, method), query),
            RouteRedirect.Target => UrlReference.Resolve(Root, match.Rule!.Redirect!.Target(match.Rule, in match.Values)),
            _ => throw new ModularException($"The match is {match.Outcome}, which redirects nowhere. Ask for the URL of a Redirect only."),
        };
    }

    // The shorter rule's own defaults win over what was matched.
    string DefaultUrl(Rule shorter, in RouteValues values)
    {
        var named = values.ToDictionary();
        foreach (var (name, value) in shorter.DefaultPairs) named[name] = value;
        var given = new UrlValues(ToSpan(named));
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        writer.Append(Origin(RuleUrl.Domain(shorter, given)));
        writer.Append(ScriptName.AsSpan(0, ScriptName.Length - 1));
        RuleUrl.AppendPath(ref writer, shorter, given);
        return writer.ToStringAndDispose();
    }

    string AliasUrl(Rule alias, in RouteValues values, string? method) =>
        Build(
            alias.Endpoint,
            ToSpan(values.ToDictionary()),
            new() { External = true, Method = method ?? DefaultMethod, AppendUnknown = false });

    static ReadOnlySpan<(string Name, object? Value)> ToSpan(Dictionary<string, object?> values) =>
        values.Select(pair => (pair.Key, pair.Value)).ToArray();

    string Root => Origin(null) + ScriptName;

    // Empty without a host: browsers read "http:///login" as the host "login", and a path alone as one of the host that they asked.
    string Origin(string? domain) => HostOf(domain) is { Length: > 0 } host ? $"{(Scheme.Length > 0 ? Scheme : "http")}://{host}" : "";

    static string WithQuery(string url, string query) => query.Length > 0 ? $"{url}?{query}" : url;
}
