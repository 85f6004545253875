using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>The order of ASP.NET's middleware. In the wrong order it runs without an error and does something else than it seems to.</summary>
/// <remarks>
/// Source: "ASP.NET Core Middleware", section "Middleware order", and the pages on CORS, antiforgery, caching and forwarded headers.
/// A middleware is known by the name of its type, which ASP.NET's builder gives for its own diagnostics.
/// </remarks>
sealed class MiddlewareOrder(IEnumerable<string>? seen = null)
{
    const string Authentication = "Microsoft.AspNetCore.Authentication.AuthenticationMiddleware";
    const string Authorization = "Microsoft.AspNetCore.Authorization.AuthorizationMiddlewareInternal";
    const string Antiforgery = "Microsoft.AspNetCore.Antiforgery.Internal.AntiforgeryMiddleware";
    const string Cors = "Microsoft.AspNetCore.Cors.Infrastructure.CorsMiddleware";
    const string ForwardedHeaders = "Microsoft.AspNetCore.HttpOverrides.ForwardedHeadersMiddleware";
    const string HttpsRedirection = "Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware";
    const string OutputCache = "Microsoft.AspNetCore.OutputCaching.OutputCacheMiddleware";
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

    readonly List<string> _seen = [.. seen ?? []];

    /// <summary>That of a branch, which what is in front of the branch has passed already.</summary>
    internal MiddlewareOrder Branch() => new(_seen);

    /// <summary>Takes the next middleware.</summary>
    /// <exception cref="ModularException">It comes after one that needs it in front.</exception>
    internal void Add(Func<RequestDelegate, RequestDelegate> middleware)
    {
        if (middleware.Target?.ToString() is not { } name || !Words.ContainsKey(name) || _seen.Contains(name)) return;
        foreach (var (first, then, because) in Rules)
            if (first == name && _seen.Contains(then)) throw new ModularException(
                $"{Words[first]} comes after {Words[then]}, {because}. Write app.Use(asp => asp.{Words[first]}()) before app.Use(asp => asp.{Words[then]}()).");
        _seen.Add(name);
    }

    /// <summary>Logs what is missing, where only the user can know whether something else does its work.</summary>
    internal void Warn(IServiceProvider services, ILogger logger)
    {
        if (_seen.Contains(Authorization) && !_seen.Contains(Authentication)
            && services.GetService<IAuthenticationSchemeProvider>()?.GetDefaultAuthenticateSchemeAsync() is { IsCompletedSuccessfully: true, Result: not null })
            Log.NobodySignsIn(logger);
    }
}
