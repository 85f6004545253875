using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;

namespace Modular.Login;

/// <summary>The remember-me cookie, and its entries on the server.</summary>
sealed class RememberTokens(
    LoginOptions options, ISigner signer, CookieOptions cookie, IDistributedCache? cache, TimeProvider clock, ILogger logger)
{
    const string Purpose = "Modular.Login remember";
    const int MaxLength = 2048;

    // Longer than a request reads and writes an entry.
    static readonly DistributedCacheEntryOptions EndMarks = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };

    long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    internal string? Problem()
    {
        try
        {
            new Response().SetCookie(options.RememberCookieName, "", cookie);
            return null;
        }
        catch (ModularException wrong)
        {
            return wrong.Message;
        }
    }

    internal bool IsSent(RequestContext context) => context.Request.Cookies.ContainsKey(options.RememberCookieName);

    internal RememberToken New(IUser user, TimeSpan duration) => duration > TimeSpan.Zero
        ? new(user.Id, LoginKeys.StampOf(user), Now + (long)duration.TotalSeconds, RandomNumberGenerator.GetHexString(32, true), 0)
        : throw new ArgumentOutOfRangeException(
            nameof(duration), duration, "The duration of a remembered login must be greater than zero.");

    /// <summary>Uses the request's cookie. Null when it isn't valid any more.</summary>
    /// <returns>The token, and whether the browser has to get it.</returns>
    internal async ValueTask<(RememberToken Token, bool IsRenewed)?> UseAsync(RequestContext context)
    {
        if (Read(context) is not { } token || token.Expires <= Now) return null;
        if (cache is null) return (token, true);       // signed again, with the newest key
        if (await EntryAsync(token, context.RequestAborted) is not var (number, usedAt)) return null;
        if (token.Number == number)
        {
            var next = token with { Number = number + 1 };
            await WriteAsync(next, context.RequestAborted);
            // A log-out or a reuse meanwhile has removed the entry, which this use has written again.
            if (await cache.GetAsync(EndOf(token), context.RequestAborted) is null) return (next, true);
            await cache.RemoveAsync(KeyOf(token), context.RequestAborted);
            return null;
        }
        if (token.Number == number - 1 && Now - usedAt <= (long)options.RememberStore!.Grace.TotalSeconds) return (token, false);
        LoginLog.RememberReused(logger, token.UserId);
        await EndAsync(token, context.RequestAborted);
        context.Notify(new LoginEvent(LoginEventKind.RememberCookieReused, token.UserId));
        return null;
    }

    internal async ValueTask SaveAsync(RequestContext context, Response response, RememberChange change)
    {
        if (cache is not null && Read(context) is { } old && old.Series != change.Token?.Series)
            await EndAsync(old, context.RequestAborted);
        if (change.Token is not { } token)
        {
            response.DeleteCookie(options.RememberCookieName, cookie);
            return;
        }
        if (cache is not null && token.Number == 0) await WriteAsync(token, context.RequestAborted);
        response.SetCookie(options.RememberCookieName, signer.Sign(Purpose, token.ToString()),
            new(cookie) { Expires = DateTimeOffset.FromUnixTimeSeconds(token.Expires) });
    }

    RememberToken? Read(RequestContext context) =>
        context.Request.Cookies.Find(options.RememberCookieName) is { Length: > 0 and <= MaxLength } sent
            && signer.Unsign(Purpose, sent) is { } text ? RememberToken.Parse(text) : null;

    async Task<(long Number, long UsedAt)?> EntryAsync(RememberToken token, CancellationToken cancellationToken)
    {
        if (await cache!.GetAsync(KeyOf(token), cancellationToken) is not { } bytes) return null;
        return Encoding.UTF8.GetString(bytes).Split('.') is [var number, var usedAt]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var uses)
            && long.TryParse(usedAt, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? (uses, at) : null;
    }

    Task WriteAsync(RememberToken token, CancellationToken cancellationToken) => cache!.SetAsync(
        KeyOf(token),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{token.Number}.{Now}")),
        new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(Math.Max(1, token.Expires - Now)) },
        cancellationToken);

    async Task EndAsync(RememberToken token, CancellationToken cancellationToken)
    {
        await cache!.SetAsync(EndOf(token), [1], EndMarks, cancellationToken);
        await cache.RemoveAsync(KeyOf(token), cancellationToken);
    }

    string EndOf(RememberToken token) => $"{KeyOf(token)}.end";

    string KeyOf(RememberToken token) => $"{options.RememberStore!.KeyPrefix}{token.Series}";
}
