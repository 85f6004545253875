namespace Modular.Generators;

/// <summary>The lines of generated code for the types that a call hands to templates: their properties, for programs without reflection.</summary>
sealed class TemplateTypeReader
{
    internal const string Types = "global::Modular.Templating.TemplateTypes";

    static readonly HashSet<string> Words =
    [
        "RenderTemplate", "RenderTemplateAsync", "RenderTemplateString", "RenderText", "StreamTemplate",
        "TemplateGlobal", "TemplateFunction", "TemplateFilter", "ContextProcessor",
    ];

    readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    readonly List<string> _lines = [];

    /// <summary>True when a call of this name may hand something to templates.</summary>
    internal static bool IsWord(string name) => Words.Contains(name);

    /// <summary>The lines for a call, or for <c>Current.G["user"] = user</c>. There, every value that becomes an object is for templates.</summary>
    internal static string Read(IOperation operation)
    {
        var reader = new TemplateTypeReader();
        foreach (var part in Arguments(operation).SelectMany(part => part.DescendantsAndSelf()))
            if (part is IConversionOperation { Type.SpecialType: SpecialType.System_Object, Operand.Type: { } type }) reader.Add(type);
            else if (part is ITupleOperation { Elements: [_, { Type: { } second }] }) reader.Add(second);
            else if (part is IConversionOperation { Operand.Type: INamedTypeSymbol { IsTupleType: true, TupleElements: [_, { Type: var value }] } }) reader.Add(value);
        return string.Join("\n", reader._lines.Distinct());
    }

    static IEnumerable<IOperation> Arguments(IOperation operation) => operation switch
    {
        IInvocationOperation call when call.TargetMethod.ContainingAssembly?.Name.StartsWith("Modular", StringComparison.Ordinal) == true => call.Arguments,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: "RequestItems" } } } set => [set.Value],
        _ => [],
    };

    void Add(ITypeSymbol type)
    {
        if (type.SpecialType != SpecialType.None || type.IsRefLikeType || TypeNames.Depth(type) > TypeNames.MostDepth || !_seen.Add(type.WithNullableAnnotation(NullableAnnotation.None))) return;
        if (type is IArrayTypeSymbol { ElementType: var item }) Add(item);
        if (type is not INamedTypeSymbol named) return;
        foreach (var argument in named.TypeArguments) Add(argument);
        foreach (var list in named.AllInterfaces.Where(one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T))
            Add(list.TypeArguments[0]);
        if (named.TypeKind is not (TypeKind.Class or TypeKind.Struct) || named.IsTupleType || !TypeNames.HasExample(named)
            || JsonTypes.IsFrameworks(named)) return;
        var properties = Properties(named).ToList();
        var isNamed = TypeNames.IsReachable(named);
        var readers = properties.Select(one => $", (\"{one.Name}\", static it => {Seen(one, named)}.@{one.Name})");
        if (properties.Count > 0 || !named.IsAbstract)
            _lines.Add($"{Types}.Add{(isNamed ? $"<{TypeNames.Of(named)}>(default" : $"({TypeNames.Example(named, _lines)}")}{string.Concat(readers)});");
        foreach (var property in properties) Add(property.Type);
    }

    // As TemplateData reads them: public, and not declared by the framework.
    static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        HashSet<string> seen = [];
        for (var one = type; one is not null; one = one.BaseType)
            foreach (var property in one.GetMembers().OfType<IPropertySymbol>())
                if (IsReadable(property) && !JsonTypes.IsFrameworks(one) && seen.Add(property.Name)) yield return property;
    }

    // The type may hide a property of its base class.
    static string Seen(IPropertySymbol property, INamedTypeSymbol type) => SymbolEqualityComparer.Default.Equals(property.ContainingType, type) ? "it"
        : $"(({TypeNames.Of(property.ContainingType)})it)";

    static bool IsReadable(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public, ExplicitInterfaceImplementations.IsEmpty: true }
        && property is { ReturnsByRef: false, ReturnsByRefReadonly: false, Type.IsRefLikeType: false, Type: not (IPointerTypeSymbol or IFunctionPointerTypeSymbol) }
        && TypeNames.IsKnown(property.Type);
}
