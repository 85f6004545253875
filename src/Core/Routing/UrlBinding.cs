namespace Modular;

/// <summary>What a request's own URL says, as far as routing needs it.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The Host header, already found to hold only characters of a host; may be empty.</param>
/// <param name="PathBase">Where the application is mounted, decoded, without a last slash.</param>
/// <param name="QueryString">As it was sent, without the question mark.</param>
/// <param name="Method">The request's method.</param>
/// <param name="WebSocket">True for a WebSocket handshake.</param>
readonly record struct UrlPlace(
    string Scheme, string Host, string PathBase = "", string QueryString = "", string Method = "GET", bool WebSocket = false);

/// <summary>The rules seen from one place: a request, or the application's configured address. It builds URLs and redirects.</summary>
/// <remarks>Immutable, safe to share. It is Werkzeug's <c>MapAdapter</c>.</remarks>
sealed partial class UrlBinding
{
    UrlBinding(RuleBook rules, string serverName, string scheme, string pathBase)
    {
        (Rules, Scheme) = (rules, scheme);
        ServerName = HostName.Normalize(serverName);
        // With two slashes in front it would be a host in every relative URL.
        var mount = pathBase.StartsWith("//", StringComparison.Ordinal) ? $"/{pathBase.Trim('/')}" : pathBase;
        ScriptName = Percent.Encode(mount.TrimEnd('/'), Percent.PathSafe) + "/";
    }

    internal RuleBook Rules { get; }

    /// <summary><c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>; empty builds URLs that start with <c>//</c>.</summary>
    internal string Scheme { get; }

    /// <summary>The host and port that URLs are built with, lower case and ASCII, without the subdomain. Empty when nobody knows it: URLs begin with the path then.</summary>
    internal string ServerName { get; }

    /// <summary>Where the application is mounted, percent-encoded; it ends with a slash, and is <c>/</c> at the top.</summary>
    internal string ScriptName { get; }

    /// <summary>The request's subdomain; empty without subdomain matching.</summary>
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

    /// <summary>The query that matches a path of this place.</summary>
    internal RouteQuery Query(string path, string? method = null) => new(path, method ?? DefaultMethod, Domain, WebSocket);

    /// <summary>Binds to an address that is known without a request.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="serverName">Host and port.</param>
    /// <param name="pathBase">Where the application is mounted, decoded.</param>
    /// <param name="scheme">The scheme of the URLs.</param>
    /// <param name="subdomain">Default: <see cref="RoutingOptions.DefaultSubdomain"/>.</param>
    /// <param name="queryString">Without the question mark.</param>
    /// <param name="method">The preferred method.</param>
    internal static UrlBinding To(
        RuleBook rules,
        string serverName,
        string pathBase = "",
        string scheme = "http",
        string? subdomain = null,
        string queryString = "",
        string method = "GET")
    {
        if (subdomain is not null && rules.Options.HostMatching)
            throw new ModularException(
                $"The subdomain \"{subdomain}\" was given, but host matching is on. Give the whole host as the server name.");
        return new(rules, serverName, scheme, pathBase)
        {
            Subdomain = rules.Options.SubdomainMatching ? subdomain ?? rules.Options.DefaultSubdomain : "",
            QueryString = queryString,
            DefaultMethod = method,
        };
    }

    /// <summary>Binds to a request.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="request">The request.</param>
    /// <param name="serverName">The configured server name, under which subdomains are looked for. Default: the request's host.</param>
    /// <param name="subdomain">Taken instead of the request's own.</param>
    internal static UrlBinding To(RuleBook rules, in UrlPlace request, string? serverName = null, string? subdomain = null)
    {
        var scheme = !request.WebSocket ? request.Scheme : request.Scheme is "https" ? "wss" : "ws";
        var host = HostName.Normalize(HostName.WithoutStandardPort(request.Host, scheme));
        var server = serverName is null || rules.Options.HostMatching
            ? host
            : HostName.Normalize(HostName.WithoutStandardPort(serverName, scheme));
        var own = rules.Options.SubdomainMatching ? subdomain ?? HostName.SubdomainOf(host, server) : "";
        return new(rules, server, scheme, request.PathBase)
        {
            Subdomain = own ?? rules.Options.DefaultSubdomain,
            IsForeignHost = own is null,
            QueryString = request.QueryString,
            DefaultMethod = request.Method,
        };
    }

    // The host of a rule's domain, which is a whole host or a subdomain; the request's own for null. Empty when there is none.
    string HostOf(string? domain)
    {
        if (Rules.Options.HostMatching) return domain ?? ServerName;
        domain ??= Subdomain;
        return domain.Length > 0 && ServerName.Length > 0 ? $"{domain}.{ServerName}" : ServerName;
    }
}
