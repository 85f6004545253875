namespace Modular;

[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
static class JsonDefaults
{
    static readonly ConcurrentDictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo?>> Generated = [];
    static readonly GeneratedTypes Known = new();

    // Any type is known by reflection. An application that was built without it (trimmed, AOT) knows the types that generated code names.
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new WholeNumber(), new MarkupJson() },
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : Known,
    };

    /// <summary>For request bodies: refuses null for non-nullable properties, and missing arguments of a constructor.</summary>
    internal static JsonSerializerOptions Reading { get; } = new(Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = Options.TypeInfoResolver!.WithAddedModifier(Require),
    };

    /// <summary>The application's options. Without a resolver, they know the same types as the core's.</summary>
    internal static JsonSerializerOptions Completed(JsonSerializerOptions own)
    {
        var reflects = JsonSerializer.IsReflectionEnabledByDefault;
        if (reflects && own.TypeInfoResolver is null) own.MakeReadOnly(populateMissingResolver: true);
        if (!reflects && !own.IsReadOnly && !own.TypeInfoResolverChain.Contains(Known)) own.TypeInfoResolverChain.Add(Known);
        return own;
    }

    // The converters of the options come first, as they do with reflection.
    internal static void Add<T>(Func<JsonSerializerOptions, JsonTypeInfo?> info) => Generated[typeof(T)] = options =>
        options.Converters.FirstOrDefault(one => one.CanConvert(typeof(T))) is not { } own ? info(options)
            : JsonMetadataServices.CreateValueInfo<T>(options,
                own is JsonConverterFactory all ? all.CreateConverter(typeof(T), options)! : own);

    internal sealed class GeneratedTypes : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Generated.GetValueOrDefault(type)?.Invoke(options);
    }

    // .NET's RespectRequiredConstructorParameters would also require numbers, whose default is 0, and nullable values.
    // A required property must have a setter. That of a constructor's argument isn't called.
    internal static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !property.PropertyType.IsValueType))
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false })
                (property.Set, property.IsRequired) = (property.Set ?? ((_, _) => { }), true);
    }

    sealed class WholeNumber : JsonConverter<BigInteger>
    {
        // The limit of a rule's <int:n>, because reading digits takes more than linear time.
        const int MaxDigits = 4300;

        public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader).GetRawText() is { Length: <= MaxDigits } text
                && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
