using System.Text.Json;

namespace Modular.Sessions;

/// <summary>Where and how sessions are kept. Names and defaults follow Flask's configuration where it has them.</summary>
public sealed record SessionsOptions
{
    /// <summary>Signs the cookies: at least 16 random bytes. <c>openssl rand -hex 32</c> creates a good key.</summary>
    /// <remarks>Without a key the application starts only in debug mode, where sessions are empty and writing to one is an error.</remarks>
    public SecretKey? SecretKey { get; init; }

    /// <summary>
    /// Old keys, which still verify cookies. Cookies are signed only with <see cref="SecretKey"/>, so you can remove an old key when its
    /// cookies have expired.
    /// </summary>
    public IReadOnlyList<SecretKey> SecretKeyFallbacks { get; init; } = [];

    /// <summary>
    /// True allows any key, even a short or published one. Use it for examples, and for applications that share a cookie with an older
    /// application.
    /// </summary>
    public bool AllowWeakKey { get; init; }

    /// <summary>
    /// The cookie's name. Default <c>session</c>. With <c>__Host-session</c> browsers accept the cookie from this host only. It requires
    /// <see cref="CookieSecure"/>.
    /// </summary>
    public string CookieName { get; init; } = "session";

    /// <summary>The cookie is sent to this domain and its subdomains. Default null: only to the host that set it.</summary>
    public string? CookieDomain { get; init; }

    /// <summary>
    /// The cookie is sent only to this path and the paths below it. Default null: <see cref="ModularOptions.ApplicationRoot"/>.
    /// </summary>
    public string? CookiePath { get; init; }

    /// <summary>True hides the cookie from scripts. Default true.</summary>
    public bool CookieHttpOnly { get; init; } = true;

    /// <summary>True sends the cookie over HTTPS only. Default false. Set it if the site uses HTTPS.</summary>
    public bool CookieSecure { get; init; }

    /// <summary>
    /// Whether requests from other sites include the cookie. Default null: the browser's default, which is Lax in current browsers.
    /// </summary>
    public SameSiteMode? CookieSameSite { get; init; }

    /// <summary>True gives each site that embeds this one a separate cookie. Implies <see cref="CookieSecure"/>.</summary>
    public bool CookiePartitioned { get; init; }

    /// <summary>The lifetime of a permanent session, and the maximum age of any session's signature. Default 31 days.</summary>
    public TimeSpan PermanentLifetime
    {
        get;
        init => field = value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(PermanentLifetime), value, "PermanentLifetime must be greater than zero.");
    } = TimeSpan.FromDays(31);

    /// <summary>True: each request that uses a permanent session renews its lifetime. Default true.</summary>
    public bool RefreshEachRequest { get; init; } = true;

    /// <summary>
    /// True: requests that don't use the session renew its lifetime too, as in Flask. Default false. Each request with the cookie then
    /// verifies it, which takes a few microseconds.
    /// </summary>
    public bool RefreshUnused { get; init; }

    /// <summary>Keeps the values on the server and only a random id in the cookie. Default null: all values are in the cookie.</summary>
    public SessionStore? Store { get; init; }

    /// <summary>Application types that a session keeps. Default: none.</summary>
    public IReadOnlyList<SessionTag> Tags { get; init; } = [];

    /// <summary>
    /// The JSON options for <c>Get&lt;T&gt;</c> and <c>Set&lt;T&gt;</c>. Default null: <see cref="ModularOptions.Json"/>. An AOT
    /// application sets a source-generated resolver in one of the two.
    /// </summary>
    public JsonSerializerOptions? Json { get; init; }

    /// <summary>The cookie's attributes. A permanent session adds its expiry date.</summary>
    internal CookieOptions Cookie(string applicationRoot)
    {
        var cookie = new CookieOptions
        {
            Domain = CookieDomain,
            Path = CookiePath ?? applicationRoot,
            HttpOnly = CookieHttpOnly,
            Secure = CookieSecure,
            SameSite = CookieSameSite ?? SameSiteMode.Unspecified,
        };
        if (CookiePartitioned) cookie.Extensions.Add("Partitioned");
        return cookie;
    }
}
