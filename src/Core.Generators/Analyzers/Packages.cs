namespace Modular.Generators;

/// <summary>The packages beside the core, with the words that need their plugin in the application.</summary>
static class Packages
{
    internal static readonly string[] All =
    [
        "Modular.Caching", "Modular.Cli", "Modular.Csrf", "Modular.Debugger", "Modular.Fixers", "Modular.Flash", "Modular.Logging", "Modular.Login",
        "Modular.Sessions", "Modular.Templating", "Modular.Templating.Handlebars", "Modular.Templating.Liquid", "Modular.Templating.Jinja", "Modular.Testing",
        "Modular.Testing.Conformance", "Modular.Uploads",
    ];

    static readonly (string Package, string Word, string Install)[] Words =
    [
        ("Modular.Flash", "Flash", "UseFlash"),
        ("Modular.Flash", "GetFlashedMessages", "UseFlash"),
        ("Modular.Sessions", "Session", "UseSessions"),
        ("Modular.Login", "LoginUser", "UseLogin"),
        ("Modular.Login", "LogoutUser", "UseLogin"),
        ("Modular.Login", "User", "UseLogin"),
        ("Modular.Templating", "RenderTemplate", "UseTemplating"),
        ("Modular.Templating", "RenderTemplateAsync", "UseTemplating"),
        ("Modular.Templating", "RenderTemplateString", "UseTemplating"),
        ("Modular.Caching", "Cache", "UseCaching"),
    ];

    /// <summary>The call that installs what the member needs; null when it needs none.</summary>
    internal static string? InstallOf(ISymbol member)
    {
        if (member.ContainingAssembly?.Name is not { } assembly || !assembly.StartsWith("Modular.", StringComparison.Ordinal)) return null;
        foreach (var (package, word, install) in Words)
            if (package == assembly && word == member.Name && member.IsStatic) return install;
        return null;
    }
}
