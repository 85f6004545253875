using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Sessions;

/// <summary>The sessions in a cache, by id. A session that has ended stays ended, even if a request is still writing it.</summary>
/// <remarks>
/// <para>A cache can't write "only if the entry still exists". A separate mark beside the entry therefore records that a session has
/// ended. To end a session, set the mark, then remove the entry.
/// To read, check both. To write, check both before and after. In any order of these steps, either the writer finds the mark and removes
/// its entry, or the entry is removed after
/// it was written. Until then the mark hides the entry, even if the writer stops between two steps.</para>
/// <para>This holds for a cache whose reads see every finished write, such as Redis, SQL Server or memory. Thread: safe to share.</para>
/// </remarks>
sealed class SessionEntries(IDistributedCache cache, string prefix, TimeSpan lifetime)
{
    // 256 bits: an id can't be guessed, and two ids are never equal.
    const int IdLength = 32;

    // Far longer than a request takes between two of its steps.
    static readonly DistributedCacheEntryOptions MarkLife = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(1) };

    readonly DistributedCacheEntryOptions _entryLife = new() { SlidingExpiration = lifetime };

    /// <summary>The entry of an id. Null when there is no entry, or when the session has ended.</summary>
    internal async Task<byte[]?> Find(string id, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(cache.GetAsync(Entry(id), cancellationToken), cache.GetAsync(EndMark(id), cancellationToken));
        if (found is [var entry, null]) return entry;
        // A late request wrote this entry. Remove it now, because the mark expires.
        if (found is [not null, _]) await cache.RemoveAsync(Entry(id), CancellationToken.None);
        return null;
    }

    /// <summary>Adds an entry and returns its id.</summary>
    internal async Task<string> Add(byte[] values, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength));
        await cache.SetAsync(Entry(id), values, _entryLife, cancellationToken);
        return id;
    }

    /// <summary>Overwrites the entry of an id. Returns false when the session has ended.</summary>
    internal async Task<bool> Replace(string id, byte[] values, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is null) return false;
        await cache.SetAsync(Entry(id), values, _entryLife, cancellationToken);
        return await Find(id, CancellationToken.None) is not null;
    }

    /// <summary>Writes a session under a new id and ends the old id. Returns null when the session has ended.</summary>
    internal async Task<string?> Move(string old, byte[] values, CancellationToken cancellationToken)
    {
        if (await Find(old, cancellationToken) is null) return null;
        var id = await Add(values, cancellationToken);
        // From here on, a request that ends the old id ends the new one too.
        await cache.SetAsync(SuccessorMark(old), Encoding.ASCII.GetBytes(id), MarkLife, CancellationToken.None);
        if (await Find(old, CancellationToken.None) is null)
        {
            await End(id);
            return null;
        }
        await Close(old);
        return id;
    }

    /// <summary>
    /// Ends a session and the sessions that it was moved to. It isn't cancelled with its request, because a logout must take effect even
    /// if the browser was closed right after it.
    /// </summary>
    internal async Task End(string id)
    {
        for (string? next = id; next is not null;
            next = await cache.GetAsync(SuccessorMark(next)) is { } mark ? Encoding.ASCII.GetString(mark) : null)
            await Close(next);
    }

    async Task Close(string id)
    {
        await cache.SetAsync(EndMark(id), "1"u8.ToArray(), MarkLife);
        await cache.RemoveAsync(Entry(id));
    }

    string Entry(string id) => prefix + id;
    string EndMark(string id) => $"{prefix}ended:{id}";
    string SuccessorMark(string id) => $"{prefix}next:{id}";
}
