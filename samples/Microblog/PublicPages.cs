namespace Microblog;

/// <summary>
/// The pages that are the same for everyone who isn't logged in. They are cached until something on them changes. A user's page isn't:
/// it has the user's name and forms.
/// </summary>
static class PublicPages
{
    const string Posts = "posts", People = "people";

    /// <summary>Instances without Redis don't hear of each other's changes, so their pages are old soon.</summary>
    internal static CachingOptions Options(Settings settings) =>
        new() { DefaultLifetime = settings.Redis is null ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10), KeyPrefix = "microblog:" };

    internal static RouteHandlerBuilder ShowsPosts(this RouteHandlerBuilder rule) => rule.Cached(configure: page => (page.Query, page.Tags) = (["before"], [Posts]));

    internal static RouteHandlerBuilder ShowsPeople(this RouteHandlerBuilder rule) => rule.Cached(configure: page => (page.Query, page.Tags) = (["before", "after"], [People]));

    /// <summary>After a post was added or deleted. A profile shows its user's posts.</summary>
    internal static async Task PostsChanged()
    {
        await Current.Cache.RemoveByTagAsync(Posts);
        await PeopleChanged();
    }

    /// <summary>After a user was added or locked, or follows another.</summary>
    internal static Task PeopleChanged() => Current.Cache.RemoveByTagAsync(People);
}
