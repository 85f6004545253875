using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace Modular;

/// <summary>
/// Binds a delegate of any shape. Where each parameter comes from is decided and checked when the view is added; the call is compiled when the
/// application is frozen, for only then all services are known. The one seam behind which reflection lies.
/// </summary>
[RequiresUnreferencedCode("Binds parameters by reflection; the overloads for plain shapes do not.")]
[RequiresDynamicCode("Compiles the call at run time; the overloads for plain shapes do not.")]
sealed class ViewBinder : ViewSource
{
    internal static readonly ParameterExpression Context = Expression.Parameter(typeof(RequestContext), "context");
    static readonly ParameterExpression Error = Expression.Parameter(typeof(Exception), "error");

    readonly MethodInfo _method;
    readonly Func<IEnumerable<Expression>, Expression> _call;
    readonly Rule? _rule;
    readonly string _what;
    readonly ViewParameter[] _parameters;
    readonly bool _isHook;

    /// <param name="handler">Any delegate.</param>
    /// <param name="what">How errors call it, such as <c>the view for rule "/user/&lt;name&gt;"</c>.</param>
    /// <param name="rule">The rule whose variables it may take; null for hooks and error handlers.</param>
    /// <param name="takesError">True for error handlers.</param>
    /// <exception cref="ModularException">A parameter that nothing can fill, or a return type that is no answer.</exception>
    internal ViewBinder(Delegate handler, string what, Rule? rule = null, bool takesError = false)
        : this(handler.Method, arguments => Expression.Invoke(Expression.Constant(handler), arguments), what, rule, takesError, Hidden(handler))
    {
    }

    /// <summary>Binds a method of a class.</summary>
    /// <param name="instance">Makes the object that it is called on.</param>
    internal ViewBinder(MethodInfo method, Expression instance, string what, Rule rule)
        : this(method, arguments => Expression.Call(instance, method, arguments), what, rule, takesError: false, hidden: 0)
    {
    }

    ViewBinder(MethodInfo method, Func<IEnumerable<Expression>, Expression> call, string what, Rule? rule, bool takesError, int hidden)
    {
        (_method, _call, _what, _rule, _isHook) = (method, call, what, rule, rule is null && !takesError);
        _parameters = [.. method.GetParameters().Skip(hidden).Select(p => ViewParameter.Of(p, what, rule, takesError))];
        // Whoever has these can have written the answer already.
        var writesItself = _parameters.Any(p => p.Source is ParameterSource.Http or ParameterSource.WebSocket);
        ViewReturn.Check(method.ReturnType, what, mayBeNothing: _isHook || writesItself);
    }

    /// <summary>True when a parameter says that the view reads the body itself, while it arrives.</summary>
    internal override bool ReadsBody(ViewServices services) => _parameters.Any(p => p.Source is ParameterSource.Body or ParameterSource.BodyReader
        || (p.Source == ParameterSource.ServiceOrJson && services.Parameters.TryGetValue(p.Type, out var plugins) && plugins.ReadsBody));

    internal override void Describe(IList<object> metadata, ViewServices services)
    {
        metadata.Add(_method);
        foreach (var parameter in _parameters)
            if (parameter.Source == ParameterSource.Variable || IsBody(parameter, services)) metadata.Add(new ViewInput(parameter));
        if (ViewReturn.Described(_method.ReturnType) is { } answer) metadata.Add(answer);
    }

    bool IsBody(ViewParameter parameter, ViewServices services) =>
        parameter.Source == ParameterSource.ServiceOrJson && MayHaveBody && !services.IsService(parameter.Type);

    /// <summary>The compiled view.</summary>
    internal override View Bind(ViewServices services) => Compile<View>(services, Context);

    /// <summary>The compiled hook: as a view, but null goes on.</summary>
    internal BeforeHook BindHook(ViewServices services) => Compile<BeforeHook>(services, Context);

    /// <summary>The compiled error handler.</summary>
    internal ErrorView BindError(ViewServices services) => Compile<ErrorView>(services, Context, Error);

    T Compile<T>(ViewServices services, params ParameterExpression[] parameters) where T : Delegate
    {
        var arguments = _parameters.Select(p => Value(p, services));
        return Expression.Lambda<T>(ViewReturn.Wrap(_call(arguments), Context, services.Converter, _isHook), parameters).Compile();
    }

    Expression Value(ViewParameter parameter, ViewServices services) => parameter.Source switch
    {
        ParameterSource.Variable => Variable(parameter),
        ParameterSource.Constant => Constant(parameter),
        ParameterSource.Context => Context,
        ParameterSource.Request => Expression.Property(Context, nameof(RequestContext.Request)),
        ParameterSource.Http => Expression.Property(Context, nameof(RequestContext.Http)),
        ParameterSource.Aborted => Expression.Property(Context, nameof(RequestContext.RequestAborted)),
        ParameterSource.Body => Argument(nameof(ViewArguments.Body)),
        ParameterSource.BodyReader => Argument(nameof(ViewArguments.BodyReader)),
        ParameterSource.WebSocket => Argument(nameof(ViewArguments.Socket)),
        ParameterSource.Error => Expression.Convert(Error, parameter.Type),
        _ when services.Parameters.TryGetValue(parameter.Type, out var plugins) =>
            Expression.Convert(Expression.Invoke(Expression.Constant(plugins.Value), Context), parameter.Type),
        _ when parameter.Type.GetCustomAttribute<PluginParameterAttribute>() is { } plugins => throw NotInstalled(parameter, plugins),
        _ when services.IsService(parameter.Type) => Argument(nameof(ViewArguments.Service), parameter.Type),
        _ when MayHaveBody => Argument(nameof(ViewArguments.Json), parameter.Type, Expression.Constant(parameter.IsOptional)),
        _ when parameter.IsOptional => Constant(parameter),
        _ => throw Missing(parameter),
    };

    Expression Variable(ViewParameter parameter)
    {
        var index = Expression.Constant(parameter.Index);
        var type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
        // A converter of one's own says itself what the text means; the built-in ones are read without boxing.
        if (!ViewParameter.IsBuiltIn(_rule!, parameter.Name)) return Argument(nameof(ViewArguments.Value), parameter.Type, index);
        if (type == typeof(string)) return Argument(nameof(ViewArguments.Text), null, index);
        var reader = UrlNumber.CanRead(type, type) ? nameof(ViewArguments.Number) : nameof(ViewArguments.Value);
        return Expression.Convert(Argument(reader, type, index), parameter.Type);
    }

    ModularException Missing(ViewParameter parameter)
    {
        var type = TypeName.Of(parameter.Type);
        var body = _rule is null ? "" : ", or let the rule answer POST when it is the JSON body";
        return new($"Nothing can fill parameter \"{parameter.Name}\" of {_what}: {type} is no service of this application. " +
            $"Write app.Services.AddSingleton<{type}>(){body}.");
    }

    ModularException NotInstalled(ViewParameter parameter, PluginParameterAttribute plugin) => new(
        $"Nothing can fill parameter \"{parameter.Name}\" ({TypeName.Of(parameter.Type)}) of {_what}: its plugin is not installed. Write {plugin.Install}.");

    static Expression Constant(ViewParameter parameter) =>
        parameter.Constant is null ? Expression.Default(parameter.Type) : Expression.Convert(Expression.Constant(parameter.Constant), parameter.Type);

    static MethodCallExpression Argument(string method, Type? type = null, params Expression[] more) =>
        Expression.Call(typeof(ViewArguments), method, type is null ? [] : [type], [Context, .. more]);

    // A delegate closed over its first argument, as extension methods make them, hides that argument.
    static int Hidden(Delegate handler) =>
        handler.Method.GetParameters().Length - handler.GetType().GetMethod("Invoke")!.GetParameters().Length;

    bool MayHaveBody => _rule is { Methods: var methods } && (methods is null || methods.Any(m => m is "POST" or "PUT" or "PATCH" or "DELETE"));
}
