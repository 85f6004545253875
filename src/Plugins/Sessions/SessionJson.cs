using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Sessions;

/// <summary>The default JSON options for objects in a session: the web defaults, with reflection if the build supports it.</summary>
static class SessionJson
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Not reached when the build switched reflection off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached when the build switched reflection off.")]
    internal static JsonSerializerOptions Default { get; } = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
    };
}
