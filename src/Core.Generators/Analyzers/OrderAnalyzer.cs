namespace Modular.Generators;

/// <summary>MOD007: set-up when the application has started, <c>async void</c> views, and tasks that a view doesn't await.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrderAnalyzer : ModularAnalyzer
{
    static readonly string[] Hooks = ["BeforeRequest", "AfterRequest", "TeardownRequest", "ErrorHandler"];

    static readonly string[] SetUp = ["Get", "Post", "Put", "Patch", "Delete", "Route", "WebSocket", "Register", "BeforeRequest", "AfterRequest", "TeardownRequest",
        "ErrorHandler", "Converter", "Wrap", "Static", "EndpointFilter", "TemplateGlobal"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Order];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols)
    {
        context.RegisterOperationAction(operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (RouteCall.Of(call, symbols) is { View: { } view }) CheckView(operation.ReportDiagnostic, view, "view");
            else if (Hooks.Contains(call.TargetMethod.Name) && ModularSymbols.Same(call.TargetMethod.ContainingType, symbols.RouteGroup)
                && call.Arguments.Select(argument => RouteCall.Unwrapped(argument.Value)).OfType<IDelegateCreationOperation>().FirstOrDefault() is { } hook)
                CheckView(operation.ReportDiagnostic, hook, "hook");
            if (IsSetUp(call, symbols) && LateReason(call, symbols) is { } late) operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Order, NameOf(call).GetLocation(),
                $"{call.TargetMethod.Name} is called {late}. Call it before app.Run() and before the first request."));
        }, OperationKind.Invocation);
        context.RegisterOperationAction(operation =>
        {
            // In an async function, the compiler says the same (CS4014).
            if (operation.Operation is IExpressionStatementOperation { Operation: IInvocationOperation call } && symbols.IsTask(call.Type)
                && symbols.ViewAround(call, operation.ContainingSymbol) is { IsAsync: false }) operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Order, call.Syntax.GetLocation(),
                    $"The task of {call.TargetMethod.Name}(…) isn't awaited, so its errors are lost and it may outlive the request. Make the view async and await it."));
        }, OperationKind.ExpressionStatement);
    }

    static void CheckView(Action<Diagnostic> report, IDelegateCreationOperation view, string what)
    {
        var method = view.Target switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        if (method is { IsAsync: true, ReturnsVoid: true }) report(Diagnostic.Create(Descriptors.Order, view.Syntax.GetLocation(),
            $"The {what} {(method.Name is { Length: > 0 } name ? $"\"{name}\" " : "")}is async and returns void, so it can't be awaited. Return Task, or remove async."));
    }

    static bool IsSetUp(IInvocationOperation call, ModularSymbols symbols)
    {
        var name = call.TargetMethod.Name;
        if (!name.StartsWith("Use", StringComparison.Ordinal) && !SetUp.Contains(name)) return false;
        if (ModularSymbols.Same(call.TargetMethod.ContainingType, symbols.RouteGroup) || ModularSymbols.Same(call.TargetMethod.ContainingType, symbols.App))
            return ModularSymbols.Same(RouteCall.Receiver(call)?.Type, symbols.App);
        return ModularSymbols.Same(ModularSymbols.ExtendedBy(call.TargetMethod), symbols.App);
    }

    // After app.Run() in the same block, or inside a view or a hook.
    static string? LateReason(IInvocationOperation call, ModularSymbols symbols)
    {
        if (ApplicationOf(call) is not { } app) return null;
        for (IOperation at = call; at.Parent is { } parent; at = parent)
        {
            if (parent is IAnonymousFunctionOperation lambda) return IsView(lambda, app, symbols) ? "in a view or a hook, when the application has started" : null;
            if (parent is not IBlockOperation block) continue;
            foreach (var earlier in block.Operations)
            {
                if (earlier == at) break;
                if (Runs(earlier) is { } run && ModularSymbols.Same(ApplicationOf(run), app)) return $"after app.{run.TargetMethod.Name}(…), which serves until the application stops";
            }
        }
        return null;
    }

    static IInvocationOperation? Runs(IOperation statement)
    {
        var operation = (statement as IExpressionStatementOperation)?.Operation;
        if (operation is IAwaitOperation { Operation: var awaited }) operation = awaited;
        return operation is IInvocationOperation { TargetMethod: { Name: "Run" or "RunAsync", ContainingType.Name: "ModularApp" } } run
            && (run.TargetMethod.Name == "Run" || statement is IExpressionStatementOperation { Operation: IAwaitOperation }) ? run : null;
    }

    // The variable that holds the application.
    static ISymbol? ApplicationOf(IInvocationOperation call)
    {
        var receiver = RouteCall.Receiver(call) ?? (call.Arguments is [{ Value: var first }, ..] ? RouteCall.Unwrapped(first) : null);
        while (receiver is IInvocationOperation { } chained && chained.Type?.Name == "ModularApp") receiver = RouteCall.Receiver(chained);
        return receiver switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
    }

    static bool IsView(IAnonymousFunctionOperation lambda, ISymbol app, ModularSymbols symbols)
    {
        var at = lambda.Parent;
        while (at is IDelegateCreationOperation or IConversionOperation or IArgumentOperation) at = at.Parent;
        return at is IInvocationOperation around && ModularSymbols.Same(ApplicationOf(around), app)
            && (RouteCall.Of(around, symbols) is not null || (Hooks.Contains(around.TargetMethod.Name) && ModularSymbols.Same(around.TargetMethod.ContainingType, symbols.RouteGroup)));
    }

    static SyntaxNode NameOf(IInvocationOperation call) =>
        call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } ? name : call.Syntax;
}
