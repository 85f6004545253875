using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Sessions;

/// <summary>Keeps sessions on the server.</summary>
/// <remarks>
/// A session is read when the request has its cookie, and written when it changed. If two requests change it at the same time, the last
/// one wins. A session that has ended, by <see cref="Session.Clear"/>,
/// <see cref="Session.Regenerate"/> or in the cache itself, isn't written again by a request that is still running.
/// </remarks>
public sealed record SessionStore
{
    /// <summary>
    /// The cache: Redis, SQL Server, memory… Default null: the application's service of this type, which
    /// <c>app.Services.AddStackExchangeRedisCache(…)</c> adds.
    /// </summary>
    public IDistributedCache? Cache { get; init; }

    /// <summary>
    /// The prefix of each key in the cache. Default <c>session:</c>. Followed by <c>ended:</c> or <c>next:</c>, the key marks a session
    /// that has ended, for a day.
    /// </summary>
    public string KeyPrefix { get; init; } = "session:";

    /// <summary>
    /// What a request gets while the cache is unavailable. Default false: a 503. True: an empty session, whose changes are lost, and a
    /// warning in the log.
    /// </summary>
    public bool EmptyWhenUnavailable { get; init; }
}
