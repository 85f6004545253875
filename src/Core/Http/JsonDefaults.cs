using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>How JSON is read and written unless the application says otherwise.</summary>
static class JsonDefaults
{
    /// <summary>Levels; deeper JSON is malformed, so that nobody can exhaust the stack.</summary>
    internal const int MaxDepth = 64;

    /// <summary>The names are camelCase and read without regard to case, numbers may come as strings.</summary>
    /// <remarks>Any type is known by reflection, unless the application was built without it (trimmed, AOT).</remarks>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = MaxDepth,
        Converters = { new BigIntegerConverter(), new MarkupJson() },
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
    };

    /// <summary>As <see cref="Options"/>, for what a request sends: what may not be null isn't null. A constructor parameter of such a type that is missing would be.</summary>
    internal static JsonSerializerOptions Reading { get; } = new(Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = Options.TypeInfoResolver!.WithAddedModifier(Require),
    };

    /// <summary>The application's own options. Without a resolver they know any type by reflection, as for <see cref="JsonSerializer"/>.</summary>
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
        foreach (var property in type.Properties)
            if (property is { PropertyType.IsValueType: false, AssociatedParameter: { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false } }) property.IsRequired = true;
    }
}
