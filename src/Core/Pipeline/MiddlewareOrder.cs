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
    static readonly Dictionary<string, string> Words = new()
    {
        ["Microsoft.AspNetCore.Authentication.AuthenticationMiddleware"] = "UseAuthentication",
        ["Microsoft.AspNetCore.Authorization.AuthorizationMiddlewareInternal"] = "UseAuthorization",
        ["Microsoft.AspNetCore.Antiforgery.Internal.AntiforgeryMiddleware"] = "UseAntiforgery",
        ["Microsoft.AspNetCore.Cors.Infrastructure.CorsMiddleware"] = "UseCors",
        ["Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware"] = "UseForwardedHeaders",
        ["Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware"] = "UseHttpsRedirection",
        ["Microsoft.AspNetCore.OutputCaching.OutputCacheMiddleware"] = "UseOutputCache",
        ["Microsoft.AspNetCore.ResponseCaching.ResponseCachingMiddleware"] = "UseResponseCaching",
        ["Microsoft.AspNetCore.RateLimiting.RateLimitingMiddleware"] = "UseRateLimiter",
        ["Microsoft.AspNetCore.Http.Timeouts.RequestTimeoutsMiddleware"] = "UseRequestTimeouts",
        ["Microsoft.AspNetCore.HttpLogging.HttpLoggingMiddleware"] = "UseHttpLogging",
    };

    static readonly (string First, string Then, string Because)[] Rules =
    [
        ("UseAuthentication", "UseAuthorization", "which takes every visitor for unknown"),
        ("UseAuthentication", "UseAntiforgery", "which can't tell whose token it is"),
        ("UseAuthorization", "UseAntiforgery", "which reads the forms of visitors who aren't allowed to send them"),
        ("UseCors", "UseAuthorization", "which refuses the browser's preflight requests"),
        ("UseCors", "UseResponseCaching", "which sends answers without CORS headers"),
        ("UseCors", "UseOutputCache", "which sends answers without CORS headers"),
        ("UseForwardedHeaders", "UseHttpsRedirection", "which redirects without end behind a proxy"),
        ("UseForwardedHeaders", "UseAuthentication", "which builds its URLs with the proxy's scheme and host"),
    ];

    // What the metadata of an endpoint asks for, and who does it. Authorization, CORS and antiforgery are looked at in each request; see Guards.
    static readonly (Type Metadata, string Word, string Wish)[] Needs =
    [
        (typeof(EnableRateLimitingAttribute), "UseRateLimiter", "a rate limit"),
        (typeof(IOutputCachePolicy), "UseOutputCache", "a cache of its answers"),
        (typeof(OutputCacheAttribute), "UseOutputCache", "a cache of its answers"),
        (typeof(RequestTimeoutPolicy), "UseRequestTimeouts", "a time-out"),
        (typeof(RequestTimeoutAttribute), "UseRequestTimeouts", "a time-out"),
        (typeof(HttpLoggingAttribute), "UseHttpLogging", "a log of its requests"),
    ];

    readonly List<string> _seen = [];
    readonly HashSet<string> _all = [];

    internal MiddlewareOrder()
    {
    }

    MiddlewareOrder(MiddlewareOrder trunk) => (_seen, _all) = ([.. trunk._seen], trunk._all);

    /// <summary>That of a branch, which the middleware in front of the branch has passed already.</summary>
    internal MiddlewareOrder Branch() => new(this);

    /// <exception cref="ModularException">It comes after one that needs it in front.</exception>
    internal void Add(Func<RequestDelegate, RequestDelegate> middleware)
    {
        if (middleware.Target?.ToString() is not { } type || !Words.TryGetValue(type, out var word)) return;
        _all.Add(word);
        if (_seen.Contains(word)) return;
        foreach (var (first, then, because) in Rules)
            if (first == word && _seen.Contains(then)) throw new ModularException(
                $"{first} comes after {then}, {because}. Write app.Use(asp => asp.{first}()) before app.Use(asp => asp.{then}()).");
        _seen.Add(word);
    }

    /// <exception cref="ModularException">An endpoint asks for something that no middleware does.</exception>
    internal void Check(IEnumerable<ViewEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
            foreach (var (type, word, wish) in Needs)
                if (!_all.Contains(word) && endpoint.AspNet.Metadata.Any(type.IsInstanceOfType)) throw new ModularException(
                    $"Endpoint \"{endpoint.Name}\" asks for {wish}, but no middleware sees to it. Write app.Use(asp => asp.{word}()).");
    }

    // Only a warning, because middleware of the user's own may sign visitors in.
    internal void Warn(IServiceProvider services, ILogger logger)
    {
        if (_seen.Contains("UseAuthorization") && !_seen.Contains("UseAuthentication")
            && services.GetService<IAuthenticationSchemeProvider>()?.GetDefaultAuthenticateSchemeAsync() is { IsCompletedSuccessfully: true, Result: not null })
            Log.NobodySignsIn(logger);
    }
}
