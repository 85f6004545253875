using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Caching;

/// <summary>The cached values of an application, and what removes its cached pages: <c>Current.Cache</c>.</summary>
/// <remarks>Thread: safe to share.</remarks>
public sealed class AppCache
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
    static JsonSerializerOptions DefaultJson { get; } = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
    };

    readonly Flights _flights = new();

    internal AppCache(CachingOptions options) => Options = options;

    internal CachingOptions Options { get; }
    internal CacheStore Store { get; set; } = null!;
    internal TimeProvider Clock { get; set; } = TimeProvider.System;
    internal JsonSerializerOptions Json { get; set; } = DefaultJson;

    /// <summary>The value of a key. If it is missing, runs <paramref name="create"/> once for all concurrent callers, and stores it.
    /// </summary>
    /// <param name="key">Any text.</param>
    /// <param name="create">Makes the value. It gets the token of the caller that runs it.</param>
    /// <param name="lifetime">Null: <see cref="CachingOptions.DefaultLifetime"/>.</param>
    /// <param name="tags">Names to remove the value by.</param>
    /// <param name="cancellationToken">Ends the wait of this caller alone.</param>
    /// <remarks>Values are stored as JSON. An AOT application sets <c>ModularOptions.Json</c> to options with a source-generated resolver.
    /// Exceptions aren't stored.</remarks>
    public async ValueTask<T> GetOrCreateAsync<T>(string key, Func<CancellationToken, ValueTask<T>> create, TimeSpan? lifetime = null,
        IReadOnlyList<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (!Options.Enabled) return await create(cancellationToken);
        key = $"value\n{key}";
        while (true)
        {
            if (await FindAsync(key, cancellationToken) is { } found) return ValueOf<T>(found);
            if (!_flights.TryStart(key, out var flight))
            {
                var landing = await flight.WaitAsync(cancellationToken);
                if (landing.Entry is { } entry) return ValueOf<T>(entry);
                // The run failed. All that waited try at once.
                if (!landing.IsShared) return await create(cancellationToken);
                continue;
            }
            try
            {
                // Another run may have ended since it was not found.
                if (await FindAsync(key, cancellationToken) is { } meanwhile)
                {
                    flight.Share(meanwhile, key);
                    return ValueOf<T>(meanwhile);
                }
                var stamps = await Store.StampsAsync([.. (tags ?? []).Select(tag => $"tag\n{tag}")], cancellationToken);
                var (value, now) = (await create(cancellationToken), Clock.GetUtcNow());
                var made = new CacheEntry(now, now + (lifetime ?? Options.DefaultLifetime), stamps ?? [])
                {
                    Body = JsonSerializer.SerializeToUtf8Bytes(value, TypeOf<T>()),
                };
                if (stamps is not null) await Store.StoreAsync(key, made, now, cancellationToken);
                flight.Share(made, key);
                return value;
            }
            catch
            {
                if (cancellationToken.IsCancellationRequested) flight.Fail();
                else flight.Keep();
                throw;
            }
        }
    }

    /// <summary>Removes a value.</summary>
    public Task RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        Store.RemoveAsync($"value\n{key}", cancellationToken);

    /// <summary>Removes all pages and values with a tag, for all instances that share the store.</summary>
    public Task RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        Store.RemoveByTagAsync($"tag\n{tag}", cancellationToken);

    /// <summary>Removes the pages of a path, such as <c>/posts/5</c>, with all queries, users and languages.</summary>
    public Task RemovePathAsync(string path, CancellationToken cancellationToken = default) =>
        Store.RemoveByTagAsync($"path\n{path}", cancellationToken);

    /// <summary>Removes all pages of an endpoint, such as <c>blog.show</c>.</summary>
    public Task RemoveEndpointAsync(string endpoint, CancellationToken cancellationToken = default) =>
        Store.RemoveByTagAsync($"endpoint\n{endpoint}", cancellationToken);

    ValueTask<CacheEntry?> FindAsync(string key, CancellationToken cancellationToken) =>
        Store.FindAsync(key, Clock.GetUtcNow(), cancellationToken);

    T ValueOf<T>(CacheEntry entry) => JsonSerializer.Deserialize(entry.Body.Span, TypeOf<T>())!;

    JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T));
}
