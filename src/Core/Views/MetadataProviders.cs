using Microsoft.AspNetCore.Http.Metadata;

namespace Modular;

/// <summary>Types that add metadata to the endpoints that take or return them, as minimal APIs ask them: <c>IEndpointMetadataProvider</c>, <c>IEndpointParameterMetadataProvider</c>.</summary>
[RequiresUnreferencedCode("Closes generic methods over the types of a view.")]
[RequiresDynamicCode("Closes generic methods over the types of a view.")]
static class MetadataProviders
{
    /// <param name="view">Of the user.</param>
    /// <param name="parameters">Those that the binder fills.</param>
    /// <param name="endpoint">Takes the metadata.</param>
    internal static void Populate(MethodInfo view, IEnumerable<ParameterInfo> parameters, EndpointBuilder endpoint)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.ParameterType.IsAssignableTo(typeof(IEndpointParameterMetadataProvider))) Call(nameof(OfParameter), parameter.ParameterType, parameter, endpoint);
            if (parameter.ParameterType.IsAssignableTo(typeof(IEndpointMetadataProvider))) Call(nameof(OfView), parameter.ParameterType, view, endpoint);
        }
        var answer = Callback.Awaited(view.ReturnType) ?? view.ReturnType;
        // ASP.NET's own results only describe themselves, and what they answer is known when the view runs.
        if (answer.IsAssignableTo(typeof(IEndpointMetadataProvider)) && answer.Assembly != typeof(Results).Assembly) Call(nameof(OfView), answer, view, endpoint);
    }

    // An interface that extends these has no implementation to call.
    static void Call(string method, Type type, params object[] arguments)
    {
        if (type.IsInterface) return;
        typeof(MetadataProviders).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    static void OfParameter<T>(ParameterInfo parameter, EndpointBuilder endpoint) where T : IEndpointParameterMetadataProvider => T.PopulateMetadata(parameter, endpoint);

    static void OfView<T>(MethodInfo view, EndpointBuilder endpoint) where T : IEndpointMetadataProvider => T.PopulateMetadata(view, endpoint);
}
