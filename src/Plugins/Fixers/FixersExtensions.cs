using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Fixers;

/// <summary>The words that the package adds: each installs a fixer, the first one outermost. <c>Fix.Wrap(app.AppDelegate)</c> does the same by hand.</summary>
public static class FixersExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives requests that came through proxies the address that the client used; see <see cref="ProxyFix"/>.</summary>
        /// <param name="options">Which headers, how many values, from whom. Without a trusted proxy the application does not start, except in debug mode.</param>
        public ModularApp UseProxyFix(ProxyFixOptions options) => app.Use(new FixerPlugin(nameof(ProxyFix),
            services => ProxyFix.Layer(options, services.GetRequiredService<ModularApp>().Debug)));

        /// <summary>Sets where the application is mounted, whatever the host says; see <see cref="CgiRootFix"/>.</summary>
        /// <param name="appRoot">Default <c>/</c>: at the root.</param>
        public ModularApp UseCgiRootFix(string appRoot = "/") => app.Use(new FixerPlugin(nameof(CgiRootFix), _ => next => CgiRootFix.Wrap(next, appRoot)));

        /// <summary>Puts back a part of the path that the host took for a script; see <see cref="LighttpdCgiRootFix"/>.</summary>
        public ModularApp UseLighttpdCgiRootFix() => app.Use(new FixerPlugin(nameof(LighttpdCgiRootFix), _ => LighttpdCgiRootFix.Wrap));

        /// <summary>Takes the path from the address as it was sent; see <see cref="PathInfoFromRequestUriFix"/>.</summary>
        public ModularApp UsePathInfoFromRequestUriFix() =>
            app.Use(new FixerPlugin(nameof(PathInfoFromRequestUriFix), _ => PathInfoFromRequestUriFix.Wrap));

        /// <summary>Takes headers out of every answer and adds others; see <see cref="HeaderRewriterFix"/>.</summary>
        /// <param name="options">What goes and what comes.</param>
        public ModularApp UseHeaderRewriterFix(HeaderRewriterFixOptions options) =>
            app.Use(new FixerPlugin(nameof(HeaderRewriterFix), _ => next => HeaderRewriterFix.Wrap(next, options)));

        /// <summary>Repairs answers for Internet Explorer; see <see cref="InternetExplorerFix"/>.</summary>
        /// <param name="options">Default: both repairs.</param>
        public ModularApp UseInternetExplorerFix(InternetExplorerFixOptions? options = null) =>
            app.Use(new FixerPlugin(nameof(InternetExplorerFix), _ => next => InternetExplorerFix.Wrap(next, options)));

        /// <summary>Mounts other applications under prefixes of this one; see <see cref="PathMounts"/>. A request log of this one has their requests too.</summary>
        /// <param name="mounts">By prefix, as <c>/backend</c>. Any delegate of ASP.NET can be mounted.</param>
        public ModularApp UseMounts(Dictionary<string, RequestDelegate> mounts) =>
            app.Use(new FixerPlugin(nameof(PathMounts), services => PathMounts.Layer(mounts, services.GetRequiredService<ModularApp>()), isLogged: true));

        /// <summary>Answers 403 to what pages of other sites make a visitor's browser send; see <see cref="CrossSiteCheck"/>. What the <see cref="PathMounts"/> mounts is checked too.</summary>
        /// <param name="options">Origins that are trusted. Default: none.</param>
        /// <exception cref="ModularException">A trusted origin is none.</exception>
        public ModularApp UseCrossSiteCheck(CrossSiteCheckOptions? options = null)
        {
            CrossSiteCheck.Install(app, new(options ?? new()));
            return app;
        }
    }
}

/// <summary>The word that the package adds to a rule.</summary>
public static class FixersRules
{
    extension(RouteHandlerBuilder rule)
    {
        /// <summary>Lets pages of other sites call this rule, whatever <c>app.UseCrossSiteCheck()</c> says.</summary>
        public RouteHandlerBuilder AllowCrossSite() => rule.WithMetadata(new AllowCrossSiteAttribute());
    }
}
