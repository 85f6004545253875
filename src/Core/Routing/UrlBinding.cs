namespace Modular;

/// <summary>What a request's own URL, or the configured address, says: the host may be empty, the mount is decoded.</summary>
readonly record struct UrlPlace(
    string Scheme, string Host, string PathBase = "", string QueryString = "", string Method = "GET", bool WebSocket = false);

/// <summary>The rules seen from one place: a request, or the application's configured address. It builds URLs and redirects.</summary>
/// <remarks>Immutable, safe to share. It is Werkzeug's <c>MapAdapter</c>.</remarks>
sealed partial class UrlBinding
{
    UrlBinding(RouteTable rules, string serverName, string scheme, string pathBase)
    {
        (Rules, Scheme, ServerName) = (rules, scheme, serverName);
        // With two slashes in front it would be a host in every relative URL.
        var mount = pathBase.StartsWith("//", StringComparison.Ordinal) ? $"/{pathBase.Trim('/')}" : pathBase;
        ScriptName = Percent.Encode(mount.TrimEnd('/'), Percent.PathSafe) + "/";
    }

    internal RouteTable Rules { get; }

    /// <summary>Empty builds URLs that start with <c>//</c>.</summary>
    internal string Scheme { get; }

    /// <summary>Host and port, lower case and ASCII, without the subdomain. Empty when unknown: URLs begin with the path then.</summary>
    internal string ServerName { get; }

    /// <summary>Where the application is mounted, percent-encoded; it ends with a slash, and is <c>/</c> at the top.</summary>
    internal string ScriptName { get; }

    internal string Subdomain { get; private init; } = "";

    /// <summary>The request's query without the question mark, kept by redirects.</summary>
    internal string QueryString { get; private init; } = "";

    /// <summary>The method whose rule is preferred when a URL is built.</summary>
    internal string DefaultMethod { get; private init; } = "GET";

    /// <summary>True when the request's host is not under the configured server name, so that the default subdomain was taken.</summary>
    internal bool IsForeignHost { get; private init; }

    internal bool WebSocket => Scheme is "ws" or "wss";

    /// <summary>What <see cref="RouteQuery.Domain"/> must be for a request at this place.</summary>
    internal string Domain => Rules.Options.HostMatching ? ServerName : Rules.Options.SubdomainMatching ? Subdomain : "";

    internal RouteQuery Query(string path) => new(path, DefaultMethod, Domain, WebSocket);

    /// <param name="serverName">The configured server name, under which subdomains are looked for. Default: the place's host.</param>
    /// <param name="subdomain">Taken instead of the host's own.</param>
    internal static UrlBinding To(RouteTable rules, in UrlPlace place, string? serverName = null, string? subdomain = null)
    {
        var scheme = !place.WebSocket ? place.Scheme : place.Scheme is "https" ? "wss" : "ws";
        var host = HostName.Normalize(HostName.WithoutStandardPort(place.Host, scheme));
        if (rules.Options.HostMatching) serverName = null;
        var server = serverName is null ? host : HostName.Normalize(HostName.WithoutStandardPort(serverName, scheme));
        var own = rules.Options.SubdomainMatching ? subdomain ?? HostName.SubdomainOf(host, server) : "";
        return new(rules, server, scheme, place.PathBase)
        {
            Subdomain = own ?? rules.Options.DefaultSubdomain,
            IsForeignHost = own is null,
            QueryString = place.QueryString,
            DefaultMethod = place.Method,
        };
    }

    /// <summary>Where a <see cref="RouteOutcome.Redirect"/> sends the client; absolute where the host is known.</summary>
    /// <param name="method">The request's method. Default: <see cref="DefaultMethod"/>.</param>
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
            RouteRedirect.Target => match.Rule!.Redirect!.Target(root, match.Values),
            _ => throw new ModularException($"The match is {match.Outcome}, which redirects nowhere. Ask for the URL of a Redirect only."),
        };
        return match.Redirect != RouteRedirect.Target && QueryString.Length > 0 ? $"{url}?{QueryString}" : url;
    }

    // The shorter rule's own defaults win over what was matched.
    static (string Name, object? Value)[] Values(in RouteMatch match, Rule? shorter = null)
    {
        var values = match.Values.ToDictionary();
        foreach (var (name, value) in shorter?.DefaultPairs ?? []) values[name] = value;
        return [.. values.Select(pair => (pair.Key, pair.Value))];
    }

    // The host of a rule's domain, which is a whole host or a subdomain; the request's own for null. Empty when there is none.
    string HostOf(string? domain)
    {
        if (Rules.Options.HostMatching) return domain ?? ServerName;
        domain ??= Subdomain;
        return domain.Length > 0 && ServerName.Length > 0 ? $"{domain}.{ServerName}" : ServerName;
    }
}
