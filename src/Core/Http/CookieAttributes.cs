namespace Modular;

/// <summary>Where and how long a cookie lives. RFC 6265 §4.1.2.</summary>
public sealed record CookieAttributes
{
    /// <summary>Life time, in whole seconds. Without it or <see cref="Expires"/> the cookie ends with the browser's session.</summary>
    /// <remarks>Old clients know only Expires, so that is sent along, counted from now.</remarks>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The moment at which the cookie ends, to the second.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The cookie is sent below this path only. Default <c>/</c>; null leaves the choice to the browser.</summary>
    public string? Path { get; init; } = "/";

    /// <summary>The cookie is sent to this domain and all below it. Null: only to the host that set it.</summary>
    /// <remarks>A port and leading dots are dropped; other scripts become Punycode.</remarks>
    public string? Domain { get; init; }

    /// <summary>Sent over HTTPS only.</summary>
    public bool Secure { get; init; }

    /// <summary>Hidden from scripts.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>Whether other sites' requests carry the cookie. Null or Unspecified sends no such attribute.</summary>
    public SameSiteMode? SameSite { get; init; }

    /// <summary>Kept apart for each site that embeds this one; implies <see cref="Secure"/>.</summary>
    public bool Partitioned { get; init; }

    internal static readonly CookieAttributes Default = new();
}
