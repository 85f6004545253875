namespace Modular;

/// <summary>Host names as requests and settings give them, with or without a port.</summary>
static class HostName
{
    /// <summary>The underscore too: names of container services have it, and browsers and resolvers take it.</summary>
    internal static readonly SearchValues<char> Characters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    /// <summary>A name without a port in ASCII by IDNA, lower-case; null when it cannot be one.</summary>
    internal static string? ToAscii(string name)
    {
        try
        {
            name = name.ToLowerInvariant();
            return Ascii.IsValid(name) ? name : new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Lower case, in ASCII, without the scheme's own port. The dot of the DNS root, <c>example.com.</c>, goes too.</summary>
    internal static string Normalize(string host, string scheme)
    {
        host = WithoutStandardPort(host, scheme);
        host = host.EndsWith('.') ? host[..^1] : host.Replace(".:", ":", StringComparison.Ordinal);
        if (Ascii.IsValid(host)) return host.ToLowerInvariant();
        var name = host.Split(':')[0];
        return ToAscii(name) is { } ascii ? ascii + host[name.Length..] : throw new ModularException(
            $"The server name \"{host}\" isn't a host name. Write it as \"example.com\" or \"example.com:8080\".");
    }

    internal static string WithoutStandardPort(string host, string scheme)
    {
        var port = scheme is "http" or "ws" ? ":80" : scheme is "https" or "wss" ? ":443" : null;
        return port is not null && host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host;
    }

    /// <summary>What the host has in front of the server name; empty for the name itself, null for a host that is not under it.</summary>
    internal static string? SubdomainOf(string host, string serverName) => host == serverName ? ""
        : host.EndsWith($".{serverName}", StringComparison.Ordinal) ? host[..^(serverName.Length + 1)]
        : null;
}
