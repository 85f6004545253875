namespace Modular;

sealed record ViewServices(Func<Type, bool> IsService, Func<Type, object, bool> IsKeyedService, ResponseConverter Converter,
    IReadOnlyDictionary<Type, PluginParameter> Parameters);

sealed record PluginParameter(Func<RequestContext, object> Value, bool ReadsBody);

abstract class ViewSource
{
    internal virtual bool ReadsBody(ViewServices services) => false;

    internal virtual void Describe(EndpointBuilder endpoint, ViewServices services) { }

    internal abstract View Bind(ViewServices services);
}

sealed class PlainViewSource(Func<ViewServices, View> bind, MethodInfo method) : ViewSource
{
    internal static PlainViewSource Of<T>(string what, Func<RequestContext, T> view, MethodInfo method, bool writes)
    {
        ViewAnswer.Check(typeof(T), ViewKind.View, what, writes);
        var answer = ViewAnswer.Of<T>(ViewKind.View, what);
        return new(services => context => answer(services.Converter, context, view(context), null), method);
    }

    internal override void Describe(EndpointBuilder endpoint, ViewServices services) =>
        ViewAttributes.Describe(method, [], endpoint, services.Converter);

    internal override View Bind(ViewServices services) => bind(services);
}
