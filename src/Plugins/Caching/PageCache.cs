using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Modular.Caching;

/// <summary>The cached pages of one application.</summary>
sealed class PageCache(AppCache cache, ILogger logger)
{
    internal static readonly Slot<PageToStore> Slot = new("page to cache", "app.UseCaching()");
    const string Cookie = "cookie";
    readonly Flights _flights = new();

    internal static bool HasToStore(RequestContext context) => context.Find(Slot) is { Run: not null };

    /// <summary>The endpoint filter.</summary>
    internal ValueTask<Response> AnswerAsync(RequestContext context, Func<ValueTask<Response>> next)
    {
        var http = context.Http;
        if (Nearest(http.GetEndpoint()?.Metadata) is not { } cached || !cache.Options.Enabled
            || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return next();
        var user = cached.PerUser ? cache.Options.User(context) : null;
        var isPersonal = http.Request.Headers.Authorization.Count > 0 || http.User.Identity is { IsAuthenticated: true };
        return isPersonal && user is null ? next() : AnswerAsync(context, cached, user, next);
    }

    // The metadata of a rule comes after that of its blueprint.
    static CachedAttribute? Nearest(EndpointMetadataCollection? metadata)
    {
        if (metadata?.GetMetadata<CachedAttribute>() is not { } cached || metadata.GetMetadata<NotCachedAttribute>() is null)
            return metadata?.GetMetadata<CachedAttribute>();
        for (var i = metadata.Count - 1; metadata[i] != (object)cached; i--)
            if (metadata[i] is NotCachedAttribute) return null;
        return cached;
    }

    async ValueTask<Response> AnswerAsync(RequestContext context, CachedAttribute cached, string? user, Func<ValueTask<Response>> next)
    {
        var place = PageKey.Of(context, cached, user);
        while (true)
        {
            var (page, key) = await FindAsync(context, place);
            if (page is not null) return Answer(context, page);
            // A view may leave the body out for a HEAD.
            if (HttpMethods.IsHead(context.Http.Request.Method)) return await next();
            if (_flights.TryStart(key, out var flight)) return await RunAsync(new(cached, user, place, key, flight), context, next);
            var landing = await flight.WaitAsync(context.RequestAborted);
            if (!landing.IsShared) return await next();
            // The page may be for other headers than this request's. The next look finds their names in the store.
            if (landing.Entry is { } made && landing.Key == PageKey.With(place, made.Vary, context)) return Answer(context, made);
        }
    }

    async ValueTask<(CacheEntry? Page, string Key)> FindAsync(RequestContext context, string place)
    {
        var found = await cache.Store.FindAsync(place, cache.Clock.GetUtcNow(), context.RequestAborted);
        if (found is not { Status: 0 }) return (found, place);
        var key = PageKey.With(place, found.Vary, context);
        return (await cache.Store.FindAsync(key, cache.Clock.GetUtcNow(), context.RequestAborted), key);
    }

    async ValueTask<Response> RunAsync(PageRun run, RequestContext context, Func<ValueTask<Response>> next)
    {
        // The last chance for those that wait, if the response is never sent.
        context.Http.Response.OnCompleted(() =>
        {
            run.Flight.Fail();
            return Task.CompletedTask;
        });
        try
        {
            // Another run may have ended since the page wasn't found.
            if (await FindAsync(context, run.Place) is ({ } meanwhile, var key) && key == run.Key)
            {
                run.Flight.Share(meanwhile, run.Key);
                return Answer(context, meanwhile);
            }
            run.Stamps = await cache.Store.StampsAsync(run.Tags(context), context.RequestAborted);
            var response = await next();
            if (run.Take(response, cache) is not { } refusal) context.Get(Slot).Run = run;
            else Keep(run, context, refusal);
            return response;
        }
        catch (HttpException error) when (run.Cached.NotFoundSeconds > 0 && run.Stamps is not null && IsNotFound(error.Status)
            && error.GetType() == typeof(HttpException) && error.Response is null && error.Headers.Count == 0)
        {
            run.Take(error, cache);
            context.Get(Slot).Run = run;
            throw;
        }
        catch
        {
            // Without its client, the view may have ended early. Every other error would be the same for the next request.
            if (context.RequestAborted.IsCancellationRequested) run.Flight.Fail();
            else run.Flight.Keep();
            throw;
        }
    }

    // Otherwise, no one would see why a page is made for each request.
    void Keep(PageRun run, RequestContext context, string refusal)
    {
        if (logger.IsEnabled(LogLevel.Debug)) CachingLog.NotStored(logger, Quoted.Text(context.Request.Path), refusal);
        run.Flight.Keep();
    }

    internal static bool IsNotFound(int status) => status is StatusCodes.Status404NotFound or StatusCodes.Status410Gone;

    /// <summary>Decides by the finished response whether its page is for everyone.</summary>
    internal async ValueTask StoreAsync(RequestContext context, Response response)
    {
        var (run, vary) = (context.Get(Slot).Run!, new SortedSet<string>(StringComparer.Ordinal));
        var taken = run.Taken!;
        if (Refusal(run, context, response, vary) is { } refusal)
        {
            // Visitors with other cookies don't wait for this one's page the next time.
            if (vary.Contains(Cookie) && run.Key == run.Place) await StoreNamesAsync(run, taken with { Vary = [.. vary] }, context);
            Keep(run, context, refusal);
            return;
        }
        if (!taken.IsError && !response.IsStreamed && response.Data.Span.SequenceEqual(taken.Body.Span)) taken = Tagged(taken, response);
        var (page, now) = (taken with { Vary = [.. vary] }, cache.Clock.GetUtcNow());
        if (vary.Count > 0) await StoreNamesAsync(run, page, context);
        var key = PageKey.With(run.Place, page.Vary, context);
        await cache.Store.StoreAsync(key, page, now, context.RequestAborted);
        run.Flight.Share(page, key);
    }

    ValueTask StoreNamesAsync(PageRun run, CacheEntry page, RequestContext context) => cache.Store.StoreAsync(
        run.Place, new(page.Created, page.Expires, page.Stamps) { Vary = page.Vary }, cache.Clock.GetUtcNow(), context.RequestAborted);

    // Why the response isn't for others, or null. Fills in the request headers that make different pages.
    static string? Refusal(PageRun run, RequestContext context, Response response, SortedSet<string> vary)
    {
        // A view may also have written to ASP.NET's response, whose headers are sent with these.
        var direct = context.Http.Response.Headers;
        vary.UnionWith(Names(response.Headers.Vary.Concat(direct.Vary)));
        // The key of a user's own pages has the user.
        if (run.User is not null) vary.ExceptWith([Cookie, "authorization"]);
        if (response.Status != run.Taken!.Status) return "a hook has changed its status";
        if (response.Headers.SetCookie.Count + direct.SetCookie.Count > 0) return "it sets a cookie";
        // A log-in says no-store on a user's page, for browsers. For a user's own pages, only what the view has said counts.
        IEnumerable<string?> lines = run.User is null
            ? response.Headers.CacheControl
            : from header in run.Taken.Headers
              where header.Name.Equals(HeaderNames.CacheControl, StringComparison.OrdinalIgnoreCase)
              select header.Value;
        foreach (var line in lines.Concat(direct.CacheControl))
            foreach (var directive in (line ?? "").Split(','))
                if (directive.Trim(' ', '\t').Split('=')[0].ToLowerInvariant() is ("private" or "no-store" or "no-cache") and var word)
                    return $"its Cache-Control says {word}";
        return vary.Contains("*") ? "it varies by everything"
            : vary.Contains("authorization") ? "it varies by Authorization"
            // A request without cookies is of no session, and its page is the same for all such requests (RFC 9111 §4.1).
            : vary.Contains(Cookie) && context.Http.Request.Headers.Cookie.Count > 0 ? "it varies by cookie, and the request has cookies"
            : null;
    }

    static IEnumerable<string> Names(IEnumerable<string?> lines) => lines.SelectMany(line => (line ?? "").Split(','))
        .Select(name => name.Trim(' ', '\t').ToLowerInvariant()).Where(name => name.Length > 0);

    static CacheEntry Tagged(CacheEntry page, Response response)
    {
        if (response.Headers.ETag.Count > 0) return page;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(page.Body.Span)[..12])}\"";
        response.Headers.ETag = tag;
        return page with { Headers = [.. page.Headers, (HeaderNames.ETag, tag)] };
    }

    Response Answer(RequestContext context, CacheEntry page)
    {
        if (page.IsError) throw new HttpException(page.Status, new Markup(Encoding.UTF8.GetString(page.Body.Span)));
        var response = new Response(page.Body, page.Status);
        response.Headers.Clear();
        foreach (var (name, value) in page.Headers) response.Headers.Append(name, value);
        // The view doesn't run, which would have added these: Cookie by reading the session, others to ASP.NET's response.
        foreach (var name in page.Vary.Except(Names(response.Headers.Vary.Concat(context.Http.Response.Headers.Vary))))
            response.Headers.Append(HeaderNames.Vary, name == Cookie ? HeaderNames.Cookie : name);
        response.Headers.Age = ((long)(cache.Clock.GetUtcNow() - page.Created).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (!IsKnown(context.Http.Request, response)) return response;
        (response.Status, response.Data, response.ContentType) = (StatusCodes.Status304NotModified, default, null);
        return response;
    }

    static bool IsKnown(HttpRequest request, Response response) =>
        EntityTagHeaderValue.TryParse(response.Headers.ETag.ToString(), out var own)
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
}

/// <summary>The run of a request whose page may be stored, when its response is finished.</summary>
sealed class PageToStore
{
    internal PageRun? Run { get; set; }
}

/// <summary>One run of a view whose page may be stored.</summary>
sealed class PageRun(CachedAttribute cached, string? user, string place, string key, Flights.Flight flight)
{
    static readonly HashSet<string> OfTheServer = new(StringComparer.OrdinalIgnoreCase)
    {
        "Age", "Date", "Content-Length", "Transfer-Encoding", "Connection",
    };

    internal CachedAttribute Cached => cached;
    internal string? User => user;
    internal string Place => place;
    internal string Key => key;
    internal Flights.Flight Flight => flight;
    internal IReadOnlyList<(string Tag, string Stamp)>? Stamps { get; set; }

    /// <summary>What the view returned. The hooks after it run for each request, also for those that get the stored page.</summary>
    internal CacheEntry? Taken { get; private set; }

    internal List<string> Tags(RequestContext context) =>
        [.. cached.Tags.Select(tag => $"tag\n{tag}"), $"path\n{context.Request.Path}", $"endpoint\n{context.Endpoint}"];

    /// <summary>Keeps what the view returned. Returns why the page can't be stored, or null.</summary>
    internal string? Take(Response response, AppCache cache)
    {
        var problem = response.Status != StatusCodes.Status200OK && !(PageCache.IsNotFound(response.Status) && cached.NotFoundSeconds > 0)
            ? $"its status is {response.Status.ToString(CultureInfo.InvariantCulture)}"
            : Stamps is null ? "the store isn't available"
            : response.IsStreamed ? "it is a stream"
            : response.Data.Length > cache.Options.MaxBodySize ? "it is larger than MaxBodySize"
            : response.Headers.SetCookie.Count > 0 ? "it sets a cookie"
            : null;
        if (problem is not null) return problem;
        var headers = from header in response.Headers
                      where !OfTheServer.Contains(header.Key)
                      from value in header.Value
                      select (header.Key, value ?? "");
        Taken = Made(response.Status, cache) with { Headers = [.. headers], Body = response.Data };
        return null;
    }

    internal void Take(HttpException error, AppCache cache) => Taken = Made(error.Status, cache) with
    {
        IsError = true,
        Body = Encoding.UTF8.GetBytes(error.Description.ToString()),
    };

    CacheEntry Made(int status, AppCache cache)
    {
        var now = cache.Clock.GetUtcNow();
        var lifetime = status != StatusCodes.Status200OK ? TimeSpan.FromSeconds(cached.NotFoundSeconds)
            : cached.Seconds > 0 ? TimeSpan.FromSeconds(cached.Seconds)
            : cache.Options.DefaultLifetime;
        return new(now, now + lifetime, Stamps ?? []) { Status = status };
    }
}
