namespace Modular;

[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
static class JsonDefaults
{
    static readonly ConcurrentDictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo?>> Generated = [];

    // Any type is known by reflection. An application that was built without it (trimmed, AOT) knows the types that generated code names.
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new WholeNumber(), new MarkupJson() },
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : new GeneratedTypes(),
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
        if (own.TypeInfoResolver is null && JsonSerializer.IsReflectionEnabledByDefault) own.MakeReadOnly(populateMissingResolver: true);
        if (!own.IsReadOnly && !JsonSerializer.IsReflectionEnabledByDefault
            && !own.TypeInfoResolverChain.Any(one => one is GeneratedTypes)) own.TypeInfoResolverChain.Add(new GeneratedTypes());
        return own;
    }

    // The converters of the options come first, as they do with reflection.
    internal static void Add<T>(Func<JsonSerializerOptions, JsonTypeInfo?> info) => Generated[typeof(T)] = options =>
        options.Converters.FirstOrDefault(one => one.CanConvert(typeof(T))) is not { } own ? info(options)
            : JsonMetadataServices.CreateValueInfo<T>(options, own is JsonConverterFactory all ? all.CreateConverter(typeof(T), options)! : own);

    internal sealed class GeneratedTypes : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Generated.TryGetValue(type, out var make) ? make(options) : null;
    }

    // .NET's RespectRequiredConstructorParameters would also require numbers, whose default is 0, and nullable values.
    internal static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !property.PropertyType.IsValueType))
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false })
                (property.Set, property.IsRequired) = (property.Set ?? ((_, _) => { }), true);      // a required one must have a setter, which isn't called
    }

    sealed class WholeNumber : JsonConverter<BigInteger>
    {
        // The limit of a rule's <int:n>, because reading digits takes more than linear time.
        const int MaxDigits = 4300;

        public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = JsonElement.ParseValue(ref reader).GetRawText();
            return text.Length <= MaxDigits
                && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    ? value : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
