namespace Modular.Generators;

/// <summary>MOD006: <c>RenderTemplate</c> with a name that isn't among the project's templates.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TemplateAnalyzer : ModularAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Template];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        string[] files = [.. context.Options.AdditionalFiles.Select(file => file.Path.Replace('\\', '/')).Where(path => path.Contains("/templates/") || path.StartsWith("templates/", StringComparison.Ordinal))];
        if (files.Length == 0) return;
        string[] names = [.. files.Select(path => path[(path.LastIndexOf("templates/", StringComparison.Ordinal) + "templates/".Length)..])];
        context.RegisterOperationAction(operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod.Name is not ("RenderTemplate" or "RenderTemplateAsync") || call.TargetMethod.ContainingAssembly?.Name != "Modular.Templating"
                || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "template") is not { Value: { ConstantValue: { HasValue: true, Value: string name } } value }
                || files.Any(path => path == name || path.EndsWith($"/{name}", StringComparison.Ordinal))) return;
            // Blueprints and plugins may have templates elsewhere, so a name that is like none of these is left alone.
            if (Suggest.Nearest(name, names) is { } near) operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Template, value.Syntax.GetLocation(),
                Descriptors.Replace(near), $"There is no template \"{name}\". Did you mean \"{near}\"?"));
            else if (!name.Contains('/') && symbols.IsAlone) operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Template, value.Syntax.GetLocation(),
                $"There is no template \"{name}\". Add the file templates/{name}."));
        }, OperationKind.Invocation);
    }
}
