namespace Modular.Testing;

/// <summary>
/// The cookies of one visitor, stored and sent as in a browser (RFC 6265): by domain, path, scheme and lifetime. It uses the application's
/// clock.
/// </summary>
/// <remarks>Thread: safe to share.</remarks>
public sealed class CookieJar
{
    readonly Lock _gate = new();
    readonly List<TestCookie> _cookies = [];
    readonly Uri _base;

    internal CookieJar(Uri address) => _base = address;

    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>All cookies that haven't expired, in the order in which they were first set.</summary>
    public IReadOnlyList<TestCookie> All
    {
        get
        {
            lock (_gate)
            {
                var now = Clock.GetUtcNow();
                _cookies.RemoveAll(cookie => cookie.Expires <= now);
                return [.. _cookies];
            }
        }
    }

    /// <summary>The cookie with a name, or null.</summary>
    /// <param name="name">The case-sensitive name.</param>
    /// <param name="domain">The domain. Default: the client's.</param>
    /// <param name="path">The path. Default: any; the longest path wins.</param>
    public TestCookie? Find(string name, string? domain = null, string? path = null) =>
        All.Where(cookie => cookie.Name == name && cookie.Domain == (domain ?? _base.Host) && (path is null || cookie.Path == path))
            .MaxBy(cookie => cookie.Path.Length);

    /// <summary>Adds a cookie, as if the application had set it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The encoded value.</param>
    /// <param name="domain">The domain. Default: the client's.</param>
    /// <param name="path">The path. Default: all paths.</param>
    /// <param name="withSubdomains">True: the cookie is also sent to subdomains.</param>
    public void Set(string name, string value, string? domain = null, string path = "/", bool withSubdomains = false) =>
        Put(new(name, value, (domain ?? _base.Host).TrimStart('.').ToLowerInvariant(), path) { IsHostOnly = !withSubdomains });

    /// <summary>Removes a cookie. Returns false when there was none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="domain">The domain. Default: the client's.</param>
    /// <param name="path">The path. Default: all paths.</param>
    public bool Delete(string name, string? domain = null, string path = "/")
    {
        lock (_gate) return _cookies.RemoveAll(cookie => cookie.Name == name && cookie.Domain == (domain ?? _base.Host)
            && cookie.Path == path) > 0;
    }

    /// <summary>Removes all cookies, as for a new visitor.</summary>
    public void Clear()
    {
        lock (_gate) _cookies.Clear();
    }

    /// <summary>The Cookie header for an address, longer paths first (RFC 6265 §5.4). Empty when no cookie matches.</summary>
    internal string HeaderFor(Uri target) =>
        string.Join("; ", All.Where(cookie => cookie.GoesTo(target)).OrderByDescending(cookie => cookie.Path.Length)
        .Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>Stores the cookie of a Set-Cookie header, unless a browser would reject it.</summary>
    internal void Take(Uri from, string header)
    {
        if (TestCookie.Parse(header, from, Clock.GetUtcNow()) is { } cookie) Put(cookie);
    }

    void Put(TestCookie cookie)
    {
        lock (_gate)
        {
            var place = _cookies.FindIndex(known => known.Name == cookie.Name && known.Domain == cookie.Domain
                && known.Path == cookie.Path);
            if (cookie.Expires <= Clock.GetUtcNow())
            {
                if (place >= 0) _cookies.RemoveAt(place);
            }
            else if (place >= 0) _cookies[place] = cookie;
            else _cookies.Add(cookie);
        }
    }
}
