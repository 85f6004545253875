using System.Globalization;
using System.Net;

namespace Modular.Testing;

/// <summary>A cookie in a <see cref="CookieJar"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The encoded value, with its quotes and escapes.</param>
/// <param name="Domain">The domain in lower case, without a leading dot.</param>
/// <param name="Path">The path, which starts with a slash.</param>
public sealed record TestCookie(string Name, string Value, string Domain, string Path)
{
    /// <summary>True: the cookie isn't sent to subdomains of <see cref="Domain"/>.</summary>
    public bool IsHostOnly { get; init; } = true;

    /// <summary>The expiry time. Null: the cookie ends with the browser session.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>True: the cookie is sent only over HTTPS.</summary>
    public bool Secure { get; init; }

    /// <summary>True: scripts can't read the cookie.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>The attribute as sent. Null when it is missing.</summary>
    public string? SameSite { get; init; }

    /// <summary>True when a browser sends the cookie to the address.</summary>
    internal bool GoesTo(Uri target) =>
        IsForHost(target.Host) && IsForPath(target.AbsolutePath) && (!Secure || target.Scheme is "https" or "wss");

    // RFC 6265 §5.1.3: the same name or a subdomain. An IP address has no subdomains.
    bool IsForHost(string host) => host.Equals(Domain, StringComparison.OrdinalIgnoreCase) || (!IsHostOnly && IsBelow(host, Domain));

    static bool IsBelow(string host, string domain) =>
        host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(host, out _);

    // RFC 6265 §5.1.4: "/a" matches "/a" and "/a/b", but not "/ab".
    bool IsForPath(string path) =>
        path == Path || (path.StartsWith(Path, StringComparison.Ordinal) && (Path.EndsWith('/') || path[Path.Length] == '/'));

    /// <summary>The cookie of a Set-Cookie header (RFC 6265 §5.2 and §5.3). Null when a browser would reject it.</summary>
    internal static TestCookie? Parse(string header, Uri from, DateTimeOffset now)
    {
        var parts = Array.ConvertAll(header.Split(';'), Trimmed);
        var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) return null;
        var cookie = new TestCookie(Trimmed(parts[0][..equals]), Trimmed(parts[0][(equals + 1)..]), from.Host.ToLowerInvariant(),
            DefaultPath(from));
        TimeSpan? age = null;
        foreach (var part in parts.AsSpan(1))
        {
            var (name, value) = part.Split('=', 2) is [var before, var after] ? (Trimmed(before), Trimmed(after)) : (part, "");
            switch (name.ToLowerInvariant())
            {
                case "domain" when value.TrimStart('.').ToLowerInvariant() is { Length: > 0 } domain:
                    if (!from.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) && !IsBelow(from.Host, domain)) return null;
                    cookie = cookie with { Domain = domain, IsHostOnly = false };
                    break;
                case "path":
                    cookie = cookie with { Path = value.StartsWith('/') ? value : DefaultPath(from) };
                    break;
                case "expires" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                    out var time):
                    cookie = cookie with { Expires = time };
                    break;
                case "max-age" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds):
                    age = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 400L * 24 * 3600));
                    break;
                case "secure": cookie = cookie with { Secure = true }; break;
                case "httponly": cookie = cookie with { HttpOnly = true }; break;
                case "samesite": cookie = cookie with { SameSite = value }; break;
            }
        }
        if (age is { } given) cookie = cookie with { Expires = now + given };
        return cookie.KeepsItsPrefix ? cookie : null;
    }

    // Spaces and tabs, RFC 6265 §5.2.
    static string Trimmed(string text) => text.Trim(' ', '\t');

    // The rules for name prefixes (RFC 6265bis §5.7).
    bool KeepsItsPrefix => Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) ? Secure && IsHostOnly && Path == "/"
        : !Name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) || Secure;

    static string DefaultPath(Uri from) => from.AbsolutePath.LastIndexOf('/') is > 0 and var last ? from.AbsolutePath[..last] : "/";
}
