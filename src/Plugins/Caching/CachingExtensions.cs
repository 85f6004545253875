using Microsoft.AspNetCore.Builder;

namespace Modular.Caching;

/// <summary>The members that this package adds to an application.</summary>
public static class CachingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Lets rules, blueprints and views cache their pages, and code cache values with <c>Current.Cache</c>.</summary>
        public ModularApp UseCaching(CachingOptions? options = null) => app.Use(new CachingPlugin(options ?? new()));

        /// <summary>The application's cache, for background work. In a request, write <c>Current.Cache</c>.</summary>
        /// <exception cref="ModularException">Caching isn't installed.</exception>
        public AppCache Cache => app.Get(CachingPlugin.Slot);
    }

    internal static CachedAttribute Made(TimeSpan? lifetime, Action<CachedAttribute>? configure)
    {
        var cached = new CachedAttribute(lifetime?.TotalSeconds ?? 0);
        configure?.Invoke(cached);
        return cached;
    }
}

/// <summary>The methods that this package adds to a rule.</summary>
public static class CachingRuleExtensions
{
    extension(RouteHandlerBuilder rule)
    {
        /// <summary>Caches the pages of this rule: <c>.Cached(TimeSpan.FromMinutes(1), o => o.Tags = ["posts"])</c>.</summary>
        /// <param name="lifetime">Null: <see cref="CachingOptions.DefaultLifetime"/>.</param>
        /// <param name="configure">What makes different pages, and tags.</param>
        public RouteHandlerBuilder Cached(TimeSpan? lifetime = null, Action<CachedAttribute>? configure = null) =>
            rule.WithMetadata(CachingExtensions.Made(lifetime, configure));

        /// <summary>Doesn't cache the pages of this rule, in a blueprint that is cached.</summary>
        public RouteHandlerBuilder NotCached() => rule.WithMetadata(new NotCachedAttribute());
    }
}

/// <summary>The methods that this package adds to a blueprint.</summary>
public static class CachingBlueprintExtensions
{
    extension(Blueprint blueprint)
    {
        /// <summary>Caches the pages of all rules of this blueprint. A rule's own <c>Cached</c> replaces it.</summary>
        /// <param name="lifetime">Null: <see cref="CachingOptions.DefaultLifetime"/>.</param>
        /// <param name="configure">What makes different pages, and tags.</param>
        public Blueprint Cached(TimeSpan? lifetime = null, Action<CachedAttribute>? configure = null)
        {
            blueprint.WithMetadata(CachingExtensions.Made(lifetime, configure));
            return blueprint;
        }

        /// <summary>Doesn't cache the pages of this blueprint, inside one that is cached.</summary>
        public Blueprint NotCached()
        {
            blueprint.WithMetadata(new NotCachedAttribute());
            return blueprint;
        }
    }
}

/// <summary>The noun that this package adds.</summary>
public static class CachingLocals
{
    extension(Current)
    {
        /// <summary>The application's cache.</summary>
        /// <exception cref="ModularException">Caching isn't installed, or there is no current request.</exception>
        public static AppCache Cache => Current.Context.App.Get(CachingPlugin.Slot);
    }
}
