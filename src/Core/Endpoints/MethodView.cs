namespace Modular;

/// <summary>A view as a class, with one method for each HTTP method: <c>Get</c>, <c>Post</c>, <c>Delete</c> and so on.</summary>
/// <remarks>Each request gets its own instance, made with services. HEAD falls back to <c>Get</c>; a missing method is a 405.</remarks>
public abstract class MethodView;

[RequiresUnreferencedCode("Binds parameters by reflection."), RequiresDynamicCode("Compiles the call at run time.")]
sealed class MethodViewSource : ViewSource
{
    static readonly string[] Names = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "Trace"];

    readonly Dictionary<string, ViewBinder> _binders = [];
    readonly Type _type;

    internal MethodViewSource(Type type, Rule rule)
    {
        var instance = Expression.Convert(
            Expression.Call(typeof(ActivatorUtilities), nameof(ActivatorUtilities.GetServiceOrCreateInstance), null,
                Expression.Property(ViewBinder.Context, nameof(RequestContext.Services)), Expression.Constant(type)),
            type);
        _type = type;
        foreach (var method in MethodsOf(type))
        {
            ViewAttributes.CheckMethod(method, type);
            _binders[method.Name.ToUpperInvariant()] = new(method, instance, $"{method.Name} of {type.Name}, rule \"{rule}\"", rule);
        }
    }

    internal override void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        foreach (var binder in _binders.Values) binder.AskForToken(endpoint, services);
        foreach (var attribute in ViewAttributes.Of(_type)) endpoint.Metadata.Add(attribute);
    }

    internal override bool ReadsBody(ViewServices services) => _binders.Values.Any(binder => binder.ReadsBody(services));

    internal static string[] HttpMethodsOf(Type type) => MethodsOf(type) is { Count: > 0 } methods
        ? [.. methods.Select(method => method.Name.ToUpperInvariant())]
        : throw new ModularException(
            $"{type.Name} has no method for any HTTP method. Give it a public method named Get, Post, Put, Patch or Delete.");

    static List<MethodInfo> MethodsOf(Type type) => [.. Names.Select(name => MethodOf(type, name)).OfType<MethodInfo>()];

    // Of several with one name, as an inherited one and its "new", the most derived counts.
    static MethodInfo? MethodOf(Type? type, string name) => type?.GetMember(
        name, MemberTypes.Method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) switch
    {
        null => null,
        [] => MethodOf(type.BaseType, name),
        [MethodInfo method] => method,
        var several => throw new ModularException($"{type.Name} has {several.Length} methods named {name}, and a request cannot " +
            "tell them apart. Keep one of them, or put the others into a class of their own."),
    };

    internal override View Bind(ViewServices services)
    {
        var views = _binders.ToDictionary(pair => pair.Key, pair => pair.Value.Bind(services), StringComparer.OrdinalIgnoreCase);
        return context =>
        {
            var method = context.Http.Request.Method;
            return views.TryGetValue(method, out var view) || (HttpMethods.IsHead(method) && views.TryGetValue("GET", out view))
                ? view(context)
                : throw new HttpException(405);
        };
    }
}
