namespace Modular;

static class ViewAttributes
{
    // .NET gives those of the base class last. Here the last one counts.
    internal static IEnumerable<object> Of(MemberInfo view) => Enumerable.Reverse(view.GetCustomAttributes(inherit: true))
        .Where(attribute => attribute is not MethodsAttribute && attribute.GetType().Namespace
            is not ("System.Runtime.CompilerServices" or "System.Diagnostics" or "System.Diagnostics.CodeAnalysis"));

    internal static void Describe(MethodInfo view, EndpointBuilder endpoint, ResponseConverter converter)
    {
        endpoint.Metadata.Add(view);
        if (ViewAnswer.Described(view.ReturnType, converter) is { } body) endpoint.Metadata.Add(body);
        foreach (var parameter in view.GetParameters())
        {
            var type = parameter.ParameterType;
            if (type.IsAssignableTo(typeof(IEndpointParameterMetadataProvider))) Call(nameof(OfParameter), type, parameter, endpoint);
            if (type.IsAssignableTo(typeof(IEndpointMetadataProvider))) Call(nameof(OfView), type, view, endpoint);
        }
        var answer = Callback.Awaited(view.ReturnType) ?? view.ReturnType;
        // ASP.NET's own results only describe themselves, and what they send is known only when the view runs.
        if (answer.IsAssignableTo(typeof(IEndpointMetadataProvider)) && answer.Assembly != typeof(Results).Assembly)
            Call(nameof(OfView), answer, view, endpoint);
    }

    // An interface that extends these has no implementation to call.
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The methods call what the interface of their type keeps.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A type whose code is missing fails when the application starts.")]
    static void Call(string method, Type type, params object[] arguments)
    {
        if (type.IsInterface) return;
        typeof(ViewAttributes).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    static void OfParameter<T>(ParameterInfo parameter, EndpointBuilder endpoint) where T : IEndpointParameterMetadataProvider =>
        T.PopulateMetadata(parameter, endpoint);

    static void OfView<T>(MethodInfo view, EndpointBuilder endpoint) where T : IEndpointMetadataProvider =>
        T.PopulateMetadata(view, endpoint);

    // Hooks and error handlers aren't endpoints, so middleware wouldn't read their attributes.
    internal static void CheckHook(Delegate hook, string what)
    {
        if (Of(hook.Method).FirstOrDefault(a => a is IAuthorizeData or IAllowAnonymous or ICorsMetadata
            || a.GetType().Namespace?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) is true) is { } attribute)
            throw new ModularException($"{Callback.Start(what)} has [{Name(attribute)}], "
                + "which only counts for a view. Put it on the view, or write the check in the hook's code.");
    }

    internal static string Name(object attribute) => attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
}
