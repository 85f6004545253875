using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>How JSON is read and written unless the application says otherwise.</summary>
static class JsonDefaults
{
    /// <summary>Levels; deeper JSON is malformed, so that nobody can exhaust the stack.</summary>
    internal const int MaxDepth = 64;

    /// <summary>The names are camelCase and read without regard to case, numbers may come as strings.</summary>
    /// <remarks>Any type is known by reflection, unless the application was built without it (trimmed, AOT).</remarks>
    internal static JsonSerializerOptions Options { get; } = Make();

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            MaxDepth = MaxDepth,
            Converters = { new BigIntegerConverter(), new MarkupJson() },
            TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
        };
        // All applications that say nothing share it.
        options.MakeReadOnly();
        return options;
    }
}
