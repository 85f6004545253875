namespace Modular.Generators;

/// <summary>MOD003: a view that returns text of the request inside a string, which is sent as HTML.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HtmlAnalyzer : ModularAnalyzer
{
    // Methods whose result can't be markup of another user's, by their names.
    static readonly string[] Safe = ["Escape", "Html", "HtmlEncode", "UrlEncode", "EscapeDataString", "UrlFor", "SecureFilename", "ToBase64String", "ToHexString", "Encode", "Best"];

    // An address, and words that the server checks.
    static readonly string[] NoMarkup = ["RemoteAddr", "RemoteIpAddress", "Method", "Scheme", "Protocol"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Html];

    protected private override bool IsForSitesOnly => true;

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols) => context.RegisterOperationAction(operation =>
    {
        if (operation.Operation is IReturnOperation { ReturnedValue: { } value } && MayBe(Page(value)) && symbols.ViewAround(value, operation.ContainingSymbol) is { } view
            && !ModularSymbols.Same(symbols.Awaited(view.ReturnType), symbols.Markup)) Check(operation.ReportDiagnostic, Page(value), view, symbols);
    }, OperationKind.Return);

    // Most results of other functions end here.
    static bool MayBe(IOperation? value) => value is IInterpolatedStringOperation or IBinaryOperation or IConditionalOperation;

    // The body of a tuple (body, status). One with headers may have another content type.
    static IOperation? Page(IOperation value)
    {
        value = RouteCall.Unwrapped(value);
        return value is not ITupleOperation tuple ? value
            : tuple.Elements is [var body, var status] && RouteCall.Unwrapped(status).Type?.SpecialType == SpecialType.System_Int32 ? RouteCall.Unwrapped(body) : null;
    }

    static void Check(Action<Diagnostic> report, IOperation? value, IMethodSymbol view, ModularSymbols symbols)
    {
        if (value is IConditionalOperation { WhenTrue: var one, WhenFalse: var other })
        {
            Check(report, Page(one), view, symbols);
            if (other is not null) Check(report, Page(other), view, symbols);
        }
        if (value is not { Type.SpecialType: SpecialType.System_String }) return;
        var culprit = value switch
        {
            IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().Select(part => part.Expression)
                .FirstOrDefault(hole => IsOfRequest(hole, view, symbols)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Operands(sum).FirstOrDefault(operand => IsOfRequest(operand, view, symbols)),
            _ => null,
        };
        if (culprit is null) return;
        var shown = Regex.Replace(culprit.Syntax.ToString(), @"\s+", " ");
        if (shown.Length > 60) shown = shown[..59] + "…";
        report(Diagnostic.Create(Descriptors.Html, culprit.Syntax.GetLocation(), [value.Syntax.GetLocation()],
            $"\"{shown}\" comes from the request and is sent as HTML without escaping. Write Html($\"…{{{shown}}}…\"), which escapes its values."));
    }

    static IEnumerable<IOperation> Operands(IBinaryOperation sum)
    {
        foreach (var operand in (IOperation[])[sum.LeftOperand, sum.RightOperand])
            if (RouteCall.Unwrapped(operand) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } inner)
                foreach (var deeper in Operands(inner)) yield return deeper;
            else yield return operand;
    }

    // Text that is a parameter of the view, or that is read from the request. Numbers, dates and the like can't hold markup.
    static bool IsOfRequest(IOperation hole, IMethodSymbol view, ModularSymbols symbols, int depth = 0)
    {
        hole = RouteCall.Unwrapped(hole);
        if (hole.ConstantValue.HasValue || depth > 4) return false;
        if (!IsText(hole.Type)) return false;
        switch (hole)
        {
            case IParameterReferenceOperation { Parameter: var parameter }:
                return ModularSymbols.Same(parameter.ContainingSymbol, view) && !parameter.GetAttributes().Any(attribute =>
                    attribute.AttributeClass?.Name is "FromServicesAttribute" or "FromKeyedServicesAttribute");
            case IInvocationOperation { TargetMethod: var method } call:
                if (Safe.Contains(method.Name)) return false;
                return (call.Instance is { } instance && (IsOfRequest(instance, view, symbols, depth + 1) || ReadsRequest(instance, symbols)))
                    || (call.TargetMethod.ContainingType?.SpecialType == SpecialType.System_String && call.Arguments.Any(argument => IsOfRequest(argument.Value, view, symbols, depth + 1)));
            case IPropertyReferenceOperation { Instance: { } owner, Property: var property }:
                return !NoMarkup.Contains(property.Name) && (ReadsRequest(owner, symbols) || IsOfRequest(owner, view, symbols, depth + 1));
            case ICoalesceOperation coalesce:
                return IsOfRequest(coalesce.Value, view, symbols, depth + 1) || IsOfRequest(coalesce.WhenNull, view, symbols, depth + 1);
            case IConditionalOperation { WhenTrue: var one, WhenFalse: { } other }:
                return IsOfRequest(one, view, symbols, depth + 1) || IsOfRequest(other, view, symbols, depth + 1);
            case IInterpolatedStringOperation text:
                return text.Parts.OfType<IInterpolationOperation>().Any(part => IsOfRequest(part.Expression, view, symbols, depth + 1));
            case ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] } }
                when hole.SemanticModel is { } model && declaration.SyntaxTree == model.SyntaxTree
                && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial } && model.GetOperation(initial) is { } value:
                return IsOfRequest(value, view, symbols, depth + 1);
            default:
                return false;
        }
    }

    static bool IsText(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_String or SpecialType.System_Object } or { Name: "StringValues" or "PathString" or "QueryString" or "HostString" };

    // Current.Request.Args["q"], request.Form.Get("name"), context.Request.Path: some object on the way is the request.
    static bool ReadsRequest(IOperation owner, ModularSymbols symbols)
    {
        for (var at = RouteCall.Unwrapped(owner); ;)
        {
            if (ModularSymbols.Same(at.Type, symbols.Request) || at.Type is { Name: "HttpRequest", ContainingNamespace.Name: "Http" }) return true;
            var next = at switch
            {
                IPropertyReferenceOperation property => property.Instance,
                IInvocationOperation call => call.Instance,
                IAwaitOperation wait => wait.Operation,
                _ => null,
            };
            if (next is null) return false;
            at = RouteCall.Unwrapped(next);
        }
    }
}
