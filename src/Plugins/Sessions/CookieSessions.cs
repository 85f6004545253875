using Microsoft.Extensions.Logging;

namespace Modular.Sessions;

/// <summary>Sessions that are all in the cookie.</summary>
sealed class CookieSessions(SessionsOptions options, ILogger logger) : SessionKeeper(options, logger)
{
    SessionSerializer? _serializer;

    internal override string? Freeze(IServiceProvider services)
    {
        if (base.Freeze(services) is { } problem) return problem;
        if (Options.SecretKey is not { } key) return null;
        _serializer = new(key, SessionSerializer.FlaskCookie with { Fallbacks = Options.SecretKeyFallbacks }, Clock, Options.Tags);
        return SessionChecks.Canary(_serializer);
    }

    internal override Session Open(RequestContext context)
    {
        if (_serializer is not { } serializer) return new(new(context, this) { Loss = SessionChecks.NoKey }, null);
        var values = CookieOf(context) is { Length: > 0 } cookie ? serializer.Deserialize(cookie, Options.PermanentLifetime).Value as Dictionary<string, object?> : null;
        return new(new(context, this), values);
    }

    // A session that nobody looked at is as it came; its cookie only gets another time.
    protected override ValueTask<string?> Store(RequestContext context, Session session, Response response) =>
        new(session.IsTouched || session.Modified ? _serializer!.Serialize(session.Plain) : _serializer!.Renew(CookieOf(context)!));

    string? CookieOf(RequestContext context) => context.HasRequest ? context.Request.Cookies.Get(Options.CookieName) : null;
}
