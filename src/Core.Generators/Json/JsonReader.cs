namespace Modular.Generators;

/// <summary>The lines of generated code for the JSON of a type and of the types in it, for programs that have no reflection.</summary>
/// <remarks>
/// A type that uses more of System.Text.Json than names, orders, converters and conditions has no lines, and neither has a type that contains
/// one. The program then needs a JsonSerializerContext, as its error says.
/// </remarks>
sealed class JsonReader
{
    const string Services = "global::System.Text.Json.Serialization.Metadata.JsonMetadataServices";

    readonly List<string> _lines = [];
    readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Adds the lines of a type that a view takes or returns.</summary>
    internal static void Read(ITypeSymbol type, List<string> lines)
    {
        if (type.SpecialType == SpecialType.System_Object || type.TypeKind is TypeKind.Error or TypeKind.Dynamic) return;
        var reader = new JsonReader();
        if (reader.Add(type)) lines.AddRange(reader._lines);
    }

    bool Add(ITypeSymbol type)
    {
        if (!_seen.Add(type.WithNullableAnnotation(NullableAnnotation.None))) return true;
        if (!TypeNames.HasExample(type) || TypeNames.Depth(type) > TypeNames.MostDepth || InfoOf(type) is not { } info) return false;
        _lines.Add(TypeNames.IsReachable(type)
            ? $"{ShapeReader.Shapes}.Json<{TypeNames.Of(type)}>(static options => {info});"
            : $"{ShapeReader.Shapes}.Json(static options => {info}, like: {TypeNames.Example(type, _lines)});");
        return true;
    }

    string? InfoOf(ITypeSymbol type)
    {
        if (JsonAttributes.ConverterOf(type, type) is { } converter)
            return converter == "" ? null : $"{Function(JsonFunctions.Converted)}<{TypeNames.Of(type)}>(options, {converter})";
        if (JsonTypes.ConverterOf(type) is { } name) return $"{Services}.CreateValueInfo<{TypeNames.Of(type)}>(options, {Services}.{name})";
        // Their converters are the core's own, in its options.
        if (type.Is("Markup") || type is { Name: "BigInteger", ContainingNamespace: { Name: "Numerics" } }) return "null";
        if (type.TypeKind == TypeKind.Enum) return $"{Services}.CreateValueInfo<{TypeNames.Of(type)}>(options, {Services}.GetEnumConverter<{TypeNames.Of(type)}>(options))";
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var bare] }) return !Add(bare) ? null
            : $"{Services}.CreateValueInfo<{TypeNames.Of(type)}>(options, {Services}.GetNullableConverter<{TypeNames.Of(bare)}>(options))";
        if (JsonTypes.ListOf(type) is { } list) return Add(list.Item) ? Of(list.Function, list.Item) : null;
        if (JsonTypes.DictionaryOf(type) is { } dictionary)
            return Add(dictionary.Key) && Add(dictionary.Value) ? Of(dictionary.Function, dictionary.Key, dictionary.Value) : null;
        return type is INamedTypeSymbol named && JsonTypes.IsObject(named) ? new JsonObject(named, Function, Add, _lines).Info() : null;
    }

    // A function with the types as arguments, or with examples of them when one has no name.
    string Of(string function, params ITypeSymbol[] types) => types.All(TypeNames.IsReachable)
        ? $"{Function(function)}<{string.Join(", ", types.Select(TypeNames.Of))}>(options)"
        : $"{Function(function)}(options, {string.Join(", ", types.Select(type => TypeNames.Example(type, _lines)))})";

    string Function(string name)
    {
        _lines.Add(JsonFunctions.All[name]);
        return name;
    }
}
