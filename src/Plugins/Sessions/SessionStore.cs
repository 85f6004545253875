using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Sessions;

/// <summary>Where sessions are kept when they are kept on the server.</summary>
/// <remarks>
/// A session is read when its cookie is there, and written when it changed; two requests that change it at once: the last one wins. A session that was ended, by <see cref="Session.Clear"/>,
/// <see cref="Session.Regenerate"/> or in the cache itself, isn't written again by a request that is still under way.
/// </remarks>
public sealed record SessionStore
{
    /// <summary>Redis, SQL Server, memory… Default null: the application's service of this type, as <c>app.Services.AddStackExchangeRedisCache(…)</c> adds it.</summary>
    public IDistributedCache? Cache { get; init; }

    /// <summary>In front of each id in the cache. Default <c>session:</c>. With <c>ended:</c> or <c>next:</c> behind it, it marks a session that has ended, for a day.</summary>
    public string KeyPrefix { get; init; } = "session:";

    /// <summary>
    /// What a request gets while the cache does not answer. Default false: a 503. True: an empty session, whose changes are lost, with a warning in the log.
    /// </summary>
    public bool EmptyWhenUnavailable { get; init; }
}
