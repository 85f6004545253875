using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Fixers;

/// <summary>
/// The methods that this package adds to an application. Each installs a fixer; the first is the outermost.
/// <c>Fix.Wrap(app.AppDelegate)</c> does the same directly.
/// </summary>
public static class FixersExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Restores the address that the client used for requests through proxies. See <see cref="ProxyFix"/>.</summary>
        /// <param name="options">The headers, the number of values and the trusted proxies. Without a trusted proxy the application
        /// doesn't start, except in debug mode.</param>
        public ModularApp UseProxyFix(ProxyFixOptions options)
        {
            var own = options with { };
            return app.Use(new FixerPlugin(nameof(ProxyFix),
                services => ProxyFix.Layer(own, services.GetRequiredService<ModularApp>().Debug),
                builder => builder.Options(nameof(ProxyFix), own)));
        }

        /// <summary>Sets the path where the application is mounted, regardless of the host. See <see cref="CgiRootFix"/>.</summary>
        /// <param name="appRoot">The mount path. Default <c>/</c>.</param>
        public ModularApp UseCgiRootFix(string appRoot = "/") =>
            app.Use(new FixerPlugin(nameof(CgiRootFix), _ => next => CgiRootFix.Wrap(next, appRoot)));

        /// <summary>Restores a part of the path that the host treated as a script name. See <see cref="LighttpdCgiRootFix"/>.</summary>
        public ModularApp UseLighttpdCgiRootFix() => app.Use(new FixerPlugin(nameof(LighttpdCgiRootFix), _ => LighttpdCgiRootFix.Wrap));

        /// <summary>Reads the path from the original request target. See <see cref="PathInfoFromRequestUriFix"/>.</summary>
        public ModularApp UsePathInfoFromRequestUriFix() =>
            app.Use(new FixerPlugin(nameof(PathInfoFromRequestUriFix), _ => PathInfoFromRequestUriFix.Wrap));

        /// <summary>Removes headers from every response and adds others. See <see cref="HeaderRewriterFix"/>.</summary>
        /// <param name="options">The headers to remove and to add.</param>
        public ModularApp UseHeaderRewriterFix(HeaderRewriterFixOptions options) =>
            app.Use(new FixerPlugin(nameof(HeaderRewriterFix), _ => next => HeaderRewriterFix.Wrap(next, options)));

        /// <summary>Adjusts responses for Internet Explorer. See <see cref="InternetExplorerFix"/>.</summary>
        /// <param name="options">Default: both fixes.</param>
        public ModularApp UseInternetExplorerFix(InternetExplorerFixOptions? options = null) =>
            app.Use(new FixerPlugin(nameof(InternetExplorerFix), _ => next => InternetExplorerFix.Wrap(next, options)));

        /// <summary>
        /// Mounts other applications under path prefixes. See <see cref="PathMounts"/>. A request log of this application includes their
        /// requests.
        /// </summary>
        /// <param name="mounts">The delegates by prefix, such as <c>/backend</c>. Any ASP.NET request delegate can be mounted.</param>
        public ModularApp UseMounts(Dictionary<string, RequestDelegate> mounts) =>
            app.Use(new FixerPlugin(nameof(PathMounts), services => PathMounts.Layer(mounts, services.GetRequiredService<ModularApp>()),
                isLogged: true));

        /// <summary>
        /// Rejects requests that pages of other sites send through a visitor's browser, with a 403. See <see cref="CrossSiteCheck"/>. It
        /// also checks applications mounted with <see cref="PathMounts"/>.
        /// </summary>
        /// <param name="options">The trusted origins. Default: none.</param>
        /// <exception cref="ModularException">A trusted origin isn't valid.</exception>
        public ModularApp UseCrossSiteCheck(CrossSiteCheckOptions? options = null) => app.Use(new CrossSitePlugin(options ?? new()));
    }
}

/// <summary>The method that this package adds to a rule.</summary>
public static class FixersRules
{
    extension(RouteHandlerBuilder rule)
    {
        /// <summary>Allows pages of other sites to call this rule, despite <c>app.UseCrossSiteCheck()</c>.</summary>
        public RouteHandlerBuilder AllowCrossSite() => rule.WithMetadata(new AllowCrossSiteAttribute());
    }
}
