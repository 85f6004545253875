namespace Modular.Generators;

/// <summary>MOD008: a secret key as a literal.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : ModularAnalyzer
{
    static readonly string[] Names = ["SecretKey", "SecretKeys", "SecretKeyFallbacks", "FallbackKeys"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Secret];

    protected private override bool IsForSitesOnly => true;

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols) => context.RegisterOperationAction(operation =>
    {
        var assignment = (ISimpleAssignmentOperation)operation.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property } || !Names.Contains(property.Name)
            || !ModularSymbols.IsOurs(property.ContainingAssembly)) return;
        var app = assignment.Syntax.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name }
            && ModularSymbols.Same(assignment.SemanticModel?.GetTypeInfo(name).Type, symbols.App) ? name.Identifier.Text : null;
        var better = app is null ? "Environment.GetEnvironmentVariable(\"MODULAR_SECRET_KEY\")" : $"{app}.Config[\"SECRET_KEY\"]";
        foreach (var value in RouteCall.Unwrapped(assignment.Value) is ICollectionExpressionOperation list ? list.Elements : [assignment.Value])
        {
            // An ellipsis is a gap in an example. A weak key is allowed in development only.
            if (RouteCall.Unwrapped(value).ConstantValue is not { HasValue: true, Value: string { Length: > 1 } } || AllowsWeakKey(assignment)) continue;
            operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Secret, value.Syntax.GetLocation(), Descriptors.Replace(better),
                $"{property.Name} is in the source, where everyone who can read the code can sign cookies with it. Write {better}, and set the variable MODULAR_SECRET_KEY."));
        }
    }, OperationKind.SimpleAssignment);

    static bool AllowsWeakKey(ISimpleAssignmentOperation assignment) => assignment.Parent is IObjectOrCollectionInitializerOperation initializer
        && initializer.Initializers.Any(one => one is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "AllowWeakKey" }, Value.ConstantValue: { HasValue: true, Value: true } });
}
