namespace Modular.Generators;

/// <summary>The packages beside the core, with the words that need their plugin in the application.</summary>
static class Packages
{
    internal static readonly string[] All =
    [
        "Modular.Caching", "Modular.Cli", "Modular.Csrf", "Modular.Debugger", "Modular.Fixers", "Modular.Flash", "Modular.Logging", "Modular.Login",
        "Modular.Sessions", "Modular.Templating", "Modular.Templating.Handlebars", "Modular.Templating.Liquid", "Modular.Templating.Jinja", "Modular.Testing",
        "Modular.Testing.Conformance", "Modular.Uploads", "Modular.WebSockets",
    ];

    static readonly string[] Engines = ["UseJinja", "UseLiquid", "UseHandlebars", "UseTemplating"];

    static readonly (string Package, string Word, string[] Installs)[] Words =
    [
        ("Modular.Flash", "Flash", ["UseFlash"]),
        ("Modular.Flash", "GetFlashedMessages", ["UseFlash"]),
        ("Modular.Sessions", "Session", ["UseSessions"]),
        ("Modular.Login", "LoginUser", ["UseLogin"]),
        ("Modular.Login", "LogoutUser", ["UseLogin"]),
        ("Modular.Login", "User", ["UseLogin"]),
        ("Modular.Templating", "RenderTemplate", Engines),
        ("Modular.Templating", "RenderTemplateAsync", Engines),
        ("Modular.Templating", "RenderTemplateString", Engines),
        ("Modular.Templating", "RenderText", Engines),
        ("Modular.Templating", "StreamTemplate", Engines),
        ("Modular.Caching", "Cache", ["UseCaching"]),
    ];

    /// <summary>The calls that install what the member needs, of which one is enough; null when it needs none.</summary>
    internal static string[]? InstallOf(ISymbol member)
    {
        if (member.ContainingAssembly?.Name is not { } assembly || !assembly.StartsWith("Modular.", StringComparison.Ordinal) || !member.IsStatic) return null;
        foreach (var (package, word, installs) in Words)
            if (package == assembly && word == member.Name) return installs;
        return null;
    }
}
