namespace Modular;

/// <summary>A type's own <c>static ValueTask&lt;T?&gt; BindAsync(HttpContext)</c>, as minimal APIs know it, with a <c>ParameterInfo</c> behind or without.</summary>
[RequiresUnreferencedCode("Looks for a method of the parameter's type.")]
[RequiresDynamicCode("Closes generic methods over the parameter's type.")]
static class BindAsyncMethod
{
    internal static bool Has(Type type) => Find(Bare(type)) is not null || IsBindable(Bare(type));

    /// <summary>Calls it. Null is a 400 unless the parameter may be null.</summary>
    internal static Func<RequestContext, ValueTask<object?>> Of(ParameterInfo parameter, string name, bool optional)
    {
        var type = Bare(parameter.ParameterType);
        var method = Find(type);
        var result = method is null ? type : Callback.Awaited(method.ReturnType)!;
        var maker = typeof(BindAsyncMethod).GetMethod(method is null ? nameof(ByInterface) : nameof(ByMethod), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(result);
        var call = (Func<HttpContext, ValueTask<object?>>)maker.Invoke(null, method is null ? [parameter] : [method, parameter])!;
        return async context => await call(context.Http) ?? (optional ? null : throw new HttpException(
            StatusCodes.Status400BadRequest, $"The value \"{name}\" is missing or isn't a valid {TypeName.Of(type)}."));
    }

    static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    static bool IsBindable(Type type) => type.IsClass && !type.IsAbstract
        && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IBindableFromHttpContext<>) && i.GetGenericArguments()[0] == type);

    static MethodInfo? Find(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy).FirstOrDefault(method =>
        method.Name == "BindAsync" && !method.IsGenericMethod && method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>)
        && (Nullable.GetUnderlyingType(method.ReturnType.GetGenericArguments()[0]) ?? method.ReturnType.GetGenericArguments()[0]).IsAssignableTo(type)
        && method.GetParameters() is [{ ParameterType: var first }, .. var more] && first == typeof(HttpContext)
        && (more.Length == 0 || (more.Length == 1 && more[0].ParameterType == typeof(ParameterInfo))));

    static Func<HttpContext, ValueTask<object?>> ByMethod<T>(MethodInfo method, ParameterInfo parameter)
    {
        if (method.GetParameters().Length == 1)
        {
            var one = method.CreateDelegate<Func<HttpContext, ValueTask<T>>>();
            return async http => await one(http);
        }
        var two = method.CreateDelegate<Func<HttpContext, ParameterInfo, ValueTask<T>>>();
        return async http => await two(http, parameter);
    }

    static Func<HttpContext, ValueTask<object?>> ByInterface<T>(ParameterInfo parameter) where T : class, IBindableFromHttpContext<T> =>
        async http => await T.BindAsync(http, parameter);
}
