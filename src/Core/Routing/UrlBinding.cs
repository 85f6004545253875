namespace Modular.Routing;

// The host may be empty, and PathBase is decoded.
readonly record struct UrlPlace(
    string Scheme, string Host, string PathBase = "", string QueryString = "", string Method = "GET", bool WebSocket = false);

/// <summary>The rules at one address: a request's, or the application's configured one. It builds URLs and redirects.</summary>
/// <remarks>Of the values for a URL, null counts as missing, and the first of two with the same name fills a variable.</remarks>
sealed class UrlBinding
{
    static readonly SearchValues<char> AnchorSafe = Percent.Safe("%!#$&'()*+,/:;=?@");
    static readonly SearchValues<char> QuerySafe = Percent.Safe("!$'()*,/:;?@");

    readonly RouteTable _rules;

    internal UrlBinding(RouteTable rules, in UrlPlace place, string? serverName = null, string? subdomain = null, bool isOutside = false)
    {
        (_rules, Scheme) = (rules, !place.WebSocket ? place.Scheme : place.Scheme is "https" ? "wss" : "ws");
        var host = HostName.Normalize(place.Host, Scheme);
        ServerName = serverName is null || rules.Options.HostMatching ? host : HostName.Normalize(serverName, Scheme);
        subdomain = rules.Options.SubdomainMatching ? subdomain ?? SubdomainOf(host, ServerName) : "";
        (Subdomain, IsForeignHost) = (subdomain ?? rules.Options.DefaultSubdomain, subdomain is null);
        (QueryString, DefaultMethod, IsOutside) = (place.QueryString, place.Method, isOutside);
        // With two leading slashes it would be a host in every relative URL.
        var mount = place.PathBase.StartsWith("//", StringComparison.Ordinal) ? $"/{place.PathBase.Trim('/')}" : place.PathBase;
        ScriptName = Percent.Encode(mount.TrimEnd('/'), Percent.PathSafe) + "/";
    }

    internal string Scheme { get; }             // empty builds URLs that start with "//"
    internal string ServerName { get; }         // without the subdomain; empty when unknown, so that URLs begin with the path
    internal string ScriptName { get; }         // where the application is mounted, percent-encoded; it ends with a slash
    internal string Subdomain { get; }
    internal bool IsForeignHost { get; }        // the host is not under the server name, so the default subdomain was taken
    internal string QueryString { get; }        // kept by redirects
    internal string DefaultMethod { get; }      // the method whose rule is preferred
    internal bool IsOutside { get; }      // there is no request, so every URL is a whole one

    internal string Domain => _rules.Options.HostMatching ? ServerName : _rules.Options.SubdomainMatching ? Subdomain : "";

    internal RouteQuery Query(string path) => new(path, DefaultMethod, Domain, Scheme is "ws" or "wss");

    static string? SubdomainOf(string host, string server) => host == server ? ""
        : host.EndsWith($".{server}", StringComparison.Ordinal) ? host[..^(server.Length + 1)] : null;

    internal string RedirectUrl(in RouteMatch match, string? method = null)
    {
        var options = new UrlOptions { External = true, Method = method ?? DefaultMethod, AppendUnknown = false };
        // Without a host it is a path: browsers read "http:///login" as the host "login".
        var root = (HostOf(null) is { Length: > 0 } host ? $"{(Scheme.Length > 0 ? Scheme : "http")}://{host}" : "") + ScriptName;
        var url = match.Redirect switch
        {
            RouteRedirect.Path => root + Percent.Encode(match.RedirectPath!.TrimStart('/'), Percent.PathSafe),
            RouteRedirect.Default => Build(match.RedirectRule!, Values(match, match.RedirectRule), options),
            RouteRedirect.Alias => Build(match.Rule!.Endpoint, Values(match), options),
            _ => match.Rule!.Redirect!.Target(root, match.Values),
        };
        return match.Redirect != RouteRedirect.Target && QueryString.Length > 0 ? $"{url}?{QueryString}" : url;
    }

    static (string Name, object? Value)[] Values(in RouteMatch match, Rule? shorter = null)
    {
        var values = match.Values.ToDictionary();
        foreach (var (name, value) in shorter?.DefaultPairs ?? []) values[name] = value;
        return [.. values.Select(pair => (pair.Key, pair.Value))];
    }

    // The host of a rule's domain, which is a whole host or a subdomain; the request's own for null. Empty without a host.
    string HostOf(string? domain)
    {
        if (_rules.Options.HostMatching) return domain ?? ServerName;
        domain ??= Subdomain;
        return domain.Length > 0 && ServerName.Length > 0 ? $"{domain}.{ServerName}" : ServerName;
    }

    internal string Build(string endpoint, ReadOnlySpan<(string Name, object? Value)> values, UrlOptions options)
    {
        if (options is { Scheme: not null, External: false }) throw new ModularException(
            $"The URL for \"{endpoint}\" must have the scheme \"{options.Scheme}\" and not be external. Leave one of them out.");
        if (Choose(endpoint, values, options.Method) is { } rule) return Build(rule, values, options);
        Dictionary<string, object?> given = [];
        foreach (var (name, value) in values)
            if (value is not null) given.TryAdd(name, value);
        throw new UrlBuildException(_rules, endpoint, given, options.Method);
    }

    string Build(Rule rule, ReadOnlySpan<(string Name, object? Value)> values, UrlOptions options)
    {
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        var domain = DomainOf(rule, values);
        var isExternal = (options.External ?? (IsOutside || options.Scheme is not null)) || rule.WebSocket || domain != Domain;
        if (isExternal && HostOf(domain) is { Length: > 0 } host)
        {
            // A WebSocket rule gets a WebSocket scheme, any other rule never does.
            var (scheme, isSecure) = (options.Scheme ?? Scheme, (options.Scheme ?? Scheme) is "https" or "wss");
            writer.Append(rule.WebSocket ? isSecure ? "wss://" : "ws://" : scheme is "" ? "//" : isSecure ? "https://" : "http://");
            writer.Append(host);
        }
        writer.Append(ScriptName.AsSpan(0, ScriptName.Length - 1));
        // The rule's own part has exactly one leading slash, so that no value can turn it into another host.
        var start = writer.Length;
        Append(ref writer, rule, rule.Pieces.Path, values);
        writer.BeginWithOneSlash(start);
        if (options.AppendUnknown) AppendQuery(ref writer, rule, values);
        if (options.Anchor is { } anchor)
        {
            writer.Append("#");
            writer.AppendEncoded(anchor, AnchorSafe);
        }
        return writer.ToStringAndDispose();
    }

    // First for the current method, then for any; first on the current host, then on any.
    Rule? Choose(string endpoint, ReadOnlySpan<(string Name, object? Value)> values, string? method)
    {
        if (method is null && Choose(endpoint, values, DefaultMethod) is { } usual) return usual;
        Rule? elsewhere = null;
        var rules = _rules.RulesOf(endpoint);
        for (var i = 0; i < rules.Count; i++)
        {
            if (!Fits(rules[i], values, method)) continue;
            if (!_rules.Options.HostMatching || DomainOf(rules[i], values) == ServerName) return rules[i];
            elsewhere ??= rules[i];
        }
        return elsewhere;
    }

    static bool Fits(Rule rule, ReadOnlySpan<(string Name, object? Value)> values, string? method)
    {
        if (method is not null && !rule.Answers(method)) return false;
        foreach (var name in rule.Arguments) if (Find(values, name) is null && !rule.Defaults.ContainsKey(name)) return false;
        foreach (var (name, fallback) in rule.DefaultPairs)
            if (Find(values, name) is { } value && !RouteValues.AreSame(fallback, value)) return false;
        return true;
    }

    static object? Find(ReadOnlySpan<(string Name, object? Value)> values, string name)
    {
        foreach (var (candidate, value) in values) if (value is not null && candidate == name) return value;
        return null;
    }

    static string DomainOf(Rule rule, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (rule.Pieces.Domain is []) return "";
        if (rule.Pieces.Domain is [{ Fixed: { } fixedText }]) return fixedText;
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        Append(ref writer, rule, rule.Pieces.Domain, values);
        var domain = writer.ToStringAndDispose();
        return !domain.AsSpan().ContainsAny('/', '@') ? domain : throw new ModularException(
            $"The values for the rule \"{rule.Text}\" give the host \"{domain}\". Use values without slashes and at signs.");
    }

    static void Append(ref UrlWriter writer, Rule rule, RuleToken[] pieces, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (text, variable) in pieces)
        {
            writer.Append(text);
            if (text is not null) continue;
            var (name, converter) = (rule.Variables[variable], rule.Converters[variable]);
            var value = Find(values, name) ?? "";
            try
            {
                if (converter.IsWrittenAsItIs(value)) writer.AppendValue(value, Percent.PathSafe);
                else writer.Append(converter.ToUrl(value));
            }
            catch (FormatException error)
            {
                writer.Dispose();
                throw new ModularException($"The variable \"{name}\" of the rule \"{rule.Text}\" cannot be filled:"
                    + $" {error.Message.TrimEnd('.')}. Give a value that its converter takes.", error);
            }
        }
    }

    // The values that aren't variables of the rule, as "?name=value&…". A list repeats its name.
    static void AppendQuery(ref UrlWriter writer, Rule rule, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var separator = "?";
        foreach (var (name, value) in values)
        {
            if (rule.Arguments.Contains(name)) continue;
            if (value is IEnumerable list and not string)
                foreach (var item in list) AppendOne(ref writer, name, item, ref separator);
            else AppendOne(ref writer, name, value, ref separator);
        }
    }

    static void AppendOne(ref UrlWriter writer, string name, object? value, ref string separator)
    {
        if (value is null) return;
        writer.Append(separator);
        writer.AppendEncoded(name, QuerySafe, spaceIsPlus: true);
        writer.Append("=");
        writer.AppendValue(value, QuerySafe, spaceIsPlus: true);
        separator = "&";
    }
}

ref struct UrlWriter(Span<char> stack)
{
    internal const int StackSize = 256;
    static readonly SearchValues<char> WholeNumber = SearchValues.Create("-0123456789");

    DefaultInterpolatedStringHandler _text = new(0, 0, CultureInfo.InvariantCulture, stack);

    internal readonly int Length => _text.Text.Length;

    internal void Append(scoped ReadOnlySpan<char> text) => _text.AppendFormatted(text);

    // A lone surrogate is encoded as U+FFFD.
    internal void AppendEncoded(scoped ReadOnlySpan<char> text, SearchValues<char> safe, bool spaceIsPlus = false)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (text.IndexOfAnyExcept(safe) is >= 0 and var plain)
        {
            Append(text[..plain]);
            Rune.DecodeFromUtf16(text[plain..], out var rune, out var consumed);
            text = text[(plain + consumed)..];
            if (spaceIsPlus && rune.Value == ' ') Append("+");
            else
                foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                    Append(['%', "0123456789ABCDEF"[b >> 4], "0123456789ABCDEF"[b & 15]]);
        }
        Append(text);
    }

    internal void AppendValue(object value, SearchValues<char> safe, bool spaceIsPlus = false)
    {
        Span<char> buffer = stackalloc char[64];
        if (value is ISpanFormattable formattable and not (double or float)
            && formattable.TryFormat(buffer, out var length, FormatOf(value), CultureInfo.InvariantCulture))
            AppendEncoded(buffer[..length], safe, spaceIsPlus);
        else AppendEncoded(TextOf(value), safe, spaceIsPlus);
    }

    // Not yet encoded. Dates and times are in ISO 8601.
    internal static string TextOf(object value) => value switch
    {
        string text => text,
        IEnumerable => throw new FormatException($"a list ({value.GetType().Name}) doesn't fit into one variable"),
        double or float => Fraction(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        IFormattable formattable => formattable.ToString(FormatOf(value), CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A number with a point keeps it: "1.0", "1e+20", so that a rule for such numbers matches it, as in Flask.
    static string Fraction(string text) => text.AsSpan().ContainsAnyExcept(WholeNumber) ? text.Replace('E', 'e') : text + ".0";

    static string? FormatOf(object value) => value is DateOnly or TimeOnly or DateTime or DateTimeOffset ? "O" : null;

    internal void BeginWithOneSlash(int start)
    {
        if (_text.Text[start..] is ['/'] or ['/', not '/', ..]) return;
        var kept = $"{_text.Text[..start]}/{_text.Text[start..].TrimStart('/')}";
        _text.Clear();
        _text.AppendLiteral(kept);
    }

    internal string ToStringAndDispose() => _text.ToStringAndClear();

    internal void Dispose() => _text.Clear();       // returns the pooled buffer
}
