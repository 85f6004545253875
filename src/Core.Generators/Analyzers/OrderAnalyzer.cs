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
            if (IsSetUp(call, symbols) && IsInView(call, symbols)) Report(call, "in a view or a hook, when the application has started");
            foreach (var late in AfterRun(call, symbols)) Report(late, $"after app.{call.TargetMethod.Name}(…), which serves until the application stops");

            void Report(IInvocationOperation late, string when) => operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Order, NameOf(late).GetLocation(),
                $"{late.TargetMethod.Name} is called {when}. Call it before app.Run() and before the first request."));
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

    static bool IsInView(IInvocationOperation call, ModularSymbols symbols)
    {
        for (var at = call.Parent; at is not null; at = at.Parent)
            if (at is IAnonymousFunctionOperation lambda) return ApplicationOf(call) is { } app && IsView(lambda, app, symbols);
        return false;
    }

    // The set-up of the same application in the statements that follow app.Run(), but not in functions, which may be called before.
    static IEnumerable<IInvocationOperation> AfterRun(IInvocationOperation call, ModularSymbols symbols)
    {
        var run = call.Parent is IAwaitOperation wait ? wait.Parent : call.Parent;
        if (run?.Parent is not IBlockOperation block || Runs(run) != call || ApplicationOf(call) is not { } app) yield break;
        foreach (var statement in block.Operations.SkipWhile(one => one != run).Skip(1))
        {
            if (Runs(statement) is { } again && ModularSymbols.Same(ApplicationOf(again), app)) yield break;
            foreach (var late in OutsideFunctions(statement).OfType<IInvocationOperation>())
                if (IsSetUp(late, symbols) && ModularSymbols.Same(ApplicationOf(late), app)) yield return late;
        }
    }

    static IEnumerable<IOperation> OutsideFunctions(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation ? []
        : operation.ChildOperations.SelectMany(OutsideFunctions).Prepend(operation);

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
