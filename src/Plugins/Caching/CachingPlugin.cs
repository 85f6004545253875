using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Modular.Caching;

sealed class CachingPlugin(CachingOptions options) : IPlugin
{
    internal static readonly Slot<AppCache> Slot = new("cache", "app.UseCaching()");

    // Inside of a log-in. A page is stored when the session has set its cookie.
    public PluginManifest Manifest { get; } = new("Modular.Caching", core: BuiltFor.Core)
    {
        After = ["Modular.Sessions", "Modular.Login", "Modular.Csrf"],
        SendsAfter = ["Modular.Sessions", "Modular.Login"],
    };

    public void Install(PluginBuilder builder)
    {
        var cache = new AppCache(builder.Options("Caching", options with { }));
        var (pages, logger) = (new PageCache(cache, builder.Logger), builder.Logger);
        builder.AddAppSlot(Slot, cache);
        builder.AddRequestSlot(PageCache.Slot, _ => new PageToStore());
        builder.App.EndpointFilter(pages.AnswerAsync);
        builder.BeforeSend(pages.StoreAsync, PageCache.HasToStore);
        builder.Validate(services =>
        {
            var store = cache.Options.Cache ?? services.GetService<IDistributedCache>()
                ?? new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
            (cache.Store, cache.Clock) = (new(store, cache.Options.KeyPrefix, logger), services.GetRequiredService<TimeProvider>());
            if (services.GetRequiredService<ModularApp>().Options.Json is { } json) cache.Json = json;
            return default(string);
        });
    }
}
