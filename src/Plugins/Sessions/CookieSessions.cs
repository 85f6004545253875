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
        var signing = SessionSerializer.FlaskCookie with { Fallbacks = Options.SecretKeyFallbacks };
        _serializer = new(key, signing, Clock, Options.Tags);
        return SessionChecks.Canary(key, signing, Clock);
    }

    internal override Session Open(RequestContext context)
    {
        if (_serializer is not { } serializer) return new(new(context, this) { Loss = SessionChecks.NoKey }, null);
        var values = CookieOf(context) is { Length: > 0 } cookie ? serializer.Deserialize(cookie, Options.PermanentLifetime).Value as Dictionary<string, object?> : null;
        return new(new(context, this), values);
    }

    // A session that nobody looked at is as it came; its cookie only gets another time. One that was looked at mostly is.
    protected override ValueTask<string?> Store(RequestContext context, Session session, Response response) => new(
        session.Modified || CookieOf(context) is not { } cookie ? _serializer!.Serialize(session.Plain)
        : session.IsTouched ? _serializer!.SerializeAnew(session.Plain, cookie)
        : _serializer!.Renew(cookie));

    string? CookieOf(RequestContext context) => context.HasRequest ? context.Request.Cookies.Get(Options.CookieName) : null;
}
