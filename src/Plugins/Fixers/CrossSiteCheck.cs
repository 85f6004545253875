using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Antiforgery;

namespace Modular.Fixers;

/// <summary>
/// Refuses, with 403, what a page of another site makes a visitor's browser send: requests that change something, and WebSocket handshakes. No token is needed in forms.
/// </summary>
/// <remarks>
/// GET, HEAD, OPTIONS and TRACE pass, so they must not change anything. Of the others, <c>Sec-Fetch-Site</c> decides, which each current browser sends and no page can set:
/// <c>same-origin</c> and <c>none</c> pass. Without it the host of <c>Origin</c> must be the request's own. Programs, which send neither, pass: nobody can misuse a
/// visitor's cookies through them. As Go's CrossOriginProtection. Behind a proxy that changes the host, put <see cref="ProxyFix"/> around it.
/// </remarks>
public static class CrossSiteCheck
{
    internal const string Reason = "A page of another site sent this request.";

    // The trusted origins of the applications that installed the check, for those who answer in an application's place.
    static readonly ConditionalWeakTable<ModularApp, HashSet<string>> Installed = [];

    /// <summary>A delegate with the check around it. It knows no rules, so it makes no exceptions for one; <c>app.UseCrossSiteCheck()</c> does.</summary>
    /// <param name="app">Any delegate of ASP.NET.</param>
    /// <param name="options">Origins that are trusted.</param>
    /// <exception cref="ModularException">A trusted origin is none.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, CrossSiteCheckOptions? options = null)
    {
        var trusted = Origins(options ?? new());
        return http => IsRefused(http, trusted) ? RefuseAsync(http) : app(http);
    }

    internal static void Install(ModularApp app, CrossSitePlugin plugin)
    {
        app.Use(plugin);
        Installed.AddOrUpdate(app, plugin.Trusted);
    }

    /// <summary>True when an application with the check mounted another one without, and a page of another site sent the request.</summary>
    internal static bool IsRefused(HttpContext http, ModularApp? app, RequestDelegate mounted) =>
        app is not null && Installed.TryGetValue(app, out var trusted) && !(mounted.Target is ModularApp other && Installed.TryGetValue(other, out _)) && IsRefused(http, trusted);

    internal static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(Reason, http.RequestAborted);
    }

    /// <summary>True when a page of another site sent the request, and it is none that may come from everywhere.</summary>
    internal static bool IsRefused(HttpContext http, HashSet<string> trusted)
    {
        if (IsSafe(http.Request.Method) && !http.WebSockets.IsWebSocketRequest) return false;
        var headers = http.Request.Headers;
        var origin = headers.Origin.ToString();
        var site = headers["Sec-Fetch-Site"].ToString();
        if (site is "same-origin" or "none") return false;
        if (site.Length == 0 && (origin.Length == 0 || IsOwn(origin, http.Request))) return false;
        return !trusted.Contains(origin) && !MayComeFromEverywhere(http);
    }

    /// <exception cref="ModularException">An entry is no origin.</exception>
    internal static HashSet<string> Origins(CrossSiteCheckOptions options)
    {
        foreach (var origin in options.TrustedOrigins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !origin.Equals($"{uri.Scheme}://{uri.Authority}", StringComparison.OrdinalIgnoreCase)) throw new ModularException(
                $"\"{origin}\" is no origin. Write scheme and host, and the port when it is not the scheme's own, such as \"https://admin.example.com\".");
        return new(options.TrustedOrigins, StringComparer.OrdinalIgnoreCase);
    }

    static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // The scheme does not count: where TLS ends at a proxy the application may not know of it.
    static bool IsOwn(string origin, HttpRequest request)
    {
        var host = origin.IndexOf("://", StringComparison.Ordinal) is >= 0 and var end ? origin.AsSpan(end + 3) : [];
        return !host.IsEmpty && WithoutUsualPort(host).Equals(WithoutUsualPort(request.Host.Value), StringComparison.OrdinalIgnoreCase);
    }

    static ReadOnlySpan<char> WithoutUsualPort(ReadOnlySpan<char> host) =>
        host.EndsWith(":80") ? host[..^3] : host.EndsWith(":443") ? host[..^4] : host;

    // ASP.NET's own word for it, .DisableAntiforgery(), means the same.
    static bool MayComeFromEverywhere(HttpContext http) => http.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<AllowCrossSiteAttribute>() is not null || metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false });
}

/// <summary>The check as a hook: it knows the rule, and its refusal finds the application's error handler for 403.</summary>
sealed class CrossSitePlugin(CrossSiteCheckOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Modular.Fixers.CrossSiteCheck", core: "[0.1,1.0)");

    internal HashSet<string> Trusted { get; } = CrossSiteCheck.Origins(options);

    public void Install(PluginBuilder builder) => builder.App.BeforeRequest(context => CrossSiteCheck.IsRefused(context.Http, Trusted)
        ? throw new HttpException(StatusCodes.Status403Forbidden, CrossSiteCheck.Reason) : default);
}
