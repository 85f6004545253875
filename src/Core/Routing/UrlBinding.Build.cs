using System.Collections;

namespace Modular;

/// <content>Building URLs from values. A null counts as not given; of values with one name the first fills a variable.</content>
sealed partial class UrlBinding
{
    static readonly SearchValues<char> AnchorSafe = Percent.Safe("%!#$&'()*+,/:;=?@");
    static readonly SearchValues<char> QuerySafe = Percent.Safe("!$'()*,/:;?@");

    /// <summary>The URL of an endpoint; its string is the only allocation.</summary>
    /// <param name="values">For the rule's variables; others go into the query in their order.</param>
    internal string Build(string endpoint, ReadOnlySpan<(string Name, object? Value)> values, UrlOptions options)
    {
        if (options is { Scheme: not null, External: false }) throw new ModularException(
            $"The URL for \"{endpoint}\" shall have the scheme \"{options.Scheme}\" and not be external. Leave one of them out.");
        if (Choose(endpoint, values, options.Method) is not { } rule)
            throw UrlBuildException.Because(Rules, endpoint, values, options.Method);
        return Build(rule, values, options);
    }

    string Build(Rule rule, ReadOnlySpan<(string Name, object? Value)> values, UrlOptions options)
    {
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        var domain = DomainOf(rule, values);
        var isExternal = (options.External ?? options.Scheme is not null) || rule.WebSocket || domain != Domain;
        if (isExternal && HostOf(domain) is { Length: > 0 } host) AppendOrigin(ref writer, rule, host, options.Scheme ?? Scheme);
        writer.Append(ScriptName.AsSpan(0, ScriptName.Length - 1));
        // The rule's own part has exactly one slash in front, so that no value can make it name another host.
        var start = writer.Length;
        Append(ref writer, rule, rule.Pieces.Path, values);
        writer.BeginWithOneSlash(start);
        if (options.AppendUnknown) AppendQuery(ref writer, rule, Rules.Options.SortParameters ? Sorted(values) : values);
        if (options.Anchor is { } anchor)
        {
            writer.Append('#');
            writer.AppendEncoded(anchor, AnchorSafe);
        }
        return writer.ToStringAndDispose();
    }

    // A rule for the current method first, then for any; on the current host first, then on any.
    Rule? Choose(string endpoint, ReadOnlySpan<(string Name, object? Value)> values, string? method)
    {
        if (method is null && Choose(endpoint, values, DefaultMethod) is { } usual) return usual;
        Rule? elsewhere = null;
        var rules = Rules.RulesOf(endpoint);
        for (var i = 0; i < rules.Count; i++)
        {
            if (!Fits(rules[i], values, method)) continue;
            if (!Rules.Options.HostMatching || DomainOf(rules[i], values) == ServerName) return rules[i];
            elsewhere ??= rules[i];
        }
        return elsewhere;
    }

    // None of the rule's values is missing, and none contradicts a default.
    static bool Fits(Rule rule, ReadOnlySpan<(string Name, object? Value)> values, string? method)
    {
        if (method is not null && !rule.Answers(method)) return false;
        foreach (var name in rule.Arguments)
            if (Find(values, name) is null && !rule.Defaults.ContainsKey(name)) return false;
        foreach (var (name, fallback) in rule.DefaultPairs)
            if (Find(values, name) is { } value && !RouteValues.AreSame(fallback, value)) return false;
        return true;
    }

    static object? Find(ReadOnlySpan<(string Name, object? Value)> values, string name)
    {
        foreach (var (candidate, value) in values)
            if (value is not null && candidate == name) return value;
        return null;
    }

    // The host or subdomain. Without variables it is a string that exists already.
    static string DomainOf(Rule rule, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (rule.Pieces.Domain is []) return "";
        if (rule.Pieces.Domain is [{ Fixed: { } fixedText }]) return fixedText;
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        Append(ref writer, rule, rule.Pieces.Domain, values);
        var domain = writer.ToStringAndDispose();
        return !domain.AsSpan().ContainsAny('/', '@') ? domain : throw new ModularException(
            $"The values for the rule \"{rule.Text}\" give the host \"{domain}\". Give values without slashes and at signs there.");
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

    static void Append(ref UrlWriter writer, Rule rule, RuleToken[] pieces, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (text, variable) in pieces)
        {
            writer.Append(text);
            if (text is not null) continue;
            var name = rule.Variables[variable];
            try
            {
                rule.Converters[variable].AppendUrl(ref writer, Find(values, name) ?? "");
            }
            catch (FormatException error)
            {
                writer.Dispose();
                throw new ModularException($"The variable \"{name}\" of the rule \"{rule.Text}\" cannot be filled:"
                    + $" {error.Message.TrimEnd('.')}. Give a value that its converter takes.", error);
            }
        }
    }

    // The values that the rule has no place for, as "?name=value&…". A list repeats its name.
    static void AppendQuery(ref UrlWriter writer, Rule rule, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var separator = '?';
        foreach (var (name, value) in values)
        {
            if (rule.Arguments.Contains(name)) continue;
            if (value is IEnumerable list and not string)
                foreach (var item in list) AppendOne(ref writer, name, item, ref separator);
            else AppendOne(ref writer, name, value, ref separator);
        }
    }

    static void AppendOne(ref UrlWriter writer, string name, object? value, ref char separator)
    {
        if (value is null) return;
        writer.Append(separator);
        writer.AppendEncoded(name, QuerySafe, spaceIsPlus: true);
        writer.Append('=');
        writer.AppendValue(value, QuerySafe, spaceIsPlus: true);
        separator = '&';
    }

    // By name, and by text within one name.
    static (string Name, object? Value)[] Sorted(ReadOnlySpan<(string Name, object? Value)> values)
    {
        List<(string Name, object? Value)> items = [];
        foreach (var (name, value) in values)
            foreach (var item in value is IEnumerable list and not string ? list : new[] { value })
                if (item is not null) items.Add((name, UrlWriter.TextOf(item)));
        return [.. items.OrderBy(item => item.Name, StringComparer.Ordinal).ThenBy(item => (string?)item.Value, StringComparer.Ordinal)];
    }
}
