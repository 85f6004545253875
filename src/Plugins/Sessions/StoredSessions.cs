using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Modular.Sessions;

/// <summary>Sessions on the server; the cookie has a signed random id.</summary>
sealed class StoredSessions(SessionsOptions options, SessionStore store, ILogger logger) : SessionKeeper(options, logger)
{
    // 256 bits: nobody guesses one, and no two are ever the same.
    const int IdLength = 32;

    const string Unavailable = "The sessions are not available at the moment. Please try again.";

    readonly DistributedCacheEntryOptions _entry = new() { SlidingExpiration = options.PermanentLifetime };
    IDistributedCache _cache = null!;
    Signer? _signer;

    internal override string? Freeze(IServiceProvider services)
    {
        if (base.Freeze(services) is { } problem) return problem;
        if ((store.Cache ?? (IDistributedCache?)services.GetService(typeof(IDistributedCache))) is not { } cache)
            return "Modular.Sessions has a store, but no cache to put it in. Call app.Services.AddStackExchangeRedisCache(…), or hand over one as Store = new() { Cache = … }.";
        _cache = cache;
        if (Options.SecretKey is not { } key) return null;
        var signing = SessionSerializer.FlaskCookie with { Salt = "modular-session-id", Fallbacks = Options.SecretKeyFallbacks };
        _signer = new(key, signing);
        return SessionChecks.Canary(key, signing, Clock);
    }

    /// <summary>Reads the session before the view runs. Null when the visitor has none, which costs nothing.</summary>
    internal ValueTask<Session?> Load(RequestContext context) => IdOf(context) is { } id ? Load(context, id) : default;

    internal override Session Open(RequestContext context) =>
        new(new(context, this) { Loss = _signer is null ? SessionChecks.NoKey : null }, null);

    async ValueTask<Session?> Load(RequestContext context, string id)
    {
        byte[]? json;
        try
        {
            json = await _cache.GetAsync(store.KeyPrefix + id, context.RequestAborted);
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.ReadFailed(Logger, error);
            if (!store.EmptyWhenUnavailable) throw NotAvailable(error);
            return new Session(new(context, this) { IsUnavailable = true }, null);
        }
        // An id that the store does not know is not taken over: whoever sent it may have chosen it.
        if (json is null) return null;
        if (TaggedJsonReader.TryRead(json, Tags, out var value) && value is Dictionary<string, object?> values)
        {
            var session = new Session(new(context, this) { Id = id }, values);
            session.Scope.WasPermanent = session.Permanent;
            return session;
        }
        Log.Unreadable(Logger);
        return null;
    }

    protected override async ValueTask<string?> Store(RequestContext context, Session session, Response response)
    {
        var old = session.Scope.Id;
        var id = old is null || session.IsRegenerated ? NewId() : old;
        if (session.Modified && !await Try(context, response, cancellation => _cache.SetAsync(store.KeyPrefix + id, Bytes(session), _entry, cancellation))) return null;
        if (old is not null && id != old && !await Try(context, response, cancellation => _cache.RemoveAsync(store.KeyPrefix + old, cancellation))) return null;
        return id != old || session.Permanent || session.Scope.WasPermanent ? _signer!.Sign(id) : null;
    }

    protected override async ValueTask<bool> Forget(RequestContext context, Session session, Response response) =>
        session.Scope.Id is not { } id || await Try(context, response, cancellation => _cache.RemoveAsync(store.KeyPrefix + id, cancellation));

    // The view has run already, so what it answered gives way to a 503: the visitor must not believe that it was kept.
    async ValueTask<bool> Try(RequestContext context, Response response, Func<CancellationToken, Task> write)
    {
        try
        {
            await write(context.RequestAborted);
            return true;
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.WriteFailed(Logger, error);
            if (store.EmptyWhenUnavailable) return false;
            response.Headers.Clear();
            response.Headers[HeaderNames.RetryAfter] = "5";
            response.ContentType = "text/html; charset=utf-8";
            (response.Status, response.Text) = (StatusCodes.Status503ServiceUnavailable,
                $"<!doctype html>\n<html lang=en>\n<meta name=viewport content=\"width=device-width\">\n<meta name=color-scheme content=\"light dark\">\n<title>503 Service Unavailable</title>\n<h1>Service Unavailable</h1>\n<p>{Unavailable}</p>\n");
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
        if (_signer is null || context.Request.Cookies.Get(Options.CookieName) is not { Length: > 0 } cookie) return null;
        return _signer.Unsign(cookie) is { IsGood: true, Value: { Length: > 0 } id } ? id : null;
    }

    static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength));

    byte[] Bytes(Session session)
    {
        var json = new Utf8Buffer(512);
        try
        {
            new TaggedJsonWriter(ref json, Tags).Write(session.Plain);
            return json.Written.ToArray();
        }
        finally
        {
            json.Dispose();
        }
    }
}
