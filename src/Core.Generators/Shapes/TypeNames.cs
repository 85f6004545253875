namespace Modular.Generators;

/// <summary>Types as generated code writes them.</summary>
static class TypeNames
{
    internal static string Of(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>True when code of another file of the program can write the type's name.</summary>
    internal static bool IsReachable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsReachable(array.ElementType),
        IDynamicTypeSymbol => true,
        INamedTypeSymbol { IsAnonymousType: true } or IErrorTypeSymbol => false,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => IsReachable(element.Type)),
        INamedTypeSymbol named => named.CanBeReferencedByName && !named.IsFileLocal
            && (named.DeclaredAccessibility is Accessibility.Public
                || named.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal && named.Locations.Any(place => place.IsInSource))
            && (named.ContainingType is null || IsReachable(named.ContainingType)) && named.TypeArguments.All(IsReachable),
        _ => false,
    };

    /// <summary>True when generic code can be called with it.</summary>
    internal static bool CanBeArgument(ITypeSymbol type) => IsReachable(type) && !type.IsRefLikeType
        && !(type.TypeKind == TypeKind.Interface && type.AllInterfaces.Append(type).Any(one => one.GetMembers().Any(member => member is { IsStatic: true, IsAbstract: true })));

    /// <summary>How deeply type arguments are nested. A type that contains a larger one of its kind would have no end.</summary>
    internal static int Depth(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + Depth(array.ElementType),
        INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } => 1 + arguments.Max(Depth),
        _ => 1,
    };

    internal const int MostDepth = 8;

    /// <summary>False for a type of an assembly that the program doesn't reference.</summary>
    internal static bool IsKnown(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => false,
        IArrayTypeSymbol array => IsKnown(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.All(IsKnown),
        _ => true,
    };

    /// <summary>A part of a name that no other type has.</summary>
    internal static string Part(ITypeSymbol type) => Regex.Replace(type.ToDisplayString().Replace("_", "__"), @"\W", "_");

    /// <summary>True for anonymous types, and for types around them.</summary>
    internal static bool HasExample(ITypeSymbol type) => IsReachable(type) || type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => HasExample(array.ElementType),
        INamedTypeSymbol { IsAnonymousType: true, TypeKind: not TypeKind.Delegate } anonymous => Properties(anonymous).All(property => HasExample(property.Type)),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => HasExample(element.Type)),
        INamedTypeSymbol { IsGenericType: true, ContainingType: null, IsFileLocal: false } named => IsOpen(named) && named.TypeArguments.All(HasExample),
        _ => false,
    };

    /// <summary>An expression of the type, from which the compiler infers it. It isn't evaluated.</summary>
    /// <param name="lines">Receives the functions that it calls.</param>
    internal static string Example(ITypeSymbol type, List<string> lines)
    {
        if (IsReachable(type)) return $"default({Of(type)})";
        switch (type)
        {
            case IArrayTypeSymbol array:
                return $"new[] {{ {Example(array.ElementType, lines)} }}";
            case INamedTypeSymbol { IsAnonymousType: true } anonymous:
                return $"new {{ {string.Join(", ", Properties(anonymous).Select(property => $"@{property.Name} = {Example(property.Type, lines)}"))} }}";
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return $"({string.Join(", ", tuple.TupleElements.Select(element => Example(element.Type, lines)))})";
            case INamedTypeSymbol named:
                var definition = named.OriginalDefinition;
                var function = $"Like_{Part(definition)}";
                var parameters = definition.TypeParameters.Select(one => $"@{one.Name}").ToArray();
                lines.Add($"static {Of(definition)} {function}<{string.Join(", ", parameters)}>"
                    + $"({string.Join(", ", parameters.Select((one, i) => $"{one} p{i}"))}) => default!;");
                return $"{function}({string.Join(", ", named.TypeArguments.Select(argument => Example(argument, lines)))})";
            default:
                throw new ArgumentException($"{type} has no example.", nameof(type));
        }
    }

    // A function with the same type parameters needs no constraints.
    static bool IsOpen(INamedTypeSymbol named) => named.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
        && named.TypeParameters.All(one => !one.HasReferenceTypeConstraint && !one.HasValueTypeConstraint && !one.HasNotNullConstraint
            && !one.HasConstructorConstraint && one.ConstraintTypes.IsEmpty);

    static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol anonymous) => anonymous.GetMembers().OfType<IPropertySymbol>();
}
