namespace Modular.Generators;

/// <summary>The diagnostics. Each message is two sentences: the problem with its value, and what to write instead.</summary>
static class Descriptors
{
    // The text that a code fix puts in the place of what is marked, or of the first additional location.
    internal const string Replacement = "replacement";

    internal static readonly DiagnosticDescriptor Rule = Make("MOD001", "A rule that the application refuses when it starts", DiagnosticSeverity.Error);
    internal static readonly DiagnosticDescriptor View = Make("MOD002", "A view that doesn't fit its rule", DiagnosticSeverity.Error);
    internal static readonly DiagnosticDescriptor Html = Make("MOD003", "Text of the request in HTML without escaping", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor Url = Make("MOD004", "A URL of an endpoint that doesn't exist, or without a value that it needs", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor Outside = Make("MOD005", "The current request where there is none", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor OutsideAtEnd = AtEnd("MOD005", "The current request where there is none", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor Template = Make("MOD006", "A template that doesn't exist", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor Order = Make("MOD007", "Set-up after the start, an async function without a task, a task that isn't awaited", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor Secret = Make("MOD008", "A secret key in the source", DiagnosticSeverity.Warning);
    internal static readonly DiagnosticDescriptor Package = Make("MOD009", "A package that is used but not installed in the application, or the other way round", DiagnosticSeverity.Warning);

    static DiagnosticDescriptor Make(string id, string title, DiagnosticSeverity severity, params string[] tags) => new(
        id, title, "{0}", "Modular", severity, isEnabledByDefault: true, customTags: tags,
        helpLinkUri: $"https://github.com/modular-dotnet/modular/blob/main/docs/analyzers.md#{id.ToLowerInvariant()}");

    // It needs all of the program, so editors show it after a build or with an analysis of the whole solution.
    static DiagnosticDescriptor AtEnd(string id, string title, DiagnosticSeverity severity) =>
        Make(id, title, severity, WellKnownDiagnosticTags.CompilationEnd);

    internal static ImmutableDictionary<string, string?> Replace(string? text) => text is null ? ImmutableDictionary<string, string?>.Empty
        : ImmutableDictionary<string, string?>.Empty.Add(Replacement, text);
}
