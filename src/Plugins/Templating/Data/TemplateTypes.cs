using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Modular.Templating;

/// <summary>For generated code: the properties of the types that pages show, so that a program without reflection reads them too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TemplateTypes
{
    static readonly ConcurrentDictionary<Type, (string Name, Func<object, object?> Read)[]> Known = new();

    /// <summary>Adds a type with its properties, in the order of their declaration.</summary>
    /// <param name="like">Names the type when it has no name in C#.</param>
    /// <param name="properties">The properties.</param>
    public static void Add<T>(T? like, params (string Name, Func<T, object?> Read)[] properties) =>
        Known[typeof(T)] = Array.ConvertAll(properties, property => (property.Name, (Func<object, object?>)(target => property.Read((T)target))));

    /// <summary>False in a program that was compiled ahead of time or trimmed.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "A trimmed program has no JSON by reflection either.")]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute)), FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    internal static bool CanReflect => RuntimeFeature.IsDynamicCodeSupported && JsonSerializer.IsReflectionEnabledByDefault;

    /// <exception cref="ModularException">No generated code names the type.</exception>
    internal static (string Name, Func<object, object?> Read)[] Properties(Type type) => Known.TryGetValue(type, out var known) ? known
        : throw new ModularException($"A template reads {TypeName.Of(type)}, whose properties aren't compiled ahead of time. "
            + "Pass the object to RenderTemplate(…) in the call itself, with its own type, or pass a dictionary.");
}
