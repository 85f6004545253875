namespace Modular;

/// <summary>A view as a class, with one method for each HTTP method: <c>Get</c>, <c>Post</c>, <c>Delete</c> and so on.</summary>
/// <remarks>Each request gets its own instance, made with services. HEAD falls back to <c>Get</c>; a missing method is a 405.</remarks>
public abstract class MethodView
{
    // HEAD and OPTIONS come first, because a rule for GET has them too.
    static readonly string[] Names = ["Head", "Options", "Get", "Post", "Put", "Patch", "Delete", "Trace"];

    internal static IReadOnlyList<MethodInfo> MethodsOf(Type type) =>
        Names.Select(name => MethodOf(type, name)).OfType<MethodInfo>().ToList() is { Count: > 0 } methods ? methods
        : throw new ModularException(
            $"{type.Name} has no method for any HTTP method. Give it a public method named Get, Post, Put, Patch or Delete.");

    // Of several with one name, as an inherited one and its "new", the most derived counts.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Route<T> keeps the public methods of its class.")]
    static MethodInfo? MethodOf(Type? type, string name) => type?.GetMember(
        name, MemberTypes.Method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) switch
    {
        null => null,
        [] => MethodOf(type.BaseType, name),
        [MethodInfo method] => method,
        var several => throw new ModularException($"{type.Name} has {several.Length} methods named {name}, and a request cannot " +
            "tell them apart. Keep one of them, or put the others into a class of their own."),
    };
}
