namespace Modular.Caching;

/// <summary>Caches the pages of a view: <c>[Cached(60)]</c>. On a rule or a blueprint, write <c>.Cached(…)</c>.</summary>
/// <param name="seconds">How long a page is valid. 0: <see cref="CachingOptions.DefaultLifetime"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class CachedAttribute(double seconds = 0) : Attribute, IPluginMetadata
{
    /// <summary>How long a page is valid, in seconds. 0: <see cref="CachingOptions.DefaultLifetime"/>.</summary>
    public double Seconds { get; } = double.IsFinite(seconds) && seconds >= 0
        ? seconds
        : throw new ArgumentOutOfRangeException(
            nameof(seconds), seconds, "A page can't be cached for a negative time. Write a number of seconds.");

    /// <summary>The query values that make different pages. Null, the default: all of them. Empty: none.</summary>
    public string[]? Query { get; set; }

    /// <summary>The languages that the view can write, the preferred first. The page is cached for the visitor's best match.</summary>
    public string[]? Languages { get; set; }

    /// <summary>Names to remove pages by: <c>await Current.Cache.RemoveByTagAsync("posts")</c>.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>True: each logged-in user has pages of their own. Default: pages that belong to a user or to a session aren't cached.</summary>
    public bool PerUser { get; set; }

    /// <summary>How long a 404 or a 410 of the view is valid, in seconds. Default 0: they aren't cached.</summary>
    public double NotFoundSeconds { get; set; }

    PluginDependency IPluginMetadata.Plugin { get; } = new("Modular.Caching", "app.UseCaching()");
}
