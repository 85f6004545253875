using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Modular;

/// <summary>
/// ASP.NET's builder for the middleware of <c>app.Use</c>. Where one changed the path or the method, the pipeline matches again before
/// the next, so <c>UseRewriter</c> and <c>UseExceptionHandler("/error")</c> work, and authorization sees the endpoint that will run.
/// </summary>
/// <param name="seen">Gets the names of the middleware's types, which ASP.NET's builder gives for its own diagnostics.</param>
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

/// <summary>What one request knows of the middleware of <c>app.Use</c> that it runs through.</summary>
/// <param name="pages">The status code pages around the whole application, if any.</param>
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

    // A page of errors that no rule answers must not become a 404 that hides the error: the handler then throws the error that it has.
    internal static void RefuseLostHandler(RequestContext context, HttpContext http)
    {
        if (context.Match.Outcome == RouteOutcome.NotFound && http.Features.Get<IExceptionHandlerPathFeature>() is not null)
            throw new ModularException($"UseExceptionHandler sends errors to {http.Request.Path}, but no rule matches that path."
                + " Add a rule for it, or write the path of another one.");
    }

    internal void LeaveByException(HttpContext http) => http.Features.Set(pages);

    internal void End(HttpRequest request)
    {
        if (_original is not null) request.Path = _original;
    }
}

/// <summary>Metadata that only a middleware can enforce must not be passed over in silence when that middleware is missing.</summary>
static class Guards
{
    // The marks that ASP.NET's middleware leaves when it has looked at an endpoint.
    const string Authorized = "__AuthorizationMiddlewareWithEndpointInvoked";
    const string Antiforgery = "__AntiforgeryMiddlewareWithEndpointInvoked";
    const string Cors = "__CorsMiddlewareWithEndpointInvoked";

    // What the metadata of an endpoint asks for, and who does it, where the middleware leaves no mark.
    static readonly (Type Metadata, string Middleware, string Word, string Wish)[] Needs =
    [
        (typeof(EnableRateLimitingAttribute), "RateLimitingMiddleware", "UseRateLimiter", "a rate limit"),
        (typeof(IOutputCachePolicy), "OutputCacheMiddleware", "UseOutputCache", "a cache of its answers"),
        (typeof(OutputCacheAttribute), "OutputCacheMiddleware", "UseOutputCache", "a cache of its answers"),
        (typeof(RequestTimeoutPolicy), "RequestTimeoutsMiddleware", "UseRequestTimeouts", "a time-out"),
        (typeof(RequestTimeoutAttribute), "RequestTimeoutsMiddleware", "UseRequestTimeouts", "a time-out"),
        (typeof(HttpLoggingAttribute), "HttpLoggingMiddleware", "UseHttpLogging", "a log of its requests"),
    ];

    /// <summary>Before the first request.</summary>
    /// <param name="seen">The names of the middleware's types.</param>
    internal static void CheckStart(AppPlan plan, HashSet<string> seen, IServiceProvider services)
    {
        foreach (var endpoint in plan.Endpoints)
            foreach (var (type, middleware, word, wish) in Needs)
                if (!seen.Contains(middleware) && endpoint.AspNet.Metadata.Any(type.IsInstanceOfType)) throw new ModularException(
                    $"Endpoint \"{endpoint.Name}\" asks for {wish}, but no middleware handles it. Write app.UseMiddleware(asp => asp.{word}()).");
        // Mounted, the host around it may do this.
        if (plan.OwnsRequestServices && !seen.Contains("AuthorizationMiddlewareInternal")
            && services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null)
            throw new ModularException(
                "A FallbackPolicy is set, but no middleware checks it. Write app.UseMiddleware(asp => asp.UseAuthorization()).");
    }

    /// <summary>Before the view.</summary>
    internal static void Check(HttpContext http, ViewEndpoint target)
    {
        if (target.NeedsAuthorization && !http.Items.ContainsKey(Authorized)) throw new ModularException(
            $"Endpoint \"{target.Name}\" asks for authorization, but no middleware checks it."
            + " Write app.UseMiddleware(asp => asp.UseAuthorization()).");
        if (target.NeedsCors && !http.Items.ContainsKey(Cors)) throw new ModularException(
            $"Endpoint \"{target.Name}\" asks for a CORS policy, but no middleware applies it. Write app.UseMiddleware(asp => asp.UseCors()).");
        if (!target.NeedsAntiforgery) return;
        if (!http.Items.ContainsKey(Antiforgery)) throw new ModularException(
            $"Endpoint \"{target.Name}\" asks for an antiforgery token, but no middleware checks it."
            + " Write app.UseMiddleware(asp => asp.UseAntiforgery()).");
        // The middleware only notes the result; the reader of the form has to refuse it.
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } found)
            throw new HttpException(400, inner: found.Error);
    }

    internal static void Forget(HttpContext http)
    {
        foreach (var mark in (ReadOnlySpan<string>)[Authorized, Antiforgery, Cors]) http.Items.Remove(mark);
    }
}
