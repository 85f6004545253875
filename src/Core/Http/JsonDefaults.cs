using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>How JSON is read and written unless the application says otherwise.</summary>
static class JsonDefaults
{
    // Any type is known by reflection, unless the application was built without it (trimmed, AOT).
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new WholeNumber(), new MarkupJson() },
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
    };

    /// <summary>For what a request sends: what may not be null isn't null, nor missing where a constructor needs it.</summary>
    internal static JsonSerializerOptions Reading { get; } = new(Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = Options.TypeInfoResolver!.WithAddedModifier(Require),
    };

    /// <summary>The application's own options; without a resolver they know any type by reflection.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
    internal static JsonSerializerOptions Completed(JsonSerializerOptions own)
    {
        if (own.TypeInfoResolver is null && JsonSerializer.IsReflectionEnabledByDefault) own.MakeReadOnly(populateMissingResolver: true);
        return own;
    }

    // .NET's RespectRequiredConstructorParameters would ask for numbers, which are 0 without, and for what may be null, too.
    static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !property.PropertyType.IsValueType))
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false })
                property.IsRequired = true;
    }

    // A rule's <int:n> has no limit either.
    sealed class WholeNumber : JsonConverter<BigInteger>
    {
        // As many as a rule's <int:n> takes; reading digits costs more than linear time.
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
