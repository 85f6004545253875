namespace Modular;

sealed record ViewServices(Func<Type, bool> IsService, Func<Type, object, bool> IsKeyedService, ResponseConverter Converter,
    IReadOnlyDictionary<Type, PluginParameter> Parameters);

sealed record PluginParameter(Func<RequestContext, object> Value, bool ReadsBody);

/// <summary>Binds a delegate of any shape. It is bound when the application is frozen, because services are known then.</summary>
sealed class ViewBinder
{
    readonly Delegate? _view;
    readonly MethodInfo _method;
    readonly ViewShape _shape;
    readonly string _what;
    readonly ViewKind _kind;
    readonly ViewInputs _inputs;
    readonly bool _assigns;

    internal ViewBinder(Delegate handler, string what, ViewKind kind, Rule? rule = null, Type? error = null, string? text = null)
    {
        (_view, _method, _what, _kind) = (handler, handler.Method, what, kind);
        _assigns = rule is null && HookText.Assigns(text);
        error = kind == ViewKind.Error ? error ?? typeof(HttpException) : kind == ViewKind.Teardown ? typeof(Exception) : null;
        _shape = ViewShapes.Of(handler, what);
        // The compiler takes a lambda's parameter without a type for a string.
        var untyped = handler.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TextView<>)
            ? HookText.ParameterOf(text) : null;
        // A delegate closed over its first argument, as extension methods make them, hides that argument.
        var hidden = _method.IsStatic && handler.Target is not null ? 1 : 0;
        _inputs = ViewInputs.Of(new(_method, [.. _method.GetParameters().Skip(hidden)], what, kind, rule, error, untyped));
        Check(rule);
        Callback.RefuseAsyncVoid(handler, what);
        if (rule is null) ViewAttributes.CheckHook(handler, what);
    }

    internal ViewBinder(
        MethodInfo method, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, Rule rule)
    {
        (_method, _what) = (method, $"{method.Name} of {type.Name}, rule \"{rule}\"");
        _shape = new ReflectedShape(method, (context, _) => ActivatorUtilities.GetServiceOrCreateInstance(context.Services, type));
        _inputs = new ViewParameters(new(method, method.GetParameters(), _what, ViewKind.View, rule, null, null));
        Check(rule);
    }

    internal bool ReadsBody(ViewServices services) =>
        _method.IsDefined(typeof(ReadsBodyAttribute), inherit: true) || _inputs.ReadBody(services);

    internal void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        _inputs.Describe(endpoint, services);
        ViewAttributes.Describe(_method, endpoint, services.Converter);
    }

    internal View Bind(ViewServices services)
    {
        var handler = BindHandler(services);
        return context => handler(context, null, null);
    }

    internal Handler BindHandler(ViewServices services) => _inputs.AfterForm(
        _shape.Bind(_view, _inputs.Readers(services), _kind, _what, _assigns, services.Converter), ReadsBody(services));

    void Check(Rule? rule)
    {
        // A view that takes the response can write it itself, and a WebSocket has none.
        if (!_assigns) ViewAnswer.Check(_method.ReturnType, _kind, _what, rule is { WebSocket: true } || _inputs.TakeResponse);
    }
}
