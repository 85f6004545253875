using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Modular.Sessions;

/// <summary>Opens and saves the sessions of one application.</summary>
abstract class SessionHandler(SessionsOptions options, ILogger logger)
{
    CookieOptions _cookie = new();
    bool _isDebug;

    protected SessionsOptions Options => options;
    protected ILogger Logger => logger;
    protected TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>The options that serialize objects.</summary>
    internal JsonSerializerOptions Json { get; private set; } = SessionJson.Default;

    /// <summary>The application's own types.</summary>
    internal SessionTags Tags { get; } = SessionTags.Of(options.Tags);

    /// <summary>What plugins do when a session gets a new id.</summary>
    internal Action<Session>? Regenerated { get; private set; }

    /// <summary>Reads the settings of the frozen application. Returns the problem in the set-up, or null.</summary>
    internal virtual string? Freeze(IServiceProvider services)
    {
        var app = services.GetRequiredService<ModularApp>();
        Clock = services.GetRequiredService<TimeProvider>();
        _cookie = options.Cookie(app.Options.ApplicationRoot);
        _isDebug = app.Debug;
        Regenerated = null;
        foreach (var (_, listener, _, _) in app.Contributions<RegeneratedListener>()) Regenerated += listener.Invoke;
        Json = options.Json ?? app.Options.Json ?? SessionJson.Default;
        if (options is { CookieSameSite: SameSiteMode.None, CookieSecure: false, CookiePartitioned: false })
            SessionsLog.SameSiteNone(logger);
        return SessionChecks.Cookie(options, _cookie) ?? SessionChecks.Refresh(options) ?? Tags.Problem()
            ?? SessionChecks.Keys(options, app.Debug);
    }

    /// <summary>The session of a request, from its cookie alone.</summary>
    internal abstract Session Open(RequestContext context);

    /// <summary>
    /// Stores the session and returns the value of the cookie. Null when the browser already has it, or when storing failed.
    /// </summary>
    protected abstract ValueTask<string?> Store(RequestContext context, Session session, Response response);

    /// <summary>Removes a session that was emptied. Returns false when that failed.</summary>
    protected virtual ValueTask<bool> Forget(RequestContext context, Session session, Response response) => new(true);

    /// <summary>
    /// False for a request that didn't use its session. Its response gets no session headers, and its cookie isn't verified.
    /// </summary>
    internal bool HasToSave(RequestContext context) =>
        context.Find(SessionsPlugin.Slot) is { IsTouched: true } || (options.RefreshUnused && context.Get(SessionsPlugin.Slot).Permanent);

    internal ValueTask Save(RequestContext context, Response response)
    {
        var session = context.Get(SessionsPlugin.Slot);
        if (session.IsTouched) Vary(response);
        if (session.Scope.IsUnavailable && session.Modified) SessionsLog.ChangesLost(logger);
        if (session.Scope.Loss is not null || session.Scope.IsUnavailable) return default;
        if (session.Count == 0) return session.Modified ? Delete(context, response, session) : default;
        return session.Modified || (session.Permanent && options.RefreshEachRequest) ? Write(context, response, session) : default;
    }

    async ValueTask Write(RequestContext context, Response response, Session session)
    {
        if (await Store(context, session, response) is not { } value) return;
        response.SetCookie(options.CookieName, value, session.Permanent
            ? new(_cookie) { Expires = Clock.GetUtcNow() + options.PermanentLifetime }
            : _cookie);
        if (_isDebug) CheckSize(response);
        if (!session.IsTouched) Vary(response);
    }

    async ValueTask Delete(RequestContext context, Response response, Session session)
    {
        if (await Forget(context, session, response)) response.DeleteCookie(options.CookieName, _cookie);
    }

    // Outside debug mode the core logs a warning.
    static void CheckSize(Response response)
    {
        var size = response.Headers[HeaderNames.SetCookie][^1]!.Length;
        if (size > Response.MaxCookieSize) throw new ModularException(
            $"The session's cookie takes {size} bytes with its attributes, and browsers drop cookies over {Response.MaxCookieSize} " +
            "bytes. Store less in the session, or keep it on the server: Store = new().");
    }

    static void Vary(Response response)
    {
        var known = response.Headers[HeaderNames.Vary];
        foreach (var line in known)
            foreach (var name in line.AsSpan().Split(','))
                if (IsCovered(line.AsSpan()[name].Trim(" \t"))) return;
        response.Headers[HeaderNames.Vary] = StringValues.Concat(known, HeaderNames.Cookie);

        static bool IsCovered(ReadOnlySpan<char> name) =>
            name is "*" || name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase);
    }
}
