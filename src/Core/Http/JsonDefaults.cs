namespace Modular;

[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
static class JsonDefaults
{
    // Any type is known by reflection, unless the application was built without it (trimmed, AOT).
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new WholeNumber(), new MarkupJson() },
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
    };

    /// <summary>For request bodies: refuses null for non-nullable properties, and missing arguments of a constructor.</summary>
    internal static JsonSerializerOptions Reading { get; } = new(Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = Options.TypeInfoResolver!.WithAddedModifier(Require),
    };

    /// <summary>The application's options. Without a resolver, they read and write any type by reflection.</summary>
    internal static JsonSerializerOptions Completed(JsonSerializerOptions own)
    {
        if (own.TypeInfoResolver is null && JsonSerializer.IsReflectionEnabledByDefault) own.MakeReadOnly(populateMissingResolver: true);
        return own;
    }

    // .NET's RespectRequiredConstructorParameters would also require numbers, whose default is 0, and nullable values.
    static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !property.PropertyType.IsValueType))
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false })
                property.IsRequired = true;
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
