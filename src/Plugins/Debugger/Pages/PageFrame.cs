using System.Security.Cryptography;
using System.Text;

namespace Modular.Debugger;

/// <summary>
/// The common parts of the debugger's pages: the inline style and script, and headers that block other scripts and framing.
/// </summary>
/// <param name="Nonce">The nonce of the page's style and script.</param>
/// <param name="Root">The base path of its commands.</param>
/// <param name="Secret">The secret for commands. Empty on a page without a console.</param>
/// <param name="Session">The name of the console session. Null for none.</param>
sealed record PageFrame(string Nonce, string Root, string Secret, string? Session)
{
    static readonly Markup Style = Resource("page.css");
    static readonly Markup Script = Resource("page.js");

    /// <summary>Creates a frame and sets the response's headers.</summary>
    internal static PageFrame For(HttpContext http, ModularApp app, bool reloadPages, PinAuthenticator pin, string? session)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        // The only external script reloads the page after a fix. The host is a loopback name, because other hosts get no page.
        var reload = reloadPages
            ? $" {http.Request.Scheme}://{http.Request.Host.ToUriComponent()}{http.Request.PathBase.ToUriComponent()}/_modular/reload.js"
            : "";
        Protect(http.Response);
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'{reload}; connect-src 'self'; img-src data:; " +
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new(nonce, http.Request.PathBase.Add(ConsoleEndpoint.Root).ToUriComponent(), session is null ? "" : pin.Secret, session);
    }

    /// <summary>Headers for all responses: no caching, no framing, no type sniffing.</summary>
    internal static void Protect(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    /// <summary>One name for each application, because all ports of a host share cookies.</summary>
    internal static string CookieName(ModularApp app) =>
        $"modular_debugger_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{app.Name}\n{app.Options.RootPath}")))[..8]}";

    internal string Page(string title, Markup content) => Functions.Html(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <link rel="icon" href="data:,">
        <style nonce="{Nonce}">{Style}</style>
        </head>
        <body data-root="{Root}" data-secret="{Secret}" data-session="{Session}">
        {content}
        <script nonce="{Nonce}">{Script}</script>
        </body>
        </html>
        """).ToString();

    /// <summary>The console, which is closed at first.</summary>
    /// <param name="names">The predefined variables.</param>
    internal Markup Console(string names, bool open) => Session is null ? Markup.Empty : Functions.Html(
        $"""
        <details class="console" id="console"{new Markup(open ? " open" : "")}>
        <summary><h2>Console</h2> <span class="dim">C# with {names}</span></summary>
        <div class="log" role="log" aria-live="polite"></div>
        <form class="pin" hidden><label>PIN, as printed in the terminal
        <input name="pin" inputmode="numeric" autocomplete="off" placeholder="123-456-789" maxlength="15"></label>
        <button>Unlock</button> <span class="refusal" role="alert"></span></form>
        <form class="entry"><span class="prompt" aria-hidden="true">&gt;</span><textarea name="code" rows="1"
        aria-label="C# to evaluate" spellcheck="false" autocapitalize="off" autocomplete="off"></textarea><button
        class="run">Run</button><button type="button" class="cancel" hidden>Cancel</button></form>
        <div class="names" role="listbox" aria-label="Completions" hidden></div>
        <p class="keys dim"><kbd>Enter</kbd> runs, <kbd>Shift</kbd>+<kbd>Enter</kbd> starts a new line,
        <kbd>Tab</kbd> completes, <kbd>↑</kbd> <kbd>↓</kbd> show earlier entries, <kbd>Esc</kbd> cancels</p>
        </details>
        """);

    static Markup Resource(string name)
    {
        using var reader = new StreamReader(typeof(PageFrame).Assembly.GetManifestResourceStream(name)!);
        return new(reader.ReadToEnd());
    }
}
