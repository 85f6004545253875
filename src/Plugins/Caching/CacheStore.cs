using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Modular.Caching;

/// <summary>The store behind an application's cache. While it fails, nothing is found and nothing is stored.</summary>
/// <remarks>
/// Each tag has a stamp in the store, which is replaced to remove what has the tag. An entry is valid as long as the stamps are those
/// of the time before it was made, so a removal counts at once and for all instances, also for a page that is being made.
/// </remarks>
sealed class CacheStore(IDistributedCache cache, string prefix, ILogger logger)
{
    int _isFailing;

    internal async ValueTask<CacheEntry?> FindAsync(string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bytes = await TryAsync(() => cache.GetAsync(KeyOf("entry", key), cancellationToken), cancellationToken);
        if (bytes is null || CacheEntry.Read(bytes) is not { } entry || entry.Expires <= now) return null;
        var stamps = await StampsAsync([.. entry.Stamps.Select(stamp => stamp.Tag)], cancellationToken);
        return stamps is not null && stamps.SequenceEqual(entry.Stamps) ? entry : null;
    }

    /// <summary>The stamps of tags. Null while the store fails.</summary>
    internal async ValueTask<IReadOnlyList<(string Tag, string Stamp)>?> StampsAsync(
        IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var found = await TryAsync(
            () => Task.WhenAll(tags.Select(tag => cache.GetAsync(KeyOf("tag", tag), cancellationToken))), cancellationToken);
        return found is null ? null : [.. tags.Zip(found, (tag, stamp) => (tag, stamp is null ? "" : Convert.ToHexString(stamp)))];
    }

    internal async ValueTask StoreAsync(string key, CacheEntry entry, DateTimeOffset now, CancellationToken cancellationToken) =>
        await TryAsync(async () =>
        {
            var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = entry.Expires - now };
            await cache.SetAsync(KeyOf("entry", key), entry.Write(), options, cancellationToken);
            return "";
        }, cancellationToken);

    /// <summary>Removes an entry. Unlike the others, it throws when the store fails, because the old value would be shown.</summary>
    internal Task RemoveAsync(string key, CancellationToken cancellationToken) => cache.RemoveAsync(KeyOf("entry", key), cancellationToken);

    /// <inheritdoc cref="RemoveAsync"/>
    internal Task RemoveByTagAsync(string tag, CancellationToken cancellationToken) =>
        cache.SetAsync(KeyOf("tag", tag), RandomNumberGenerator.GetBytes(16), new(), cancellationToken);

    string KeyOf(string kind, string key) => $"{prefix}{kind}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    async ValueTask<T?> TryAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken) where T : class?
    {
        try
        {
            var result = await action();
            if (Interlocked.Exchange(ref _isFailing, 0) == 1) CachingLog.AvailableAgain(logger);
            return result;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref _isFailing, 1) == 0) CachingLog.Unavailable(logger, error);
            return null;
        }
    }
}
