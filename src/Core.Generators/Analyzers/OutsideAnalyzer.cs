namespace Modular.Generators;

/// <summary>MOD005: <c>Current.…</c> in code that runs when no request is being handled.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutsideAnalyzer : ModularAnalyzer
{
    // Each makes a context current.
    static readonly string[] Scopes = ["AppContext", "TestRequestContext", "RequestContext", "Enter"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Outside, Descriptors.OutsideAtEnd];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        ConcurrentBag<(INamedTypeSymbol Type, IOperation Use)> constructed = [];
        ConcurrentDictionary<INamedTypeSymbol, bool> singletons = new(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(operation =>
        {
            var use = (IPropertyReferenceOperation)operation.Operation;
            if (!symbols.IsOfCurrent(use.Property) || HasScope(use)) return;
            var inFunction = FunctionAround(use);
            if (inFunction is IAnonymousFunctionOperation lambda && IsLeftAlone(lambda)) Report(operation.ReportDiagnostic, Descriptors.Outside, use,
                "in a task that outlives the request", $"Read what the task needs before Task.Run, or await the task in the view.");
            else if (inFunction is not null) return;
            else if (operation.ContainingSymbol is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true } or IMethodSymbol { MethodKind: MethodKind.StaticConstructor })
                Report(operation.ReportDiagnostic, Descriptors.Outside, use, "in a static initializer, which runs once and not for each request",
                    "Read it in a view or a hook.");
            else if (operation.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type }) constructed.Add((type, use));
        }, OperationKind.PropertyReference);
        context.RegisterOperationAction(operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod.Name is not ("AddSingleton" or "TryAddSingleton" or "AddHostedService")) return;
            if (call.TargetMethod.TypeArguments is [.., INamedTypeSymbol type]) singletons[type] = true;
        }, OperationKind.Invocation);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var (type, use) in constructed)
                if (singletons.ContainsKey(type)) Report(end.ReportDiagnostic, Descriptors.OutsideAtEnd, use,
                    $"in the constructor of {type.Name}, a singleton that is created once and not for each request", "Read it in the method that a view calls.");
        });
    }

    static void Report(Action<Diagnostic> report, DiagnosticDescriptor descriptor, IOperation use, string where, string remedy) =>
        report(Diagnostic.Create(descriptor, use.Syntax.GetLocation(), $"Current.{((IPropertyReferenceOperation)use).Property.Name} is read {where}. {remedy}"));

    static IOperation? FunctionAround(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
            if (at is IAnonymousFunctionOperation or ILocalFunctionOperation) return at;
        return null;
    }

    // Task.Run(() => …) or _ = Task.Run(() => …), which no one awaits.
    static bool IsLeftAlone(IAnonymousFunctionOperation lambda)
    {
        var at = lambda.Parent;
        while (at is IDelegateCreationOperation or IConversionOperation or IArgumentOperation) at = at.Parent;
        if (at is not IInvocationOperation { TargetMethod: { Name: "Run" or "StartNew", ContainingType.Name: "Task" or "TaskFactory" } } call) return false;
        return call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
    }

    static bool HasScope(IOperation use)
    {
        for (var at = use.Parent; at is not null; at = at.Parent)
            if (at is IBlockOperation block)
                foreach (var operation in block.Operations)
                    if (operation is IUsingDeclarationOperation or IUsingOperation or IVariableDeclarationGroupOperation
                        && operation.Descendants().Any(inner => inner is IInvocationOperation call && Scopes.Contains(call.TargetMethod.Name))) return true;
        return false;
    }
}
