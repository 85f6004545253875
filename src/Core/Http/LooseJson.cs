using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>What a type keeps of the JSON as it came.</summary>
enum LooseKind { None, Elements, Nodes }

/// <summary>Finds the members that are read only when the view looks into them, as <c>JsonElement</c> and <c>JsonNode</c>, so that their accessors may fail later.</summary>
static class LooseJson
{
    static readonly ConditionalWeakTable<JsonTypeInfo, object> Known = [];

    /// <summary>The most that the type, or a type in it, keeps.</summary>
    internal static LooseKind In(JsonTypeInfo type) => (LooseKind)Known.GetValue(type, static type => Find(type, []));

    static LooseKind Find(JsonTypeInfo type, HashSet<Type> seen)
    {
        if (Of(type.Type) is var own && own != LooseKind.None) return own;
        if (!seen.Add(type.Type)) return LooseKind.None;
        var most = LooseKind.None;
        foreach (var inner in Inner(type))
            if (type.Options.TryGetTypeInfo(inner, out var info) && Find(info, seen) is var found && found > most) most = found;
        return most;
    }

    static IEnumerable<Type> Inner(JsonTypeInfo type) =>
    [
        .. type.Properties.Select(property => property.PropertyType),
        .. type.ElementType is { } element ? [element] : Array.Empty<Type>(),
        .. type.PolymorphismOptions?.DerivedTypes.Select(derived => derived.DerivedType) ?? [],
    ];

    // An object is read as an element.
    static LooseKind Of(Type type) => typeof(JsonNode).IsAssignableFrom(type) ? LooseKind.Nodes
        : type == typeof(JsonElement) || type == typeof(JsonElement?) || type == typeof(JsonDocument) || type == typeof(object) ? LooseKind.Elements
        : LooseKind.None;
}
