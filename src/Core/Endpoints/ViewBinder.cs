namespace Modular;

/// <summary>Binds a delegate of any shape. The call is compiled when the application is frozen, because services are known then.</summary>
[RequiresUnreferencedCode("Binds parameters by reflection."), RequiresDynamicCode("Compiles the call at run time.")]
sealed class ViewBinder : ViewSource
{
    static readonly ParameterExpression Context = Expression.Parameter(typeof(RequestContext), "context");
    static readonly ParameterExpression Error = Expression.Parameter(typeof(Exception), "error");
    static readonly ParameterExpression Response = Expression.Parameter(typeof(Response), "response");

    readonly MethodInfo _method;
    readonly Func<IEnumerable<Expression>, Expression> _call;
    readonly Rule? _rule;
    readonly string _what;
    readonly ViewKind _kind;
    readonly ViewParameter[] _parameters;
    readonly bool _assigns;
    readonly bool _mayHaveBody;

    internal ViewBinder(Delegate handler, string what, ViewKind kind, Rule? rule = null, Type? error = null, string? text = null)
    {
        (_method, _what, _kind, _rule, _mayHaveBody) = (handler.Method, what, kind, rule, MayHaveBody(rule));
        _call = arguments => Expression.Invoke(Expression.Constant(handler), arguments);
        _assigns = rule is null && HookText.Assigns(text);
        error = kind == ViewKind.Error ? error ?? typeof(HttpException) : kind == ViewKind.Teardown ? typeof(Exception) : null;
        var type = handler.GetType();
        // The compiler takes a lambda's parameter without a type for a string.
        var untyped = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(TextView<>) ? HookText.ParameterOf(text) : null;
        // A delegate closed over its first argument, as extension methods make them, hides that argument.
        var hidden = _method.GetParameters().Length - type.GetMethod("Invoke")!.GetParameters().Length;
        _parameters = [.. _method.GetParameters().Skip(hidden).Select(parameter => untyped is not null && parameter.Name == untyped
            ? ViewParameter.Untyped(parameter, what, rule!) : ViewParameter.Of(parameter, what, kind, rule, error))];
        Check();
        Callback.RefuseAsyncVoid(handler, what);
        if (rule is null) ViewAttributes.CheckHook(handler, what);
    }

    internal ViewBinder(MethodInfo method, Type type, Rule rule)
    {
        var what = $"{method.Name} of {type.Name}, rule \"{rule}\"";
        (_method, _what, _rule, _mayHaveBody) = (method, what, rule, MayHaveBody(rule));
        var instance = Expression.Call(typeof(ActivatorUtilities), nameof(ActivatorUtilities.GetServiceOrCreateInstance), null,
            Expression.Property(Context, nameof(RequestContext.Services)), Expression.Constant(type));
        _call = arguments => Expression.Call(Expression.Convert(instance, type), method, arguments);
        _parameters = [.. method.GetParameters().Select(parameter => ViewParameter.Of(parameter, what, ViewKind.View, rule, error: null))];
        Check();
    }

    internal static bool MayHaveBody(Rule? rule) => rule is { Methods: var methods } && (methods is null || methods.Any(HasBody));

    static bool HasBody(string method) => method is "POST" or "PUT" or "PATCH" or "DELETE";

    internal override bool ReadsBody(ViewServices services) => _method.IsDefined(typeof(ReadsBodyAttribute), inherit: true)
        || _parameters.Any(p => p.Source == ParameterSource.Form || p.IsRawBody || IsPluginBody(p, services));

    internal override void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        foreach (var parameter in _parameters)
            if (parameter.IsInput || IsJson(parameter, services)) endpoint.Metadata.Add(parameter);
        ViewAttributes.Describe(_method, _parameters.Select(parameter => parameter.Info), endpoint, services.Converter);
        if (_parameters.Any(parameter => parameter.TakesForm) && services.IsService(typeof(IAntiforgery)))
            endpoint.Metadata.Add(new RequireAntiforgeryTokenAttribute());
    }

    internal override View Bind(ViewServices services)
    {
        var handler = BindHandler(services);
        return context => handler(context, null, null);
    }

    internal Handler BindHandler(ViewServices services)
    {
        CheckBodies(services);
        var arguments = _parameters.Select(parameter => Value(parameter, services));
        var call = Expression.Lambda<Handler>(Answer(_call(arguments), services), Context, Response, Error).Compile();
        var form = Array.FindAll(_parameters, parameter => parameter.TakesForm);
        if (form is [] || !ReadsBody(services)) return call;
        var isOptional = Array.TrueForAll(form, parameter => parameter.IsOptional);
        return async (context, response, error) =>
        {
            await ViewArguments.ReadFormAsync(context, isOptional);
            return await call(context, response, error);
        };
    }

    InvocationExpression Answer(Expression call, ViewServices services)
    {
        if (call.Type == typeof(void)) call = Expression.Block(call, Expression.Default(typeof(ValueTask)));
        var answer = typeof(ViewAnswer).GetMethod(nameof(ViewAnswer.Of), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(call.Type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [_kind, _what, _assigns], null);
        return Expression.Invoke(Expression.Constant(answer), Expression.Constant(services.Converter), Context, call, Response);
    }

    Expression Value(ViewParameter parameter, ViewServices services) => parameter.Source switch
    {
        ParameterSource.Variable => Variable(parameter),
        ParameterSource.Constant => Constant(parameter.Type, parameter.Constant),
        ParameterSource.OfRequest => Given(parameter, ViewParameter.OfRequest[parameter.Type]),
        ParameterSource.Response => Response,
        ParameterSource.Error => Expression.Convert(Error, parameter.Type),
        ParameterSource.TextOrService when services.IsService(parameter.Type) => Service(parameter, services),
        ParameterSource.Text or ParameterSource.TextOrService => Given(parameter, parameter.Text!.Read),
        ParameterSource.Form => Given(parameter,
            context => ViewArguments.PartOf(context.Http.Request, parameter.Type, parameter.WireName, parameter.IsOptional)),
        ParameterSource.Service => Service(parameter, services),
        ParameterSource.Json => Json(parameter),
        _ when services.Parameters.TryGetValue(parameter.Type, out var plugins) => Given(parameter, plugins.Value),
        _ when parameter.Type.GetCustomAttribute<PluginParameterAttribute>() is { } plugin => throw new ModularException(
            $"Nothing can fill parameter \"{parameter.Name}\" ({TypeName.Of(parameter.Type)}) of {_what}: its plugin is not installed. " +
            $"Write {plugin.Install}."),
        _ when _mayHaveBody && !services.IsService(parameter.Type) => Json(parameter),
        _ => Service(parameter, services),
    };

    static UnaryExpression Given(ViewParameter parameter, Func<RequestContext, object?> value) =>
        Expression.Convert(Expression.Invoke(Expression.Constant(value), Context), parameter.Type);

    static MethodCallExpression Json(ViewParameter parameter) => Argument(nameof(ViewArguments.Json), parameter.Type,
        Expression.Constant(parameter.IsOptional), Constant(parameter.Type, parameter.Default));

    Expression Service(ViewParameter parameter, ViewServices services)
    {
        var (type, key) = (parameter.Type, parameter.Key);
        if (key is null ? services.IsService(type) : services.IsKeyedService(type, key)) return Given(parameter, key is null
            ? context => context.Services.GetRequiredService(type)
            : context => context.Services.GetRequiredKeyedService(type, key));
        return parameter.IsOptional ? Constant(type, parameter.Default) : throw Missing(parameter);
    }

    Expression Variable(ViewParameter parameter)
    {
        var index = Expression.Constant(parameter.Index);
        var type = ViewParameter.Bare(parameter.Type);
        // A custom converter decides what the text means; the built-in ones are read without boxing.
        if (!ViewParameter.IsBuiltIn(_rule!, parameter.WireName)) return Argument(nameof(ViewArguments.Value), parameter.Type, index);
        if (type == typeof(string)) return Argument(nameof(ViewArguments.Text), null, index);
        var reader = ViewParameter.CanRead(type, type) ? nameof(ViewArguments.Number) : nameof(ViewArguments.Value);
        return Expression.Convert(Argument(reader, type, index), parameter.Type);
    }

    void Check()
    {
        // An unused variable next to a parameter that the rule does not have is nearly always one name with two spellings.
        if (Array.Find(_parameters, p => p is { IsExplicit: false, Source: ParameterSource.Text }) is { Name: var name } parameter)
        {
            var taken = _parameters.Where(p => p.Source is ParameterSource.Variable or ParameterSource.Constant).Select(p => p.WireName);
            if (_rule!.Variables.Except(taken).FirstOrDefault() is { } variable) throw LeftOver(
                variable, name, _what, $"write [FromQuery] {TypeName.Of(parameter.Type)} {name} when it comes from the query.");
        }
        if (_assigns) return;
        // A view that takes one of these can write the response itself, and a WebSocket has none.
        var writes = _rule is { WebSocket: true } || _parameters.Any(p => p.Source == ParameterSource.OfRequest
            && (p.Type == typeof(HttpContext) || p.Type == typeof(HttpResponse)));
        ViewAnswer.Check(_method.ReturnType, _kind, _what, writes);
    }

    internal static ModularException LeftOver(string variable, string name, string what, string remedy) => new(
        $"The rule has <{variable}>, the view takes \"{name}\" ({what}). Give both the same name, or {remedy}");

    void CheckBodies(ViewServices services)
    {
        var bodies = _parameters.Where(p => p.TakesForm || p.IsRawBody || IsPluginBody(p, services) || IsJson(p, services)).ToList();
        if (_kind != ViewKind.View && bodies.Find(p => !p.IsRawBody) is { } early) throw ViewParameter.BodyTooEarly(early.Info, _what);
        if (bodies.Count > 1 && !bodies.TrueForAll(p => p.TakesForm)) throw new ModularException(
            $"{Callback.Start(_what)} takes the body more than once, as \"{bodies[0].Name}\" and as \"{bodies[1].Name}\". " +
            "Take one type that has everything in it, or the form's fields by [FromForm].");
    }

    bool IsJson(ViewParameter parameter, ViewServices services) => parameter.Source == ParameterSource.Json
        || (parameter.Source == ParameterSource.ServiceOrJson && _mayHaveBody
            && !services.Parameters.ContainsKey(parameter.Type) && !services.IsService(parameter.Type));

    static bool IsPluginBody(ViewParameter parameter, ViewServices services) => parameter.Source == ParameterSource.ServiceOrJson
        && services.Parameters.TryGetValue(parameter.Type, out var plugins) && plugins.ReadsBody;

    ModularException Missing(ViewParameter parameter)
    {
        var (type, key) = (TypeName.Of(parameter.Type), Convert.ToString(parameter.Key, CultureInfo.InvariantCulture));
        var body = _rule is null || parameter.IsExplicit ? "" : ", or add POST to the rule's methods when it is the JSON body";
        return new($"Nothing can fill parameter \"{parameter.Name}\" of {_what}: {type} isn't a service of this application" +
            (parameter.Key is null ? $". Write app.Services.AddSingleton<{type}>(){body}."
            : $" under the key \"{key}\". Write app.Services.AddKeyedSingleton<{type}>(\"{key}\")."));
    }

    static Expression Constant(Type type, object? value) =>
        value is null ? Expression.Default(type) : Expression.Convert(Expression.Constant(value), type);

    static MethodCallExpression Argument(string method, Type? type, params Expression[] more) =>
        Expression.Call(typeof(ViewArguments), method, type is null ? [] : [type], [Context, .. more]);
}

static class ViewArguments
{
    internal static string Text(RequestContext context, int index)
    {
        context.Alive();
        return context.ChangedValues is null ? context.Match.Values.Text(index) : (string)Changed(context, index)!;
    }

    // A number that the type cannot hold is a 404, as if no rule matched.
    internal static T Number<T>(RequestContext context, int index) where T : ISpanParsable<T>
    {
        context.Alive();
        if (context.ChangedValues is not null)
            return (T)Convert.ChangeType(Changed(context, index)!, typeof(T), CultureInfo.InvariantCulture);
        return context.Match.Values.TryRead<T>(index, out var value) ? value : throw new HttpException(404);
    }

    internal static T Value<T>(RequestContext context, int index)
    {
        context.Alive();
        return (T)(context.ChangedValues is null ? context.Match.Values.Value(index) : Changed(context, index))!;
    }

    static object? Changed(RequestContext context, int index)
    {
        var name = context.Match.Rule!.Variables[index];
        return context.ChangedValues!.TryGetValue(name, out var value) ? value : throw new ModularException(
            $"The view for rule \"{context.Match.Rule}\" takes \"{name}\", but a UrlValuePreprocessor removed it. " +
            "Remove the parameter from the view, or keep the value.");
    }

    // When the view doesn't take null, the JSON "null" is the client's mistake.
    internal static T? Json<T>(RequestContext context, bool optional, T? otherwise) =>
        optional && context.Request.Data.IsEmpty ? otherwise
        : context.Request.GetJson<T>() is { } value ? value
        : optional ? default : throw JsonProblem.Null();

    internal static async ValueTask ReadFormAsync(RequestContext context, bool optional)
    {
        var request = context.Http.Request;
        if (!request.HasFormContentType)
        {
            if (optional && !RequestBody.Exists(context.Http)) return;
            throw new HttpException(415, "The body isn't a form. Send it as multipart/form-data or application/x-www-form-urlencoded.");
        }
        try
        {
            // Before ASP.NET reads it, because that knows other limits.
            if (context.Request.MimeType is not "multipart/form-data") await context.Request.ReadBodyAsync(context.RequestAborted);
            await request.ReadFormAsync(context.RequestAborted);
            await context.Request.ReadBodyAsync(context.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            throw new HttpException(400, inner: error);
        }
    }

    internal static object? PartOf(HttpRequest request, Type type, string name, bool optional)
    {
        var form = request.HasFormContentType ? request.Form : FormCollection.Empty;
        return type == typeof(IFormCollection) ? form
            : type == typeof(IFormFileCollection) ? form.Files
            : type == typeof(IFormFile[]) ? form.Files.GetFiles(name).ToArray()
            : type != typeof(IFormFile) ? form.Files.GetFiles(name).ToList()
            : form.Files.GetFile(name) ?? (optional ? null : throw new HttpException(400, $"The form has no file \"{name}\"."));
    }
}
