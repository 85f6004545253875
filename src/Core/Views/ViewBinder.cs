using System.Linq.Expressions;
using Microsoft.AspNetCore.Antiforgery;

namespace Modular;

/// <summary>
/// Binds a delegate of any shape. Where each parameter comes from is decided and checked when the view is added; the call is compiled when the
/// application is frozen, because only then all services are known. All reflection on views is behind this class.
/// </summary>
[RequiresUnreferencedCode("Binds parameters by reflection; the overloads for plain shapes do not.")]
[RequiresDynamicCode("Compiles the call at run time; the overloads for plain shapes do not.")]
sealed class ViewBinder : ViewSource
{
    internal static readonly ParameterExpression Context = Expression.Parameter(typeof(RequestContext), "context");
    static readonly ParameterExpression Error = Expression.Parameter(typeof(Exception), "error");
    static readonly ParameterExpression Response = Expression.Parameter(typeof(Response), "response");
    static readonly ParameterExpression Awaited = Expression.Parameter(typeof(object[]), "awaited");

    readonly MethodInfo _method;
    readonly Func<IEnumerable<Expression>, Expression> _call;
    readonly Rule? _rule;
    readonly string _what;
    readonly ViewKind _kind;
    readonly ViewParameter[] _parameters;
    readonly bool _assigns;
    readonly bool _mayHaveBody;

    /// <param name="handler">Any delegate.</param>
    /// <param name="what">How errors call it, such as <c>the view for rule "/user/&lt;name&gt;"</c>.</param>
    /// <param name="rule">The rule whose variables it may take; null for hooks and error handlers.</param>
    /// <param name="error">The type of the errors that an error handler gets. Default: <see cref="HttpException"/>.</param>
    /// <param name="assigns">True for a hook whose value is only that of an assignment.</param>
    /// <param name="untyped">The name of a lambda's only parameter that was written without a type, so that the compiler took it for a string; else null.</param>
    /// <exception cref="ModularException">A parameter that nothing can fill, or a return type that is no answer.</exception>
    internal ViewBinder(Delegate handler, string what, ViewKind kind, Rule? rule = null, Type? error = null, bool assigns = false, string? untyped = null)
        : this(handler.Method, arguments => Expression.Invoke(Expression.Constant(handler), arguments), what, kind, rule, ErrorOf(kind, error), assigns, Hidden(handler), null, untyped) =>
        Check(handler, what, kind);

    static void Check(Delegate handler, string what, ViewKind kind)
    {
        Callback.RefuseAsyncVoid(handler, what);
        if (kind is not (ViewKind.View or ViewKind.WebSocket)) ViewAttributes.CheckHook(handler, what);
    }

    /// <summary>Binds a method of a class.</summary>
    /// <param name="instance">Makes the object that it is called on.</param>
    internal ViewBinder(MethodInfo method, Expression instance, string what, Rule rule)
        : this(method, arguments => Expression.Call(instance, method, arguments), what, ViewKind.View, rule, error: null, assigns: false, hidden: 0, method.Name.ToUpperInvariant())
    {
    }

    ViewBinder(MethodInfo method, Func<IEnumerable<Expression>, Expression> call, string what, ViewKind kind, Rule? rule, Type? error, bool assigns, int hidden, string? httpMethod, string? untyped = null)
    {
        (_method, _call, _what, _kind, _rule, _assigns) = (method, call, what, kind, rule, assigns);
        _mayHaveBody = httpMethod is null ? MayHaveBody(rule) : HasBody(httpMethod);
        _parameters = [.. method.GetParameters().Skip(hidden).Select(p => untyped is not null && p.Name == untyped
            ? ViewParameter.Untyped(p, what, rule!) : ViewParameter.Of(p, what, kind, rule, error))];
        CheckLeftOver();
        CheckReturn();
    }

    /// <summary>True when a parameter says that the view reads the body itself, while it arrives.</summary>
    internal override bool ReadsBody(ViewServices services) => _method.IsDefined(typeof(ReadsBodyAttribute), inherit: true) || _parameters.Any(p => p.Source == ParameterSource.Form
        || (p.Source == ParameterSource.Special && SpecialValues.IsRawBody(p.Type)) || IsPluginBody(p, services));

    internal override void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        var metadata = endpoint.Metadata;
        metadata.Add(_method);
        foreach (var parameter in _parameters)
            if (ViewInput.IsInput(parameter) || IsJson(parameter, services)) metadata.Add(new ViewInput(parameter));
        if (ReturnTypes.Described(_method.ReturnType, services.Converter) is { } answer) metadata.Add(answer);
        AskForToken(endpoint, services);
        MetadataProviders.Populate(_method, _parameters.Select(parameter => parameter.Info), endpoint);
    }

    /// <summary>As minimal APIs: who binds a form gets it with its antiforgery token alone, where the application has these.</summary>
    internal void AskForToken(EndpointBuilder endpoint, ViewServices services)
    {
        if (_parameters.Any(parameter => parameter.TakesForm) && services.IsService(typeof(IAntiforgery))) endpoint.Metadata.Add(new RequireAntiforgeryTokenAttribute());
    }

    /// <summary>The compiled view.</summary>
    internal override View Bind(ViewServices services)
    {
        CheckBodies(services);
        var awaits = Awaits(services);
        if (awaits.Length == 0) return Compile<View>(services, Context);
        var view = Compile<Func<RequestContext, object?[], ValueTask<Response>>>(services, Context, Awaited);
        return async context => await view(context, await Filled(context, awaits));
    }

    /// <summary>The compiled hook: as a view, but null goes on.</summary>
    internal BeforeHook BindBefore(ViewServices services)
    {
        CheckBodies(services);
        var awaits = Awaits(services);
        if (awaits.Length == 0) return Compile<BeforeHook>(services, Context);
        var hook = Compile<Func<RequestContext, object?[], ValueTask<Response?>>>(services, Context, Awaited);
        return async context => await hook(context, await Filled(context, awaits));
    }

    /// <summary>The compiled hook on responses.</summary>
    internal AfterHook BindAfter(ViewServices services)
    {
        CheckBodies(services);
        var awaits = Awaits(services);
        if (awaits.Length == 0) return Compile<AfterHook>(services, Context, Response);
        var hook = Compile<Func<RequestContext, Response, object?[], ValueTask<Response>>>(services, Context, Response, Awaited);
        return async (context, response) => await hook(context, response, await Filled(context, awaits));
    }

    /// <summary>The compiled teardown hook.</summary>
    internal TeardownHook BindTeardown(ViewServices services)
    {
        CheckBodies(services);
        var awaits = Awaits(services);
        if (awaits.Length == 0) return Compile<TeardownHook>(services, Context, Error);
        var hook = Compile<Func<RequestContext, Exception?, object?[], ValueTask>>(services, Context, Error, Awaited);
        return async (context, error) => await hook(context, error, await Filled(context, awaits));
    }

    /// <summary>The compiled error handler.</summary>
    internal ErrorView BindError(ViewServices services)
    {
        CheckBodies(services);
        var awaits = Awaits(services);
        if (awaits.Length == 0) return Compile<ErrorView>(services, Context, Error);
        var handler = Compile<Func<RequestContext, Exception, object?[], ValueTask<Response>>>(services, Context, Error, Awaited);
        return async (context, error) => await handler(context, error, await Filled(context, awaits));
    }

    T Compile<T>(ViewServices services, params ParameterExpression[] parameters) where T : Delegate
    {
        var arguments = _parameters.Select((p, index) => Value(p, index, services));
        return Expression.Lambda<T>(Wrap(_call(arguments), services), parameters).Compile();
    }

    Expression Wrap(Expression call, ViewServices services)
    {
        if (_kind == ViewKind.After) return call.Type == typeof(void) || _assigns
            ? Expression.Block(call, Expression.Call(typeof(ValueTask), nameof(ValueTask.FromResult), [typeof(Response)], Response))
            : Expression.Call(typeof(HookShapes), nameof(HookShapes.Replaced), [call.Type], Response, call, Expression.Constant(HookShapes.AfterName));
        if (_kind == ViewKind.Teardown) return call.Type == typeof(void)
            ? Expression.Block(call, Expression.Default(typeof(ValueTask)))
            : Expression.Call(_assigns ? typeof(Callback) : typeof(HookShapes), _assigns ? nameof(Callback.Ended) : nameof(HookShapes.Over), [call.Type], call);
        if (_kind == ViewKind.WebSocket && ReturnTypes.IsNothing(call.Type) && call.Type != typeof(void))
            return Expression.Call(typeof(WebSocketView), nameof(WebSocketView.Ended), null, Context,
                call.Type == typeof(Task) ? call : Expression.Call(call, nameof(ValueTask.AsTask), null), Expression.Constant(_what));
        if (_assigns) call = Expression.Block(typeof(void), call);
        return ViewReturn.Wrap(call, Context, services.Converter, optional: _kind == ViewKind.Before);
    }

    // What has to be awaited before the call: forms, and types that bind themselves. Null for the other parameters.
    Func<RequestContext, ValueTask<object?>>?[] Awaits(ViewServices services)
    {
        if (_parameters.All(p => p.Source is not (ParameterSource.Bound or ParameterSource.Form) && !p.IsFormField)) return [];
        var readsForm = ReadsBody(services) && _parameters.Any(p => p.TakesForm);
        return [.. _parameters.Select(p => p.Source switch
        {
            ParameterSource.Bound => BindAsyncMethod.Of(p.Info, p.Name, p.IsOptional),
            ParameterSource.Form => async context => FormValues.Of(await FormValues.ReadAsync(context, p.IsOptional), p.Type, p.WireName, p.IsOptional),
            ParameterSource.Text when p.IsFormField && readsForm => async context =>
            {
                await FormValues.ReadAsync(context, p.IsOptional);
                return p.Text!.Read(context);
            },
            _ => (Func<RequestContext, ValueTask<object?>>?)null,
        })];
    }

    static async ValueTask<object?[]> Filled(RequestContext context, Func<RequestContext, ValueTask<object?>>?[] awaits)
    {
        var values = new object?[awaits.Length];
        for (var i = 0; i < awaits.Length; i++)
            if (awaits[i] is { } fill) values[i] = await fill(context);
        return values;
    }

    Expression Value(ViewParameter parameter, int index, ViewServices services) => parameter.Source switch
    {
        ParameterSource.Variable => Variable(parameter),
        ParameterSource.Constant => Constant(parameter.Type, parameter.Constant),
        ParameterSource.Special => SpecialValues.Of(parameter.Type, Error, Response),
        ParameterSource.Bound or ParameterSource.Form => FromAwaited(parameter, index),
        ParameterSource.Text when parameter.IsFormField && ReadsBody(services) => FromAwaited(parameter, index),
        ParameterSource.TextOrService when services.IsService(parameter.Type) => Argument(nameof(ViewArguments.Service), parameter.Type),
        ParameterSource.Text or ParameterSource.TextOrService => Expression.Convert(
            Expression.Call(Expression.Constant(parameter.Text), nameof(TextValue.Read), null, Context), parameter.Type),
        ParameterSource.Service => Service(parameter, services),
        ParameterSource.Json => Json(parameter),
        _ when services.Parameters.TryGetValue(parameter.Type, out var plugins) =>
            Expression.Convert(Expression.Invoke(Expression.Constant(plugins.Value), Context), parameter.Type),
        _ when parameter.Type.GetCustomAttribute<PluginParameterAttribute>() is { } plugins => throw NotInstalled(parameter, plugins),
        _ when services.IsService(parameter.Type) => Argument(nameof(ViewArguments.Service), parameter.Type),
        _ when _mayHaveBody => Json(parameter),
        _ when parameter.IsOptional => Constant(parameter.Type, parameter.Default),
        _ => throw Missing(parameter),
    };

    static UnaryExpression FromAwaited(ViewParameter parameter, int index) =>
        Expression.Convert(Expression.ArrayIndex(Awaited, Expression.Constant(index)), parameter.Type);

    static MethodCallExpression Json(ViewParameter parameter) =>
        Argument(nameof(ViewArguments.Json), parameter.Type, Expression.Constant(parameter.IsOptional), Constant(parameter.Type, parameter.Default));

    Expression Service(ViewParameter parameter, ViewServices services)
    {
        var isThere = parameter.Key is { } wanted ? services.IsKeyedService(parameter.Type, wanted) : services.IsService(parameter.Type);
        if (!isThere && !parameter.IsOptional) throw Missing(parameter);
        var key = Expression.Constant(parameter.Key, typeof(object));
        if (!parameter.IsOptional) return parameter.Key is null ? Argument(nameof(ViewArguments.Service), parameter.Type) : Argument(nameof(ViewArguments.KeyedService), parameter.Type, key);
        return isThere ? Expression.Convert(Argument(nameof(ViewArguments.ServiceOrNull), null, Expression.Constant(parameter.Type), key), parameter.Type) : Constant(parameter.Type, parameter.Default);
    }

    Expression Variable(ViewParameter parameter)
    {
        var index = Expression.Constant(parameter.Index);
        var type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
        // A converter of one's own says itself what the text means; the built-in ones are read without boxing.
        if (!ViewParameter.IsBuiltIn(_rule!, parameter.WireName)) return Argument(nameof(ViewArguments.Value), parameter.Type, index);
        if (type == typeof(string)) return Argument(nameof(ViewArguments.Text), null, index);
        var reader = UrlNumber.CanRead(type, type) ? nameof(ViewArguments.Number) : nameof(ViewArguments.Value);
        return Expression.Convert(Argument(reader, type, index), parameter.Type);
    }

    // A variable that nobody takes beside a parameter that the rule does not have is nearly always one name in two spellings.
    void CheckLeftOver()
    {
        if (_rule is null || _parameters.FirstOrDefault(p => p is { IsExplicit: false, Source: ParameterSource.Text }) is not { } parameter) return;
        if (_rule.Variables.FirstOrDefault(name => !_parameters.Any(p => p.WireName == name && p.Source is ParameterSource.Variable or ParameterSource.Constant)) is not { } variable) return;
        var type = TypeName.Of(parameter.Type);
        throw new ModularException($"The rule has <{variable}>, the view takes \"{parameter.Name}\" ({_what}). " +
            $"Give both the same name, or write [FromQuery] {type} {parameter.Name} when it comes from the query.");
    }

    void CheckReturn()
    {
        if (_assigns) return;
        ViewReturn.CheckAwaitable(_method.ReturnType, _what);
        if (_kind == ViewKind.After)
        {
            HookShapes.CheckAfter(_method.ReturnType, _what);
            return;
        }
        if (_kind == ViewKind.Teardown)
        {
            HookShapes.CheckTeardown(_method.ReturnType);
            return;
        }
        // Whoever has these can have written the answer already.
        var writesItself = _parameters.Any(p => p.Source == ParameterSource.Special
            && (p.Type == typeof(HttpContext) || p.Type == typeof(HttpResponse) || p.Type == typeof(System.Net.WebSockets.WebSocket)));
        if (_kind == ViewKind.WebSocket && !ReturnTypes.IsNothing(_method.ReturnType))
            throw WebSocketView.Returns(Callback.Awaited(_method.ReturnType) ?? _method.ReturnType, _what);
        ReturnTypes.Check(_method.ReturnType, _what, mayBeNothing: _kind is ViewKind.Before or ViewKind.WebSocket || writesItself);
    }

    // A request has one body, which is read once.
    void CheckBodies(ViewServices services)
    {
        var bodies = _parameters.Where(p => p.TakesForm || (p.Source == ParameterSource.Special && SpecialValues.IsRawBody(p.Type)) || IsPluginBody(p, services) || IsJson(p, services)).ToList();
        if (_kind != ViewKind.View && bodies.FirstOrDefault(p => p.Source != ParameterSource.Special) is { } early) throw new ModularException(
            $"Parameter \"{early.Name}\" of {_what} takes the body, which has not been read there. Write await Current.Request.ReadBodyAsync() in it, and read Current.Request.Json or Form.");
        if (bodies.Count <= 1 || bodies.All(p => p.TakesForm)) return;
        throw new ModularException($"{Callback.Start(_what)} takes the body more than once, as \"{bodies[0].Name}\" and as \"{bodies[1].Name}\". " +
            "Take one type that has everything in it, or the form's fields by [FromForm].");
    }

    bool IsJson(ViewParameter parameter, ViewServices services) => parameter.Source == ParameterSource.Json
        || (parameter.Source == ParameterSource.ServiceOrJson && _mayHaveBody && !services.Parameters.ContainsKey(parameter.Type) && !services.IsService(parameter.Type));

    static bool IsPluginBody(ViewParameter parameter, ViewServices services) =>
        parameter.Source == ParameterSource.ServiceOrJson && services.Parameters.TryGetValue(parameter.Type, out var plugins) && plugins.ReadsBody;

    ModularException Missing(ViewParameter parameter)
    {
        var type = TypeName.Of(parameter.Type);
        if (parameter.Key is not null && Convert.ToString(parameter.Key, CultureInfo.InvariantCulture) is var key) return new($"Nothing can fill parameter \"{parameter.Name}\" of {_what}: {type} is no service of this application under the key \"{key}\". " +
            $"Write app.Services.AddKeyedSingleton<{type}>(\"{key}\").");
        var body = _rule is null || parameter.IsExplicit ? "" : ", or let the rule answer POST when it is the JSON body";
        return new($"Nothing can fill parameter \"{parameter.Name}\" of {_what}: {type} is no service of this application. " +
            $"Write app.Services.AddSingleton<{type}>(){body}.");
    }

    ModularException NotInstalled(ViewParameter parameter, PluginParameterAttribute plugin) => new(
        $"Nothing can fill parameter \"{parameter.Name}\" ({TypeName.Of(parameter.Type)}) of {_what}: its plugin is not installed. Write {plugin.Install}.");

    static Expression Constant(Type type, object? value) =>
        value is null ? Expression.Default(type) : Expression.Convert(Expression.Constant(value), type);

    internal static MethodCallExpression Argument(string method, Type? type = null, params Expression[] more) =>
        Expression.Call(typeof(ViewArguments), method, type is null ? [] : [type], [Context, .. more]);

    // A delegate closed over its first argument, as extension methods make them, hides that argument.
    static int Hidden(Delegate handler) =>
        handler.Method.GetParameters().Length - handler.GetType().GetMethod("Invoke")!.GetParameters().Length;

    static Type? ErrorOf(ViewKind kind, Type? error) => kind switch
    {
        ViewKind.Error => error ?? typeof(HttpException),
        ViewKind.Teardown => typeof(Exception),
        _ => null,
    };

    /// <summary>True when a request for the rule may bring a body.</summary>
    internal static bool MayHaveBody(Rule? rule) => rule is { Methods: var methods } && (methods is null || methods.Any(HasBody));

    static bool HasBody(string method) => method is "POST" or "PUT" or "PATCH" or "DELETE";
}
