namespace Modular;

/// <summary>The host that a request was made to, from its <c>Host</c> header, which the client can write as it likes.</summary>
static partial class RequestHost
{
    /// <summary><c>name</c> or <c>name:port</c>; the port is left out when it is the scheme's own.</summary>
    /// <returns>Empty when there is no host, or one with characters that no host has.</returns>
    internal static string Of(HttpContext http)
    {
        var headers = http.Request.Headers.Host;
        return Normalize(http.Request.Scheme, headers.Count > 0 ? headers[0] ?? "" : Listening(http.Connection));
    }

    /// <summary>As <see cref="Of"/>, for a header that is already at hand.</summary>
    internal static string Normalize(string scheme, string host) => HostName.WithoutStandardPort(host, scheme) is var name && Host.IsMatch(name) ? name : "";

    /// <summary>True when the host's name is in the list; <c>.example.com</c> in the list also means every host below it. A dot at the end says nothing.</summary>
    /// <param name="host">As <see cref="Of"/> gives it; its port does not count.</param>
    /// <param name="trusted">Names with or without non-ASCII letters. An empty list trusts every valid host.</param>
    internal static bool IsTrusted(string host, IReadOnlyList<string> trusted)
    {
        var name = Host.Match(host).Groups["name"].ValueSpan;
        if (name is [.., not '.', '.']) name = name[..^1];
        if (name.IsEmpty || trusted.Count == 0) return !name.IsEmpty;
        foreach (var entry in trusted)
        {
            var ascii = HostName.ToAscii(entry.TrimStart('.'));
            if (name.Equals(ascii, StringComparison.OrdinalIgnoreCase) || entry.StartsWith('.') && name.EndsWith($".{ascii}", StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    // HTTP/1.0 needs no Host header; then the address that the client reached is the best there is.
    static string Listening(ConnectionInfo connection) => connection.LocalIpAddress is { } address
        ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort).ToString()
        : "";

    // Uri.CheckHostName refuses what Werkzeug takes, as "-foo": http_functions.json get_host. The characters are those of HostName.
    [GeneratedRegex(@"\A(?<name>\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]|[A-Za-z0-9_-][A-Za-z0-9._-]*)(:[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    static partial Regex Host { get; }
}
