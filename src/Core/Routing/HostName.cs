namespace Modular.Routing;

static class HostName
{
    // Also the underscore: names of container services contain it, and browsers and resolvers accept it.
    internal static readonly SearchValues<char> Characters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    // Without a port; null when the name isn't valid.
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
}
