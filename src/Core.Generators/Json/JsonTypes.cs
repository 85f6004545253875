namespace Modular.Generators;

/// <summary>What JSON a type is: a value, a list, a dictionary or an object.</summary>
static class JsonTypes
{
    static readonly Dictionary<string, string> Values = new()
    {
        ["object"] = "ObjectConverter", ["string"] = "StringConverter", ["bool"] = "BooleanConverter", ["char"] = "CharConverter",
        ["byte"] = "ByteConverter", ["sbyte"] = "SByteConverter", ["short"] = "Int16Converter", ["ushort"] = "UInt16Converter",
        ["int"] = "Int32Converter", ["uint"] = "UInt32Converter", ["long"] = "Int64Converter", ["ulong"] = "UInt64Converter",
        ["float"] = "SingleConverter", ["double"] = "DoubleConverter", ["decimal"] = "DecimalConverter", ["byte[]"] = "ByteArrayConverter",
        ["System.Half"] = "HalfConverter", ["System.Int128"] = "Int128Converter", ["System.UInt128"] = "UInt128Converter",
        ["System.DateTime"] = "DateTimeConverter", ["System.DateTimeOffset"] = "DateTimeOffsetConverter", ["System.DateOnly"] = "DateOnlyConverter",
        ["System.TimeOnly"] = "TimeOnlyConverter", ["System.TimeSpan"] = "TimeSpanConverter", ["System.Guid"] = "GuidConverter",
        ["System.Uri"] = "UriConverter", ["System.Version"] = "VersionConverter", ["System.Memory<byte>"] = "MemoryByteConverter",
        ["System.ReadOnlyMemory<byte>"] = "ReadOnlyMemoryByteConverter", ["System.Text.Json.JsonElement"] = "JsonElementConverter",
        ["System.Text.Json.JsonDocument"] = "JsonDocumentConverter", ["System.Text.Json.Nodes.JsonNode"] = "JsonNodeConverter",
        ["System.Text.Json.Nodes.JsonObject"] = "JsonObjectConverter", ["System.Text.Json.Nodes.JsonArray"] = "JsonArrayConverter",
        ["System.Text.Json.Nodes.JsonValue"] = "JsonValueConverter",
    };

    static readonly Dictionary<string, string> Lists = new()
    {
        ["System.Collections.Generic.List<T>"] = "Json_List", ["System.Collections.Generic.HashSet<T>"] = "Json_HashSet",
        ["System.Collections.Generic.IEnumerable<T>"] = "Json_IEnumerable", ["System.Collections.Generic.ICollection<T>"] = "Json_ICollection",
        ["System.Collections.Generic.IList<T>"] = "Json_IList", ["System.Collections.Generic.ISet<T>"] = "Json_ISet",
        ["System.Collections.Generic.IReadOnlyList<T>"] = "Json_IReadOnlyList",
        ["System.Collections.Generic.IReadOnlyCollection<T>"] = "Json_IReadOnlyCollection",
        ["System.Collections.Generic.IAsyncEnumerable<T>"] = "Json_IAsyncEnumerable",
    };

    static readonly Dictionary<string, string> Dictionaries = new()
    {
        ["System.Collections.Generic.Dictionary<TKey, TValue>"] = "Json_Dictionary",
        ["System.Collections.Generic.IDictionary<TKey, TValue>"] = "Json_IDictionary",
        ["System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>"] = "Json_IReadOnlyDictionary",
    };

    /// <summary>The property of JsonMetadataServices with the converter of a value.</summary>
    internal static string? ConverterOf(ITypeSymbol type) => Values.TryGetValue(Plain(type), out var name) ? name : null;

    internal static (string Function, ITypeSymbol Item)? ListOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => ("Json_Array", array.ElementType),
        INamedTypeSymbol { TypeArguments: [var item] } named when Lists.TryGetValue(Plain(named.OriginalDefinition), out var function) => (function, item),
        _ => null,
    };

    internal static (string Function, ITypeSymbol Key, ITypeSymbol Value)? DictionaryOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [var key, var value] } named && Dictionaries.TryGetValue(Plain(named.OriginalDefinition), out var function)
            ? (function, key, value) : null;

    /// <summary>True for the program's own classes, structs and records, and for anonymous types: those that are neither lists nor functions.</summary>
    internal static bool IsObject(INamedTypeSymbol type) => type.IsAnonymousType
        || type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false, IsRefLikeType: false, IsStatic: false } && !IsFrameworks(type)
            && !type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable
                || one is { Name: "IAsyncEnumerable", ContainingNamespace.Name: "Generic" });

    /// <summary>True for the types of .NET, ASP.NET and the core, whose properties aren't data.</summary>
    internal static bool IsFrameworks(ITypeSymbol type) => !type.Locations.Any(place => place.IsInSource)
        && type.ContainingAssembly?.Name is "System" or "mscorlib" or "netstandard" or "Modular.Core" or "Modular.Templating"
            or ['S', 'y', 's', 't', 'e', 'm', '.', ..] or ['M', 'i', 'c', 'r', 'o', 's', 'o', 'f', 't', '.', ..];

    static string Plain(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes));
}
