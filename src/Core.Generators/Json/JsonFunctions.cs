namespace Modular.Generators;

/// <summary>The functions that the lines of JSON call. A line names an example of a type that has no name.</summary>
static class JsonFunctions
{
    internal const string Converted = "Json_Converted";
    internal const string Expanded = "Json_Expanded";
    internal const string Anonymous = "Json_Anonymous";
    internal const string Property = "Json_Property";

    const string Metadata = "global::System.Text.Json.Serialization.Metadata.";
    const string Options = "global::System.Text.Json.JsonSerializerOptions options";
    const string Generic = "global::System.Collections.Generic.";
    const string Converter = "global::System.Text.Json.Serialization.JsonConverter";

    internal static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["Json_Array"] = $"static {Metadata}JsonTypeInfo Json_Array<T>({Options}, T like = default) => "
            + $"{Metadata}JsonMetadataServices.CreateArrayInfo<T>(options, new() {{ NumberHandling = options.NumberHandling }});",
        ["Json_List"] = List("List", "List", "new()"),
        ["Json_HashSet"] = List("HashSet", "ISet", "new()"),
        ["Json_IEnumerable"] = List("IEnumerable", "IEnumerable"),
        ["Json_IReadOnlyList"] = List("IReadOnlyList", "IEnumerable"),
        ["Json_IReadOnlyCollection"] = List("IReadOnlyCollection", "IEnumerable"),
        ["Json_ICollection"] = List("ICollection", "ICollection"),
        ["Json_IList"] = List("IList", "IList"),
        ["Json_ISet"] = List("ISet", "ISet"),
        ["Json_IAsyncEnumerable"] = List("IAsyncEnumerable", "IAsyncEnumerable"),
        ["Json_Dictionary"] = Dictionary("Dictionary", "new()"),
        ["Json_IDictionary"] = Dictionary("IDictionary"),
        ["Json_IReadOnlyDictionary"] = Dictionary("IReadOnlyDictionary"),
        [Converted] = $"static {Metadata}JsonTypeInfo {Converted}<T>({Options}, {Converter} converter) => "
            + $"{Metadata}JsonMetadataServices.CreateValueInfo<T>(options, converter is {Converter}Factory all ? all.CreateConverter(typeof(T), options) : converter);",
        [Expanded] = $"static {Converter}<T> {Expanded}<T>({Options}, {Converter} converter) => "
            + $"({Converter}<T>)(converter is {Converter}Factory all ? all.CreateConverter(typeof(T), options) : converter);",
        [Anonymous] = $"static {Metadata}JsonTypeInfo {Anonymous}<T>({Options}, T like, global::System.Func<{Options.Replace(" options", "")}, T, {Metadata}JsonPropertyInfo[]> properties) => "
            + $"{Metadata}JsonMetadataServices.CreateObjectInfo<T>(options, new() {{ NumberHandling = options.NumberHandling, PropertyMetadataInitializer = _ => properties(options, like) }});",
        [Property] = $"static {Metadata}JsonPropertyInfo {Property}<T, TValue>({Options}, string name, global::System.Func<T, TValue> get, global::System.Action<object, TValue> set = null, "
            + $"T like = default, string json = null, global::System.Text.Json.Serialization.JsonIgnoreCondition? ignore = null, {Converter}<TValue> converter = null, int order = 0, bool required = false, "
            + "bool getsNull = true, bool setsNull = true) { "
            + $"var property = {Metadata}JsonMetadataServices.CreatePropertyInfo<TValue>(options, new() {{ IsProperty = true, IsPublic = true, DeclaringType = typeof(T), PropertyName = name, JsonPropertyName = json, "
            + "IgnoreCondition = ignore, Converter = converter, Getter = get is null ? null : it => get((T)it), Setter = set }); "
            + "if (order != 0) property.Order = order; if (required) property.IsRequired = true; "
            + "if (options.RespectNullableAnnotations && !getsNull) property.IsGetNullable = false; if (options.RespectNullableAnnotations && !setsNull) property.IsSetNullable = false; "
            + "return property; }",
    };

    static string List(string type, string service, string? made = null) =>
        $"static {Metadata}JsonTypeInfo Json_{type}<T>({Options}, T like = default) => "
        + $"{Metadata}JsonMetadataServices.Create{service}Info<{Generic}{type}<T>{(service == "Array" ? "" : ", T")}>(options, new() {{ {Made(made)}NumberHandling = options.NumberHandling }});";

    static string Dictionary(string type, string? made = null) =>
        $"static {Metadata}JsonTypeInfo Json_{type}<TKey, TValue>({Options}, TKey like = default, TValue value = default) => "
        + $"{Metadata}JsonMetadataServices.Create{type}Info<{Generic}{type}<TKey, TValue>, TKey, TValue>(options, new() {{ {Made(made)}NumberHandling = options.NumberHandling }});";

    static string Made(string? made) => made is null ? "" : $"ObjectCreator = static () => {made}, ";
}
