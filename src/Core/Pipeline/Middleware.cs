using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Modular;

/// <summary>ASP.NET's builder for <c>app.UseMiddleware</c>. After a changed path or method, the request is matched again.</summary>
/// <remarks>So <c>UseRewriter</c> and <c>UseExceptionHandler("/error")</c> work, and authorization sees the endpoint that runs.</remarks>
sealed class MiddlewareBuilder(IApplicationBuilder inner, RequestPipeline pipeline, HashSet<string> seen) : IApplicationBuilder
{
    public IServiceProvider ApplicationServices { get => inner.ApplicationServices; set => inner.ApplicationServices = value; }
    public IFeatureCollection ServerFeatures => inner.ServerFeatures;
    public IDictionary<string, object?> Properties => inner.Properties;

    public IApplicationBuilder Use(Func<RequestDelegate, RequestDelegate> middleware)
    {
        if (middleware.Target?.ToString() is { } type) seen.Add(type[(type.LastIndexOf('.') + 1)..]);
        inner.Use(next => pipeline.Enter(middleware(next), next));
        return this;
    }

    public IApplicationBuilder New() => new MiddlewareBuilder(inner.New(), pipeline, seen);
    public RequestDelegate Build() => inner.Build();
}

sealed class MiddlewareState(IStatusCodePagesFeature? pages)
{
    (string? Path, string? PathBase, string Method, string? Host, string Scheme) _matched;
    string? _original;

    internal RequestDelegate Next { get; set; } = null!;
    internal Exception? Failure { get; set; }
    internal List<Request> Earlier { get; } = [];

    internal bool IsMatched(HttpRequest request) => _matched == PlaceOf(request);

    internal void Matched(HttpRequest request, string path)
    {
        if (path.Length > 0 && path != request.Path.Value)
        {
            _original ??= request.Path.Value;
            request.Path = path;
        }
        _matched = PlaceOf(request);
    }

    static (string?, string?, string, string?, string) PlaceOf(HttpRequest request) =>
        (request.Path.Value, request.PathBase.Value, request.Method, request.Host.Value, request.Scheme);

    internal void LeaveByException(HttpContext http) => http.Features.Set(pages);

    internal void End(HttpRequest request)
    {
        if (_original is not null) request.Path = _original;
    }
}

static class Guards
{
    // ASP.NET's middleware sets these items when it has checked an endpoint.
    const string Authorized = "__AuthorizationMiddlewareWithEndpointInvoked";
    const string Antiforgery = "__AntiforgeryMiddlewareWithEndpointInvoked";
    const string Cors = "__CorsMiddlewareWithEndpointInvoked";

    static readonly (Type Metadata, string Middleware, string Word, string Wish)[] Needs =
    [
        (typeof(EnableRateLimitingAttribute), "RateLimitingMiddleware", "UseRateLimiter", "a rate limit"),
        (typeof(IOutputCachePolicy), "OutputCacheMiddleware", "UseOutputCache", "a cache of its responses"),
        (typeof(OutputCacheAttribute), "OutputCacheMiddleware", "UseOutputCache", "a cache of its responses"),
        (typeof(RequestTimeoutPolicy), "RequestTimeoutsMiddleware", "UseRequestTimeouts", "a time-out"),
        (typeof(RequestTimeoutAttribute), "RequestTimeoutsMiddleware", "UseRequestTimeouts", "a time-out"),
        (typeof(HttpLoggingAttribute), "HttpLoggingMiddleware", "UseHttpLogging", "a log of its requests"),
    ];

    internal static void CheckStart(AppPlan plan, HashSet<string> seen, IServiceProvider services)
    {
        foreach (var endpoint in plan.Endpoints)
            foreach (var (type, middleware, word, wish) in Needs)
                if (!seen.Contains(middleware) && endpoint.AspNet.Metadata.Any(type.IsInstanceOfType))
                    throw Missing(endpoint, wish, word);
        // Mounted, the host around it may do this.
        if (plan.OwnsRequestServices && !seen.Contains("AuthorizationMiddlewareInternal")
            && services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null)
            throw new ModularException(
                "A FallbackPolicy is set, but no middleware checks it. Write app.UseMiddleware(asp => asp.UseAuthorization()).");
    }

    internal static void Check(HttpContext http, ViewEndpoint target)
    {
        if (target.NeedsAuthorization && !http.Items.ContainsKey(Authorized)) throw Missing(target, "authorization", "UseAuthorization");
        if (target.NeedsCors && !http.Items.ContainsKey(Cors)) throw Missing(target, "a CORS policy", "UseCors");
        if (!target.NeedsAntiforgery) return;
        if (!http.Items.ContainsKey(Antiforgery)) throw Missing(target, "an antiforgery token", "UseAntiforgery");
        // The middleware only records an invalid token.
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } found)
            throw new HttpException(400, inner: found.Error);
    }

    static ModularException Missing(ViewEndpoint endpoint, string wish, string word) => new(
        $"Endpoint \"{endpoint.Name}\" requires {wish}, but no middleware handles it. Write app.UseMiddleware(asp => asp.{word}()).");

    internal static void Forget(HttpContext http)
    {
        foreach (var mark in (ReadOnlySpan<string>)[Authorized, Antiforgery, Cors]) http.Items.Remove(mark);
    }
}
