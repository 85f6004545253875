namespace Modular.Generators;

/// <summary>MOD002: a view whose parameters don't fit its rule, as the core's binder says it when the application starts.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ViewAnalyzer : ModularAnalyzer
{
    internal const string Rename = "rename", Retype = "retype";

    static readonly string[] Contexts = ["_", "__", "c", "context", "ctx", "http", "req", "request"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.View];

    protected private override void Start(CompilationStartAnalysisContext context, ModularSymbols symbols) => context.RegisterOperationAction(operation =>
    {
        if (RouteCall.Of((IInvocationOperation)operation.Operation, symbols) is not { Rule: { } text, ViewMethod: { } method, RuleArgument: { } argument } call) return;
        // Defaults may fill parameters, and a prefix may have variables of its own.
        if (call.HasOptions || ParsedRule.Of(text, call.IsOfApp) is not { Problem: null } rule) return;
        var isUntyped = call.IsTextView && call.View!.Syntax is LambdaExpressionSyntax lambda && IsUntyped(lambda);
        HashSet<string> taken = [];
        IParameterSymbol? left = null;
        foreach (var parameter in method.Parameters)
        {
            if (rule.ConverterOf(parameter.Name) is { } converter && !IsExplicit(parameter))
            {
                taken.Add(parameter.Name);
                if (!isUntyped || converter.IsCustom) CheckType(parameter, converter);
            }
            else if (FromRoute(parameter) is { } variable) taken.Add(variable);
            else if (isUntyped ? !Contexts.Contains(parameter.Name) : IsText(parameter)) left ??= parameter;
        }
        if (left is null || !call.IsOfApp) return;
        var unused = rule.Variables.FirstOrDefault(variable => !taken.Contains(variable));
        if (unused is not null) Report(left.Locations[0], ImmutableDictionary<string, string?>.Empty.Add(Rename, unused),
            $"The rule has <{unused}>, the view takes \"{left.Name}\" (rule \"{text}\"). Give both the same name, or " + (isUntyped
                ? $"give the parameter a type: (string {left.Name}) => …." : $"write [FromQuery] {left.Type.ToDisplayString()} {left.Name} when it comes from the query."));
        else if (isUntyped) Report(left.Locations[0], ImmutableDictionary<string, string?>.Empty,
            $"Parameter \"{left.Name}\" of the view for rule \"{text}\" has no type, and the rule has no <{left.Name}>. "
            + $"Write (string {left.Name}) => … for a value of the query, or (RequestContext {left.Name}) => ….");

        void CheckType(IParameterSymbol parameter, UrlConverter converter)
        {
            if (converter.IsCustom || Fits(parameter.Type, converter, symbols)) return;
            var wanted = Bare(parameter.Type);
            var (given, better) = (TypeOf(converter), wanted.Name == "Guid" ? "uuid" : IsReal(wanted) ? "float" : IsWhole(wanted) ? "int" : null);
            Report(parameter.Locations[0], ImmutableDictionary<string, string?>.Empty.Add(Retype, given),
                $"Rule \"{text}\" gives \"{parameter.Name}\" as {given}, but its view takes {parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}. "
                + $"Write {(better is null ? "" : $"<{better}:{parameter.Name}>, or ")}{given} {parameter.Name}.");
        }

        void Report(Location place, ImmutableDictionary<string, string?> fix, string message) => operation.ReportDiagnostic(Diagnostic.Create(
            Descriptors.View, place.SourceTree is null ? argument.Syntax.GetLocation() : place, [argument.Syntax.GetLocation()], fix, message));
    }, OperationKind.Invocation);

    static bool IsUntyped(LambdaExpressionSyntax lambda) => lambda is SimpleLambdaExpressionSyntax
        or ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Type: null }] };

    static bool IsExplicit(IParameterSymbol parameter) => parameter.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name.StartsWith("From", StringComparison.Ordinal) is true);

    static string? FromRoute(IParameterSymbol parameter) => parameter.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == "FromRouteAttribute")
        .Select(attribute => attribute.NamedArguments.FirstOrDefault(named => named.Key == "Name").Value.Value as string ?? parameter.Name).FirstOrDefault();

    // What the binder takes from the query without an attribute.
    static bool IsText(IParameterSymbol parameter)
    {
        var type = Bare(parameter.Type);
        return !IsExplicit(parameter) && parameter.RefKind == RefKind.None && (type.SpecialType == SpecialType.System_String
            || (type.IsValueType && type.Name != "CancellationToken" && (type.TypeKind == TypeKind.Enum
                || type.AllInterfaces.Any(one => one is { Name: "IParsable", TypeArguments: [var of] } && ModularSymbols.Same(of, type)))));
    }

    static ITypeSymbol Bare(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var of] } ? of : type;

    static string TypeOf(UrlConverter converter) => converter.Name switch { "int" => "int", "float" => "double", "uuid" => "Guid", _ => "string" };

    static bool Fits(ITypeSymbol type, UrlConverter converter, ModularSymbols symbols)
    {
        var wanted = Bare(type);
        if (wanted.TypeKind is TypeKind.Error or TypeKind.TypeParameter || wanted.SpecialType == SpecialType.System_Object) return true;
        return converter.Name switch
        {
            "int" => IsWhole(wanted) || IsReal(wanted) || IsInterfaceOf(wanted, "Int32"),
            "float" => IsReal(wanted) || IsInterfaceOf(wanted, "Double"),
            "uuid" => wanted.Name == "Guid" || IsInterfaceOf(wanted, "Guid"),
            _ => wanted.SpecialType == SpecialType.System_String || wanted.TypeKind == TypeKind.Interface,
        };
    }

    // The binder accepts what the value is assignable to, such as IConvertible.
    static bool IsInterfaceOf(ITypeSymbol type, string name) => type.TypeKind == TypeKind.Interface || type.SpecialType == SpecialType.System_ValueType || type.Name == name;

    static bool IsWhole(ITypeSymbol type) => type.SpecialType != SpecialType.System_Char && type.TypeKind != TypeKind.Enum
        && type.AllInterfaces.Any(one => one is { Name: "IBinaryInteger", TypeArguments: [var of] } && ModularSymbols.Same(of, type));

    static bool IsReal(ITypeSymbol type) => type.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal;
}
