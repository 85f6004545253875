namespace Modular.Generators;

/// <summary>The attributes of System.Text.Json on a type or a property.</summary>
static class JsonAttributes
{
    static readonly string[] Known = ["JsonPropertyNameAttribute", "JsonIgnoreAttribute", "JsonPropertyOrderAttribute", "JsonRequiredAttribute",
        "JsonConverterAttribute", "JsonConstructorAttribute"];

    internal static AttributeData? Find(ISymbol symbol, string name) => Of(symbol).FirstOrDefault(one => one.AttributeClass!.Name == $"{name}Attribute");

    /// <summary>True when one of them has no generated code.</summary>
    internal static bool AreStrange(ISymbol symbol) => Of(symbol).Any(one => !Known.Contains(one.AttributeClass!.Name));

    /// <summary>The expression of the converter that an attribute names. Null without an attribute, "" when generated code can't make it.</summary>
    internal static string? ConverterOf(ISymbol symbol, ITypeSymbol type)
    {
        if (Find(symbol, "JsonConverter") is not { } attribute) return null;
        if (attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol converter }]) return "";
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) return "";
        // The converter of all enums makes others by reflection; that of one enum doesn't.
        if (converter is { Name: "JsonStringEnumConverter", IsGenericType: false })
            return type.TypeKind == TypeKind.Enum ? $"new global::System.Text.Json.Serialization.JsonStringEnumConverter<{TypeNames.Of(type)}>()" : "";
        return !converter.IsUnboundGenericType && TypeNames.IsReachable(converter) && converter.InstanceConstructors.Any(one =>
            one.Parameters.IsEmpty && one.DeclaredAccessibility == Accessibility.Public) ? $"new {TypeNames.Of(converter)}()" : "";
    }

    // Also those that a program derives from them.
    static IEnumerable<AttributeData> Of(ISymbol symbol) => symbol.GetAttributes().Where(one =>
    {
        for (var type = one.AttributeClass; type is not null; type = type.BaseType)
            if (type.ContainingNamespace.ToDisplayString() == "System.Text.Json.Serialization") return true;
        return false;
    });
}
