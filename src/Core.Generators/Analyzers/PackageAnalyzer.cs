namespace Modular.Generators;

/// <summary>MOD009: a word of a package whose plugin isn't installed in the application, and a package that isn't used at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PackageAnalyzer : ModularAnalyzer
{
    internal const string Line = "line";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Package];

    private protected override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        // In a library or in tests, the application may be made elsewhere.
        if (!symbols.IsProgram || !symbols.IsAlone) return;
        ConcurrentDictionary<string, IOperation> words = new();
        ConcurrentDictionary<string, bool> installed = new();
        ConcurrentBag<IObjectCreationOperation> apps = [];
        context.RegisterOperationAction(operation =>
        {
            switch (operation.Operation)
            {
                case IInvocationOperation { TargetMethod: var method } call:
                    if (method.Name.StartsWith("Use", StringComparison.Ordinal)) installed[method.Name] = true;
                    else if (Packages.InstallOf(method) is { } install) words.TryAdd(install, call);
                    if (method.Name == "Use" || (method.Name.StartsWith("Use", StringComparison.Ordinal) && method.ContainingAssembly.Name.StartsWith("Modular.Templating", StringComparison.Ordinal)))
                        installed["UseTemplating"] = true;
                    break;
                case IPropertyReferenceOperation { Property: var property } reference:
                    if (Packages.InstallOf(property) is { } needed && ModularSymbols.Same(ModularSymbols.ExtendedBy(property), symbols.Current)) words.TryAdd(needed, reference);
                    break;
                case IObjectCreationOperation creation:
                    if (ModularSymbols.Same(creation.Type, symbols.App)) apps.Add(creation);
                    break;
            }
        }, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation);
        context.RegisterCompilationEndAction(end =>
        {
            // app.Use(new SomePlugin()) may install anything.
            if (installed.ContainsKey("Use") || apps.Count != 1 || !apps.TryPeek(out var app)) return;
            foreach (var word in words.Where(word => !installed.ContainsKey(word.Key)))
            {
                var name = word.Value is IInvocationOperation call ? $"{call.TargetMethod.Name}(…)" : $"Current.{((IPropertyReferenceOperation)word.Value).Property.Name}";
                var line = $"{word.Key}({(word.Key == "UseSessions" ? "new() { SecretKey = app.Config[\"SECRET_KEY\"] }" : "")})";
                end.ReportDiagnostic(Diagnostic.Create(Descriptors.Package, word.Value.Syntax.GetLocation(), [app.Syntax.GetLocation()],
                    ImmutableDictionary<string, string?>.Empty.Add(Line, line),
                    $"{name} needs a plugin that isn't installed in the application. Write app.{line} after new ModularApp(…)."));
            }
        });
    }
}
