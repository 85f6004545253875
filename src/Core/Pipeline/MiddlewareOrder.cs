using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;

namespace Modular;

/// <summary>The order of ASP.NET's middleware. In the wrong order it runs without an error and does something else than it seems to.</summary>
/// <remarks>
/// Source: "ASP.NET Core Middleware", section "Middleware order", and the pages on CORS, antiforgery, caching and forwarded headers.
/// A middleware is known by the name of its type, which ASP.NET's builder gives for its own diagnostics.
/// </remarks>
sealed class MiddlewareOrder
{
    const string Authentication = "Microsoft.AspNetCore.Authentication.AuthenticationMiddleware";
    const string Authorization = "Microsoft.AspNetCore.Authorization.AuthorizationMiddlewareInternal";
    const string Antiforgery = "Microsoft.AspNetCore.Antiforgery.Internal.AntiforgeryMiddleware";
    const string Cors = "Microsoft.AspNetCore.Cors.Infrastructure.CorsMiddleware";
    const string ForwardedHeaders = "Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware";
    const string HttpsRedirection = "Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware";
    const string OutputCache = "Microsoft.AspNetCore.OutputCaching.OutputCacheMiddleware";
    const string Timeouts = "Microsoft.AspNetCore.Http.Timeouts.RequestTimeoutsMiddleware";
    const string ResponseCaching = "Microsoft.AspNetCore.ResponseCaching.ResponseCachingMiddleware";

    static readonly Dictionary<string, string> Words = new()
    {
        [Authentication] = "UseAuthentication", [Authorization] = "UseAuthorization", [Antiforgery] = "UseAntiforgery", [Cors] = "UseCors",
        [ForwardedHeaders] = "UseForwardedHeaders", [HttpsRedirection] = "UseHttpsRedirection", [OutputCache] = "UseOutputCache", [ResponseCaching] = "UseResponseCaching",
    };

    static readonly (string First, string Then, string Because)[] Rules =
    [
        (Authentication, Authorization, "which takes every visitor for unknown"),
        (Authentication, Antiforgery, "which can't tell whose token it is"),
        (Authorization, Antiforgery, "which reads the forms of visitors who aren't allowed to send them"),
        (Cors, Authorization, "which refuses the browser's preflight requests"),
        (Cors, ResponseCaching, "which sends answers without CORS headers"),
        (Cors, OutputCache, "which sends answers without CORS headers"),
        (ForwardedHeaders, HttpsRedirection, "which redirects without end behind a proxy"),
        (ForwardedHeaders, Authentication, "which builds its URLs with the proxy's scheme and host"),
    ];

    // What the metadata of an endpoint asks for, and who does it. Authorization, CORS and antiforgery are looked at in each request; see Guards.
    static readonly (Type Metadata, string Middleware, string Word, string Wish)[] Needs =
    [
        (typeof(EnableRateLimitingAttribute), "Microsoft.AspNetCore.RateLimiting.RateLimitingMiddleware", "UseRateLimiter", "a rate limit"),
        (typeof(IOutputCachePolicy), OutputCache, "UseOutputCache", "a cache of its answers"),
        (typeof(OutputCacheAttribute), OutputCache, "UseOutputCache", "a cache of its answers"),
        (typeof(RequestTimeoutPolicy), Timeouts, "UseRequestTimeouts", "a time-out"),
        (typeof(RequestTimeoutAttribute), Timeouts, "UseRequestTimeouts", "a time-out"),
        (typeof(HttpLoggingAttribute), "Microsoft.AspNetCore.HttpLogging.HttpLoggingMiddleware", "UseHttpLogging", "a log of its requests"),
    ];

    readonly List<string> _seen;
    readonly HashSet<string> _all;

    internal MiddlewareOrder() : this([], [])
    {
    }

    MiddlewareOrder(List<string> seen, HashSet<string> all) => (_seen, _all) = (seen, all);

    /// <summary>That of a branch, which what is in front of the branch has passed already.</summary>
    internal MiddlewareOrder Branch() => new([.. _seen], _all);

    /// <summary>Takes the next middleware.</summary>
    /// <exception cref="ModularException">It comes after one that needs it in front.</exception>
    internal void Add(Func<RequestDelegate, RequestDelegate> middleware)
    {
        if (middleware.Target?.ToString() is not { } name) return;
        _all.Add(name);
        if (!Words.ContainsKey(name) || _seen.Contains(name)) return;
        foreach (var (first, then, because) in Rules)
            if (first == name && _seen.Contains(then)) throw new ModularException(
                $"{Words[first]} comes after {Words[then]}, {because}. Write app.Use(asp => asp.{Words[first]}()) before app.Use(asp => asp.{Words[then]}()).");
        _seen.Add(name);
    }

    /// <summary>Looks whether somebody carries out what the endpoints ask for.</summary>
    /// <exception cref="ModularException">A middleware is missing.</exception>
    internal void Check(IEnumerable<ViewEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
            foreach (var (type, middleware, word, wish) in Needs)
                if (!_all.Contains(middleware) && endpoint.AspNet.Metadata.Any(type.IsInstanceOfType)) throw new ModularException(
                    $"Endpoint \"{endpoint.Name}\" asks for {wish}, but no middleware sees to it. Write app.Use(asp => asp.{word}()).");
    }

    /// <summary>Logs what is missing, where only the user can know whether something else does its work.</summary>
    internal void Warn(IServiceProvider services, ILogger logger)
    {
        if (_seen.Contains(Authorization) && !_seen.Contains(Authentication)
            && services.GetService<IAuthenticationSchemeProvider>()?.GetDefaultAuthenticateSchemeAsync() is { IsCompletedSuccessfully: true, Result: not null })
            Log.NobodySignsIn(logger);
    }
}
