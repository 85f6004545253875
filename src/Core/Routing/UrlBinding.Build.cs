namespace Modular;

/// <content>Building URLs.</content>
sealed partial class UrlBinding
{
    static readonly SearchValues<char> AnchorSafe = Percent.Safe("%!#$&'()*+,/:;=?@");

    /// <summary>The URL of an endpoint; its string is the only allocation.</summary>
    /// <param name="endpoint">The endpoint's full name.</param>
    /// <param name="values">For the rule's variables; others go into the query in their order.</param>
    /// <param name="options">See <see cref="UrlOptions"/>.</param>
    /// <exception cref="UrlBuildException">No rule of the endpoint fits.</exception>
    /// <exception cref="ModularException">A converter refuses its value, or a scheme is asked for without a host.</exception>
    internal string Build(string endpoint, ReadOnlySpan<(string Name, object? Value)> values, UrlOptions options)
    {
        if (options is { Scheme: not null, External: false })
            throw new ModularException(
                $"The URL for \"{endpoint}\" shall have the scheme \"{options.Scheme}\" and not be external. Leave one of them out.");
        var given = new UrlValues(values);
        if (Choose(endpoint, given, options.Method) is not { } rule)
            throw UrlBuildException.Because(Rules, endpoint, given, options.Method);

        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        var domain = RuleUrl.Domain(rule, given);
        if (((options.External ?? options.Scheme is not null) || rule.WebSocket || domain != Domain) && HostOf(domain) is { Length: > 0 } host)
            AppendOrigin(ref writer, rule, host, options.Scheme ?? Scheme);
        writer.Append(ScriptName.AsSpan(0, ScriptName.Length - 1));
        RuleUrl.AppendPath(ref writer, rule, given);
        if (options.AppendUnknown) UrlQueryWriter.Append(ref writer, rule, given, Rules.Options.SortParameters);
        if (options.Anchor is { } anchor)
        {
            writer.Append('#');
            writer.AppendEncoded(anchor, AnchorSafe);
        }
        return writer.ToStringAndDispose();
    }

    // A rule for the current method first, then for any; on the current host first, then on any.
    Rule? Choose(string endpoint, UrlValues values, string? method)
    {
        if (method is null && Choose(endpoint, values, DefaultMethod) is { } usual) return usual;
        Rule? elsewhere = null;
        var rules = Rules.RulesOf(endpoint);
        for (var i = 0; i < rules.Count; i++)
        {
            if (!values.Fit(rules[i], method)) continue;
            if (!Rules.Options.HostMatching || RuleUrl.Domain(rules[i], values) == ServerName) return rules[i];
            elsewhere ??= rules[i];
        }
        return elsewhere;
    }

    // A WebSocket rule gets a WebSocket scheme, any other rule never does.
    static void AppendOrigin(ref UrlWriter writer, Rule rule, string host, string scheme)
    {
        var isSecure = scheme is "https" or "wss";
        if (rule.WebSocket) writer.Append(isSecure ? "wss:" : "ws:");
        else if (scheme.Length > 0) writer.Append(isSecure ? "https:" : "http:");
        writer.Append("//");
        writer.Append(host);
    }
}
