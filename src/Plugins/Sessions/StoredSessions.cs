using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Modular.Sessions;

/// <summary>Keeps sessions on the server. The cookie contains a signed random id.</summary>
sealed class StoredSessions(SessionsOptions options, SessionStore store, ILogger logger) : SessionHandler(options, logger)
{
    const string Unavailable = "Sessions aren't available at the moment. Please try again.";

    SessionEntries _entries = null!;
    Signer? _signer;

    internal override string? Freeze(IServiceProvider services)
    {
        if (base.Freeze(services) is { } problem) return problem;
        if ((store.Cache ?? (IDistributedCache?)services.GetService(typeof(IDistributedCache))) is not { } cache)
            return "Modular.Sessions has a store but no cache. Call app.Services.AddStackExchangeRedisCache(…), or set one: " +
                "Store = new() { Cache = … }.";
        _entries = new(cache, store.KeyPrefix, Options.PermanentLifetime);
        if (Options.SecretKey is not { } key) return null;
        var signing = SessionSerializer.FlaskCookie with { Salt = "modular-session-id", Fallbacks = Options.SecretKeyFallbacks };
        _signer = new(key, signing);
        return SessionChecks.Canary(key, signing, Clock);
    }

    /// <summary>Reads the session before the view runs. Null when the visitor has no session; the store isn't read then.</summary>
    internal ValueTask<Session?> Load(RequestContext context) =>
        context.Find(SessionsPlugin.Slot) is { Scope.Id: not null } known ? new(known)       // middleware has loaded it
        : IdOf(context) is { } id ? Load(context, id) : default;

    internal override Session Open(RequestContext context) =>
        new(new(context, this) { Loss = _signer is null ? SessionChecks.NoKey : null }, null);

    async ValueTask<Session?> Load(RequestContext context, string id)
    {
        byte[]? json;
        try
        {
            json = await _entries.Find(id, context.RequestAborted);
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            SessionsLog.ReadFailed(Logger, error);
            if (!store.EmptyWhenUnavailable) throw NotAvailable(error);
            return new Session(new(context, this) { IsUnavailable = true }, null);
        }
        // An id that isn't in the store is never used, because the client may have made it up.
        if (json is null) return null;
        if (TaggedJsonReader.TryRead(json, Tags, out var value) && value is Dictionary<string, object?> values)
        {
            var session = new Session(new(context, this) { Id = id }, values);
            session.Scope.WasPermanent = session.Permanent;
            return session;
        }
        SessionsLog.Unreadable(Logger);
        return null;
    }

    protected override async ValueTask<string?> Store(RequestContext context, Session session, Response response)
    {
        if (!session.Modified) return await Refresh(context, session.Scope.Id!);
        string? id = null;
        if (!await Try(context, response, async () => id = await Write(session, context.RequestAborted))) return null;
        if (id is null) SessionsLog.Ended(Logger);
        return id is null || (id == session.Scope.Id && !session.Permanent && !session.Scope.WasPermanent) ? null : _signer!.Sign(id);
    }

    // The session's current id. Null when another request has ended the session.
    async Task<string?> Write(Session session, CancellationToken cancellationToken)
    {
        var json = TaggedJsonWriter.Write(session.Plain, Tags);
        if (session.Scope.Id is not { } id) return await _entries.Add(json, cancellationToken);
        if (session.IsRegenerated && !session.IsCleared) return await _entries.Move(id, json, cancellationToken);
        if (!session.IsCleared) return await _entries.Replace(id, json, cancellationToken) ? id : null;
        // The session was emptied, so the values that it has now belong to a new session.
        await _entries.End(id);
        return await _entries.Add(json, cancellationToken);
    }

    // A cookie with an ended id would replace the newer cookie in the browser.
    async Task<string?> Refresh(RequestContext context, string id)
    {
        try
        {
            return await _entries.Find(id, context.RequestAborted) is null ? null : _signer!.Sign(id);
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            SessionsLog.ReadFailed(Logger, error);
            return null;
        }
    }

    protected override async ValueTask<bool> Forget(RequestContext context, Session session, Response response) =>
        session.Scope.Id is not { } id || await Try(context, response, () => _entries.End(id));

    // The view has already run. A 503 replaces its response, because the visitor must not believe that the change was saved.
    async ValueTask<bool> Try(RequestContext context, Response response, Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            SessionsLog.WriteFailed(Logger, error);
            if (store.EmptyWhenUnavailable) return false;
            response.Headers.Clear();
            response.Headers[HeaderNames.RetryAfter] = "5";
            response.ContentType = "text/html; charset=utf-8";
            (response.Status, response.Text) = (StatusCodes.Status503ServiceUnavailable,
                "<!doctype html>\n<html lang=en>\n<meta name=viewport content=\"width=device-width\">\n<meta name=color-scheme " +
                $"content=\"light dark\">\n<title>503 Service Unavailable</title>\n<h1>Service Unavailable</h1>\n<p>{Unavailable}</p>\n");
            return false;
        }
    }

    static HttpException NotAvailable(Exception error)
    {
        var failure = new HttpException(StatusCodes.Status503ServiceUnavailable, Unavailable, error);
        failure.Headers[HeaderNames.RetryAfter] = "5";
        return failure;
    }

    string? IdOf(RequestContext context)
    {
        if (_signer is null || context.Request.Cookies.Find(Options.CookieName) is not { Length: > 0 } cookie) return null;
        return _signer.Unsign(cookie) is { IsGood: true, Value: { Length: > 0 } id } ? id : null;
    }
}
