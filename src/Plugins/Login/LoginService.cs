using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Login;

/// <summary>The logins of one application.</summary>
sealed class LoginService(LoginOptions options, ThrottleOptions throttle, UserLoader loader, ILogger logger)
{
    TimeProvider _clock = TimeProvider.System;

    internal LoginOptions Options => options;
    internal ILogger Logger => logger;

    /// <summary>True when the user can be loaded without waiting.</summary>
    internal bool IsSynchronous => loader.IsSynchronous && options is { RememberStore: null, RequestLoader: null };

    internal RememberTokens Remember { get; private set; } = null!;

    internal LoginThrottle Throttle { get; private set; } = null!;

    /// <summary>The seconds since 1970.</summary>
    internal long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Reads the services of the frozen application. Returns the problems of the set-up.</summary>
    internal IEnumerable<string> Freeze(IServiceProvider services)
    {
        var app = services.GetRequiredService<ModularApp>();
        _clock = services.GetRequiredService<TimeProvider>();
        // Sessions aren't installed. That problem is reported with the others.
        if (services.GetService<SessionsOptions>() is not { } sessions) yield break;
        var cache = options.RememberStore is { } store ? store.Cache ?? services.GetService<IDistributedCache>() : null;
        if (options.RememberStore is not null && cache is null) yield return
            "Modular.Login has a RememberStore but no cache. Call app.Services.AddStackExchangeRedisCache(…), or set one: " +
            "RememberStore = new() { Cache = … }.";
        Remember = new(options, services.GetRequiredService<ISigner>(), CookieOf(sessions, app), cache, _clock, logger);
        Throttle = new(throttle, _clock, logger);
        if (Remember.Problem() is { } wrong) yield return wrong;
        if (options.IdleTimeout > options.AbsoluteTimeout) yield return
            "IdleTimeout of Modular.Login is longer than AbsoluteTimeout, so it has no effect. Make it shorter, or remove it.";
        string[] endpoints = [.. app.Rules.Select(rule => rule.Endpoint).Distinct()];
        foreach (var (name, view) in ((string, string?)[])[("LoginView", options.LoginView), ("RefreshView", options.RefreshView)])
            if (view is not null && !IsAddress(view) && !endpoints.Contains(view)) yield return
                $"{name} of Modular.Login is \"{view}\", but there is no such endpoint.{Suggest.DidYouMean(view, endpoints)} " +
                "Write the endpoint of the log-in page's rule, or a path that starts with a slash.";
    }

    // The attributes of the session's cookie. Scripts never need this one, and other sites never send it.
    static CookieOptions CookieOf(SessionsOptions sessions, ModularApp app) => new()
    {
        Domain = sessions.CookieDomain,
        Path = sessions.CookiePath ?? app.Options.ApplicationRoot,
        HttpOnly = true,
        Secure = sessions.CookieSecure || sessions.CookiePartitioned,
        SameSite = SameSiteMode.Lax,
    };

    internal static bool IsAddress(string view) => view.StartsWith('/') || view.Contains("://", StringComparison.Ordinal);

    /// <summary>The active user of an id, or null.</summary>
    internal async ValueTask<IUser?> FindAsync(RequestContext context, string id) =>
        await loader.Load(context, id, context.RequestAborted) is { IsActive: true } user ? user : null;

    internal bool HasTimedOut(Session session) =>
        IsOver(session, LoginKeys.Began, options.AbsoluteTimeout) || IsOver(session, LoginKeys.Seen, options.IdleTimeout);

    // A login without a time is older than the option, so its time starts now.
    bool IsOver(Session session, string key, TimeSpan? limit) =>
        limit is { } most && LoginKeys.TimeOf(session, key) is { } since && Now - since > (long)most.TotalSeconds;

    /// <summary>
    /// Stores the time of this request, unless the stored one is recent enough: not every request has to save its session.
    /// </summary>
    internal void Touch(Session session)
    {
        if (options.AbsoluteTimeout is not null && LoginKeys.TimeOf(session, LoginKeys.Began) is null) session[LoginKeys.Began] = Now;
        if (options.IdleTimeout is not { } idle) return;
        var step = Math.Clamp((long)idle.TotalSeconds / 10, 1, 60);
        if (LoginKeys.TimeOf(session, LoginKeys.Seen) is not { } seen || Now - seen >= step) session[LoginKeys.Seen] = Now;
    }
}
