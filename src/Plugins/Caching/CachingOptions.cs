using System.Security.Claims;
using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Caching;

/// <summary>Where and how long pages and values are cached.</summary>
public sealed record CachingOptions
{
    /// <summary>False: every view runs, and nothing is stored. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long a page or a value is valid that says nothing itself. Default: five minutes.</summary>
    public TimeSpan DefaultLifetime
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DefaultLifetime), value, "DefaultLifetime must be longer than zero.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The store. Null: the application's <see cref="IDistributedCache"/>, such as Redis, and without one the memory of this process.
    /// </summary>
    public IDistributedCache? Cache { get; init; }

    /// <summary>In front of all keys, for a store that several applications share. Default <c>cache:</c>.</summary>
    public string KeyPrefix { get; init; } = "cache:";

    /// <summary>The largest page to store, in bytes. Default: one MiB.</summary>
    public int MaxBodySize
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxBodySize), value, "MaxBodySize must be at least 1 byte.");
    } = 1024 * 1024;

    /// <summary>
    /// The user's id, for pages with <c>PerUser</c>; null for a visitor who isn't logged in. Default: of each identity of ASP.NET's user
    /// that is authenticated, its scheme and its claim <see cref="ClaimTypes.NameIdentifier"/>, or its name.
    /// </summary>
    public Func<RequestContext, string?> User { get; init; } = context => Ids(context.Http.User);

    // One visitor can have an identity of each scheme, and two schemes can give different users the same id.
    static string? Ids(ClaimsPrincipal user)
    {
        List<string> ids = [];
        foreach (var identity in user.Identities.Where(identity => identity.IsAuthenticated))
        {
            if ((identity.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? identity.Name) is not { } id) return null;
            ids.Add($"{identity.AuthenticationType}\n{id}");
        }
        return ids.Count == 0 ? null : string.Join('\n', ids);
    }
}
