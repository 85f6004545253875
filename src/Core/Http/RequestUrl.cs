namespace Modular;

/// <summary>The URL of a request in readable form: an IRI, RFC 3987.</summary>
static partial class RequestUrl
{
    // Characters that would end the path, and invisible ones.
    static readonly SearchValues<char> EncodedInPath = SearchValues.Create(Percent.Controls + " %?#");

    // Without a host the path is first, because browsers read "http:///login" as the host "login".
    internal static string Build(string scheme, string host, string root, string? path = null, string query = "")
    {
        var origin = host.Length > 0 ? $"{scheme}://{ReadableHost(host.ToLowerInvariant())}" : "";
        var whole = $"{root.Trim('/')}/{path?.TrimStart('/')}".TrimStart('/');
        if (query.Length > 0) query = "?" + Readable.Replace(query, run => Uri.UnescapeDataString(run.Value));
        return $"{origin}/{Percent.EncodeOnly(whole, EncodedInPath)}{query}";
    }

    static string ReadableHost(string host)
    {
        try
        {
            return host.Contains("xn--", StringComparison.Ordinal) ? new IdnMapping().GetUnicode(host) : host;
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    // Everything except controls, the space and % # & + =. Invalid UTF-8 also stays encoded.
    [GeneratedRegex("(?:%(?![01]|2[0356Bb]|3[Dd]|7[Ff])[0-9A-Fa-f]{2})+")]
    static partial Regex Readable { get; }
}

/// <summary>The host of a request, from its <c>Host</c> header, which the client controls.</summary>
static partial class RequestHost
{
    /// <summary><c>name</c> or <c>name:port</c>, without the scheme's default port; empty without a valid one.</summary>
    internal static string Of(HttpContext http)
    {
        var headers = http.Request.Headers.Host;
        return Normalize(http.Request.Scheme, headers.Count > 0 ? headers[0] ?? "" : Listening(http.Connection));
    }

    internal static string Normalize(string scheme, string host) =>
        HostName.WithoutStandardPort(host, scheme) is var name && Host.IsMatch(name) ? name : "";

    internal static bool IsTrusted(string host, IReadOnlyList<string> trusted)
    {
        var name = Host.Match(host).Groups["name"].Value;
        if (name is [.., not '.', '.']) name = name[..^1];
        return name.Length > 0 && (trusted.Count == 0 || trusted.Any(IsNamed));

        bool IsNamed(string entry) => HostName.ToAscii(entry.TrimStart('.')) is { } ascii
            && (name.Equals(ascii, StringComparison.OrdinalIgnoreCase)
                || (entry.StartsWith('.') && name.EndsWith($".{ascii}", StringComparison.OrdinalIgnoreCase)));
    }

    // HTTP/1.0 doesn't need a Host header. Then the address that the client connected to is used.
    static string Listening(ConnectionInfo connection) => connection.LocalIpAddress is { } address
        ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort).ToString() : "";

    // Uri.CheckHostName refuses "-foo", which Werkzeug accepts: http_functions.json get_host. The characters are those of HostName.
    [GeneratedRegex(@"\A(?<name>\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]|[A-Za-z0-9_-][A-Za-z0-9._-]*)(:[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    static partial Regex Host { get; }
}
