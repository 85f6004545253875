using System.Text.Json;

namespace Modular.Sessions;

/// <summary>How sessions are kept. Names and defaults are those of Flask's configuration where it has them.</summary>
public sealed record SessionsOptions
{
    /// <summary>Signs the cookies: at least 16 bytes that nobody can guess. <c>openssl rand -hex 32</c> makes a good one.</summary>
    /// <remarks>Without one the application starts in debug only; sessions are empty there, and writing to them is an error.</remarks>
    public SecretKey? SecretKey { get; init; }

    /// <summary>Keys of the past, which still verify. Cookies are signed with <see cref="SecretKey"/> alone, so a key can go once its cookies are gone.</summary>
    public IReadOnlyList<SecretKey> SecretKeyFallbacks { get; init; } = [];

    /// <summary>True takes any key, also one that is short or known to everybody. For examples, and for applications that share a cookie with one of the past.</summary>
    public bool AllowWeakKey { get; init; }

    /// <summary>The cookie's name. Default <c>session</c>. <c>__Host-session</c> asks the browser to refuse it from anybody but this host, and needs <see cref="CookieSecure"/>.</summary>
    public string CookieName { get; init; } = "session";

    /// <summary>The cookie is sent to this domain and all below it. Default null: only to the host that set it.</summary>
    public string? CookieDomain { get; init; }

    /// <summary>The cookie is sent below this path only. Default null: <see cref="ModularOptions.ApplicationRoot"/>.</summary>
    public string? CookiePath { get; init; }

    /// <summary>Hidden from scripts. Default true.</summary>
    public bool CookieHttpOnly { get; init; } = true;

    /// <summary>Sent over HTTPS only. Default false; set it wherever the site is HTTPS.</summary>
    public bool CookieSecure { get; init; }

    /// <summary>Whether other sites' requests carry the cookie. Default null: the browser's choice, which is Lax today.</summary>
    public SameSiteMode? CookieSameSite { get; init; }

    /// <summary>Kept apart for each site that embeds this one; implies <see cref="CookieSecure"/>.</summary>
    public bool CookiePartitioned { get; init; }

    /// <summary>How long a permanent session lives, and how old any session's signature may be. Default 31 days.</summary>
    public TimeSpan PermanentLifetime
    {
        get;
        init => field = value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(PermanentLifetime), value, "PermanentLifetime must be longer than nothing.");
    } = TimeSpan.FromDays(31);

    /// <summary>A permanent session's life starts again with each request that uses it. Default true.</summary>
    public bool RefreshEachRequest { get; init; } = true;

    /// <summary>It also starts again with requests that don't use it, as in Flask. Default false. True: each request that brings the cookie verifies it, which costs a few microseconds.</summary>
    public bool RefreshUnused { get; init; }

    /// <summary>Keeps the values on the server, and only a random id in the cookie. Default null: everything is in the cookie.</summary>
    public SessionStore? Store { get; init; }

    /// <summary>Types of the application's own that a session keeps as they are. Default none.</summary>
    public IReadOnlyList<SessionTag> Tags { get; init; } = [];

    /// <summary>How <c>Get&lt;T&gt;</c> and <c>Set&lt;T&gt;</c> turn objects into JSON and back. Default null: <see cref="ModularOptions.Json"/>. AOT applications give a source-generated resolver in one of the two.</summary>
    public JsonSerializerOptions? Json { get; init; }

    /// <summary>The cookie's attributes; its end is added where the session is permanent.</summary>
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
