using Microsoft.Extensions.Logging;

namespace Modular.Sessions;

/// <summary>Keeps sessions entirely in the cookie.</summary>
sealed class CookieSessions(SessionsOptions options, ILogger logger) : SessionHandler(options, logger)
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
        var cookie = context.HasRequest ? context.Request.Cookies.Find(Options.CookieName) : null;
        return new(new(context, this), cookie is { Length: > 0 }
            ? serializer.Deserialize(cookie, Options.PermanentLifetime).Value as Dictionary<string, object?>
            : null);
    }

    protected override ValueTask<string?> Store(RequestContext context, Session session, Response response) =>
        new(_serializer!.Serialize(session.Plain));
}
