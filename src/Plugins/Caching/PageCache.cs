using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Modular.Caching;

/// <summary>The cached pages of one application.</summary>
sealed class PageCache(AppCache cache)
{
    internal static readonly Slot<PageToStore> Slot = new("page to cache", "app.UseCaching()");
    readonly Flights _flights = new();

    internal static bool HasToStore(RequestContext context) => context.Find(Slot) is { Run: not null };

    /// <summary>The endpoint filter.</summary>
    internal ValueTask<Response> AnswerAsync(RequestContext context, Func<ValueTask<Response>> next)
    {
        var http = context.Http;
        if (http.GetEndpoint()?.Metadata.GetMetadata<CachedAttribute>() is not { } cached || !cache.Options.Enabled
            || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return next();
        var user = cached.PerUser ? cache.Options.User(context) : null;
        var isPersonal = http.Request.Headers.Authorization.Count > 0 || http.User.Identity is { IsAuthenticated: true };
        return isPersonal && user is null ? next() : AnswerAsync(context, cached, user, next);
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
            if (response.Status == StatusCodes.Status200OK || (IsNotFound(response.Status) && run.Cached.NotFoundSeconds > 0)) run.Take(response, cache);
            if (run.Taken is null) run.Flight.Keep();
            else context.Get(Slot).Run = run;
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

    static bool IsNotFound(int status) => status is StatusCodes.Status404NotFound or StatusCodes.Status410Gone;

    /// <summary>Decides by the finished response whether its page is for everyone.</summary>
    internal async ValueTask StoreAsync(RequestContext context, Response response)
    {
        var run = context.Get(Slot).Run!;
        if (run.Taken is not { } taken || VaryOf(run, taken, response) is not { } vary)
        {
            run.Flight.Keep();
            return;
        }
        if (!taken.IsError && !response.IsStreamed && response.Data.Span.SequenceEqual(taken.Body.Span)) taken = Tagged(taken, response);
        var (page, now) = (taken with { Vary = vary }, cache.Clock.GetUtcNow());
        if (vary.Count > 0)
            await cache.Store.StoreAsync(run.Place, new(page.Created, page.Expires, page.Stamps) { Vary = vary }, now, context.RequestAborted);
        var key = PageKey.With(run.Place, vary, context);
        await cache.Store.StoreAsync(key, page, now, context.RequestAborted);
        run.Flight.Share(page, key);
    }

    // The request headers that make different pages. Null: the response isn't for others.
    static List<string>? VaryOf(PageRun run, CacheEntry taken, Response response)
    {
        if (response.Status != taken.Status || response.Headers.SetCookie.Count > 0) return null;
        // A log-in says no-store on a user's page, for browsers. For a user's own pages, only what the view has said counts.
        IEnumerable<string?> lines = run.User is null
            ? response.Headers.CacheControl
            : from header in taken.Headers
              where header.Name.Equals(HeaderNames.CacheControl, StringComparison.OrdinalIgnoreCase)
              select header.Value;
        foreach (var line in lines)
            foreach (var directive in (line ?? "").Split(','))
                if (directive.Trim(' ', '\t').Split('=')[0].ToLowerInvariant() is "private" or "no-store" or "no-cache") return null;
        var vary = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in response.Headers.Vary)
            foreach (var name in (line ?? "").Split(',')) vary.Add(name.Trim(' ', '\t').ToLowerInvariant());
        vary.Remove("");
        // The key of a user's own pages has the user.
        if (run.User is not null) vary.ExceptWith(["cookie", "authorization"]);
        return vary.Contains("*") || vary.Contains("cookie") || vary.Contains("authorization") ? null : [.. vary];
    }

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
    static readonly HashSet<string> OfTheServer = new(StringComparer.OrdinalIgnoreCase) { "Age", "Date", "Content-Length", "Transfer-Encoding", "Connection" };

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

    internal void Take(Response response, AppCache cache)
    {
        if (Stamps is null || response.IsStreamed || response.Data.Length > cache.Options.MaxBodySize || response.Headers.SetCookie.Count > 0) return;
        var headers = from header in response.Headers
                      where !OfTheServer.Contains(header.Key)
                      from value in header.Value
                      select (header.Key, value ?? "");
        Taken = Made(response.Status, cache) with { Headers = [.. headers], Body = response.Data };
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
