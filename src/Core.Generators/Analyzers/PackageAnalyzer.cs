namespace Modular.Generators;

/// <summary>MOD009: a word of a package whose plugin isn't installed in the application, and a package that isn't used at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PackageAnalyzer : ModularAnalyzer
{
    internal const string Line = "line";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Package];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        // In a library or in tests, the application may be made elsewhere. app.Use(new SomePlugin()) may install anything.
        if (symbols is not { IsProgram: true, IsAlone: true, Program: { Applications: 1 } program } || program.Installed.Contains("Use")) return;
        context.RegisterOperationAction(operation =>
        {
            var member = operation.Operation switch
            {
                IInvocationOperation { TargetMethod: var method } => method,
                IPropertyReferenceOperation { Property: var property } when ModularSymbols.Same(ModularSymbols.ExtendedBy(property), symbols.Current) => (ISymbol)property,
                _ => null,
            };
            if (member is null || Packages.InstallOf(member) is not { } installs || installs.Any(program.Installed.Contains)) return;
            var name = member is IMethodSymbol ? $"{member.Name}(…)" : $"Current.{member.Name}";
            // Of several template engines, the one whose package is there. UseTemplating alone isn't an engine, but one may be added to it.
            var install = installs.FirstOrDefault(one => one != "UseTemplating" && IsReferenced(operation.Compilation, one)) ?? installs[0];
            var line = $"{install}({(install == "UseSessions" ? "new() { SecretKey = app.Config[\"SECRET_KEY\"] }" : "")})";
            operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Package, operation.Operation.Syntax.GetLocation(),
                ImmutableDictionary<string, string?>.Empty.Add(Line, line),
                $"{name} needs a plugin that isn't installed in the application. Write app.{line} after new ModularApp(…)."));
        }, OperationKind.Invocation, OperationKind.PropertyReference);
    }

    static bool IsReferenced(Compilation compilation, string install) =>
        compilation.ReferencedAssemblyNames.Any(name => name.Name.StartsWith("Modular.", StringComparison.Ordinal) && name.Name.EndsWith($".{install["Use".Length..]}", StringComparison.Ordinal));
}
