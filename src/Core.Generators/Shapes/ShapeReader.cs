namespace Modular.Generators;

/// <summary>The lines of generated code for one call: the shape of its delegate, and the types that it takes and returns.</summary>
static class ShapeReader
{
    internal const string Shapes = "global::Modular.Plugins.ViewShapes";

    internal static string Read(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingAssembly?.Name is not { } assembly || !assembly.StartsWith("Modular", StringComparison.Ordinal)) return "";
        var lines = new List<string>();
        if (call.TargetMethod is { Name: "Json" or "MakeResponse", IsStatic: true } && call.Arguments is [{ Value: var body }, ..])
            OfBody(Unwrapped(body).Type, lines);
        if (call.TargetMethod is { Name: "GetJson" or "GetJsonAsync", TypeArguments: [var read] }) JsonReader.Read(read, lines);
        var mayHaveBody = call.TargetMethod.Name is "Post" or "Put" or "Patch" or "Delete" or "Route";
        foreach (var argument in call.Arguments)
            if (Unwrapped(argument.Value) is IDelegateCreationOperation { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } type } made)
                OfDelegate(type, invoke, made, argument.Parameter?.Type.SpecialType == SpecialType.System_Delegate, mayHaveBody, lines);
        if (call.TargetMethod is { Name: "Route", TypeArguments: [INamedTypeSymbol view] } && IsMethodView(view))
            foreach (var method in view.GetMembers().OfType<IMethodSymbol>().Where(method => method.DeclaredAccessibility == Accessibility.Public))
                OfSignature(method, mayHaveBody: true, lines);
        return string.Join("\n", lines.Distinct());
    }

    static void OfDelegate(INamedTypeSymbol type, IMethodSymbol invoke, IDelegateCreationOperation made, bool isAny, bool mayHaveBody, List<string> lines)
    {
        OfSignature(invoke, mayHaveBody, lines);
        if (made.Target is IAnonymousFunctionOperation function && BodyOf(invoke.ReturnType).SpecialType == SpecialType.System_Object)
            foreach (var end in function.Body.Descendants().OfType<IReturnOperation>())
                if (end.ReturnedValue is { } value) OfBody(Unwrapped(value).Type, lines);
        // Of the other overloads, the core knows the shape.
        if (!isAny || invoke.ReturnsByRef || invoke.ReturnsByRefReadonly || invoke.Parameters.Any(parameter => parameter.RefKind != RefKind.None || parameter.IsParams))
            return;
        var call = $"view({string.Join(", ", invoke.Parameters.Select((parameter, i) => $"at.Get<{TypeNames.Of(parameter.Type)}>({i})"))})";
        var result = invoke.ReturnsVoid ? "global::System.Threading.Tasks.ValueTask" : TypeNames.Of(invoke.ReturnType);
        var lambda = $"[global::System.Diagnostics.StackTraceHidden] static (view, at) => {(invoke.ReturnsVoid ? $"{{ {call}; return default(global::System.Threading.Tasks.ValueTask); }}" : call)}";
        if (!invoke.Parameters.All(parameter => TypeNames.CanBeArgument(parameter.Type)) || invoke.ReturnType.IsRefLikeType) return;
        if (TypeNames.IsReachable(type)) lines.Add($"{Shapes}.Add<{TypeNames.Of(type)}, {result}>({lambda});");
        else if (Like(invoke, made, lines) is { } like) lines.Add($"{Shapes}.Add({lambda}, like: {like});");
    }

    static void OfSignature(IMethodSymbol method, bool mayHaveBody, List<string> lines)
    {
        foreach (var parameter in method.Parameters)
        {
            OfParameter(parameter.Type, lines);
            if (mayHaveBody && parameter.Type is IArrayTypeSymbol or INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct })
                JsonReader.Read(parameter.Type, lines);
        }
        OfResult(method.ReturnType, lines);
        OfBody(BodyOf(method.ReturnType), lines);
    }

    // What is sent as JSON: neither texts and bytes nor responses.
    static void OfBody(ITypeSymbol? type, List<string> lines)
    {
        if (type is INamedTypeSymbol { IsTupleType: true, TupleElements: [var first, ..] }) type = first.Type;
        if (type is null or { SpecialType: SpecialType.System_String or SpecialType.System_Void } or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
            || type is INamedTypeSymbol { Name: "IAsyncEnumerable", TypeArguments: [var item] } && item.SpecialType == SpecialType.System_String) return;
        JsonReader.Read(type, lines);
    }

    static ITypeSymbol BodyOf(ITypeSymbol returned) => AwaitedOf(returned) ?? returned;

    static ITypeSymbol? AwaitedOf(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } task
        && task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks" ? result : null;

    // A lambda of a type without a name: one with default values, or with an anonymous type as its result.
    static string? Like(IMethodSymbol invoke, IDelegateCreationOperation made, List<string> lines)
    {
        if (made.Target is not IAnonymousFunctionOperation || !invoke.ReturnsVoid && !TypeNames.HasExample(invoke.ReturnType)) return null;
        var parameters = invoke.Parameters.Select((parameter, i) =>
            $"{TypeNames.Of(parameter.Type)} p{i}{(parameter.HasExplicitDefaultValue ? $" = {DefaultOf(parameter)}" : "")}");
        return $"static ({string.Join(", ", parameters)}) => {(invoke.ReturnsVoid ? "{ }" : TypeNames.Example(invoke.ReturnType, lines))}";
    }

    internal static string DefaultOf(IParameterSymbol parameter) => parameter.ExplicitDefaultValue is not { } value ? "default"
        : Bare(parameter.Type) is { TypeKind: TypeKind.Enum } type ? $"({TypeNames.Of(type)})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})"
        : value switch
        {
            float number when float.IsNaN(number) => "float.NaN",
            double number when double.IsNaN(number) => "double.NaN",
            float number when float.IsInfinity(number) => number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
            double number when double.IsInfinity(number) => number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            long number => number.ToString(CultureInfo.InvariantCulture) + "L",
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
        };

    static void OfResult(ITypeSymbol type, List<string> lines)
    {
        if (AwaitedOf(type) is not { } result) return;
        if (TypeNames.IsReachable(result)) lines.Add($"{Shapes}.Awaited<{TypeNames.Of(result)}>();");
        else if (TypeNames.HasExample(result)) lines.Add($"Awaited({TypeNames.Example(result, lines)});");
    }

    // The type, without its "?", and the type of a list's items: all of them may be read from text or JSON.
    static void OfParameter(ITypeSymbol type, List<string> lines)
    {
        if (!TypeNames.CanBeArgument(type)) return;
        var name = TypeNames.Of(type);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var bare] })
        {
            lines.Add($"{Shapes}.Type<{name}>();");
            OfParameter(bare, lines);
            return;
        }
        lines.Add(type.TypeKind == TypeKind.Enum ? $"{Shapes}.Enum<{name}>();" : $"{Shapes}.{(IsParsable(type) ? "Parsable" : "Type")}<{name}>();");
        if (type is IArrayTypeSymbol { ElementType: var item }) OfParameter(item, lines);
        else if (type is INamedTypeSymbol { IsGenericType: true, TypeArguments: [var element] } list
            && list.AllInterfaces.Append(list).Any(one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T))
            OfParameter(element, lines);
    }

    static bool IsParsable(ITypeSymbol type) => type.AllInterfaces.Any(one => one is { Name: "IParsable", TypeArguments: [var self] }
        && one.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
        && SymbolEqualityComparer.Default.Equals(self, type));

    static ITypeSymbol Bare(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var bare] } ? bare : type;

    static bool IsMethodView(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Is("MethodView")) return true;
        return false;
    }

    static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        return operation;
    }
}
