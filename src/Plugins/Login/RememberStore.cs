using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Login;

/// <summary>Keeps one entry on the server for each remembered login.</summary>
/// <remarks>
/// The cookie has the login's series and a number. Each use increases the number. A cookie with an old number has been copied, so its
/// series ends, and a warning is logged. For <see cref="Grace"/> after a use, the number before it is valid too, because a browser sends
/// several requests at once.
/// </remarks>
public sealed record RememberStore
{
    /// <summary>
    /// The cache: Redis, SQL Server, memory… Default null: the application's service of this type, which
    /// <c>app.Services.AddStackExchangeRedisCache(…)</c> adds.
    /// </summary>
    public IDistributedCache? Cache { get; init; }

    /// <summary>The prefix of each key in the cache. Default <c>login:remember:</c>.</summary>
    public string KeyPrefix { get; init; } = "login:remember:";

    /// <summary>How long the cookie before the newest one is valid. Default one minute; zero: in the same second only.</summary>
    public TimeSpan Grace
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Grace), value, "Grace must not be negative.");
    } = TimeSpan.FromMinutes(1);
}
