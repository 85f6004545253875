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
    readonly Rule? _rule;
    readonly string _what;
    readonly ViewKind _kind;
    readonly ViewParameter[] _parameters;
    readonly bool _assigns;
    readonly bool _mayHaveBody;

    internal ViewBinder(Delegate handler, string what, ViewKind kind, Rule? rule = null, Type? error = null, string? text = null)
    {
        (_view, _method, _what, _kind, _rule, _mayHaveBody) = (handler, handler.Method, what, kind, rule, MayHaveBody(rule));
        _assigns = rule is null && HookText.Assigns(text);
        error = kind == ViewKind.Error ? error ?? typeof(HttpException) : kind == ViewKind.Teardown ? typeof(Exception) : null;
        _shape = ViewShapes.Of(handler, what);
        // The compiler takes a lambda's parameter without a type for a string.
        var untyped = handler.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TextView<>)
            ? HookText.ParameterOf(text) : null;
        // A delegate closed over its first argument, as extension methods make them, hides that argument.
        var hidden = _method.IsStatic && handler.Target is not null ? 1 : 0;
        _parameters = [.. _method.GetParameters().Skip(hidden).Select(parameter => untyped is not null && parameter.Name == untyped
            ? ViewParameter.Untyped(parameter, what, rule!) : ViewParameter.Of(parameter, what, kind, rule, error))];
        Check();
        Callback.RefuseAsyncVoid(handler, what);
        if (rule is null) ViewAttributes.CheckHook(handler, what);
    }

    internal ViewBinder(
        MethodInfo method, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, Rule rule)
    {
        var what = $"{method.Name} of {type.Name}, rule \"{rule}\"";
        (_method, _what, _rule, _mayHaveBody) = (method, what, rule, MayHaveBody(rule));
        _shape = new ReflectedShape(method, (context, _) => ActivatorUtilities.GetServiceOrCreateInstance(context.Services, type));
        _parameters = [.. method.GetParameters().Select(parameter => ViewParameter.Of(parameter, what, ViewKind.View, rule, error: null))];
        Check();
    }

    internal static bool MayHaveBody(Rule? rule) => rule is { Methods: var methods } && (methods is null || methods.Any(HasBody));

    static bool HasBody(string method) => method is "POST" or "PUT" or "PATCH" or "DELETE";

    internal bool ReadsBody(ViewServices services) => _method.IsDefined(typeof(ReadsBodyAttribute), inherit: true)
        || _parameters.Any(p => p.Source == ParameterSource.Form || p.IsRawBody || IsPluginBody(p, services));

    internal void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        foreach (var parameter in _parameters)
            if (parameter.IsInput || IsJson(parameter, services)) endpoint.Metadata.Add(parameter);
        ViewAttributes.Describe(_method, _parameters.Select(parameter => parameter.Info), endpoint, services.Converter);
        if (_parameters.Any(parameter => parameter.TakesForm) && services.IsService(typeof(IAntiforgery)))
            endpoint.Metadata.Add(new RequireAntiforgeryTokenAttribute());
    }

    internal View Bind(ViewServices services)
    {
        var handler = BindHandler(services);
        return context => handler(context, null, null);
    }

    internal Handler BindHandler(ViewServices services)
    {
        CheckBodies(services);
        var call = _shape.Bind(
            _view, Array.ConvertAll(_parameters, parameter => Reader(parameter, services)), _kind, _what, _assigns, services.Converter);
        var form = Array.FindAll(_parameters, parameter => parameter.TakesForm);
        if (form is [] || !ReadsBody(services)) return call;
        var isOptional = Array.TrueForAll(form, parameter => parameter.IsOptional);
        return async (context, response, error) =>
        {
            await ViewValues.ReadFormAsync(context, isOptional);
            return await call(context, response, error);
        };
    }

    Func<ViewArguments, object?> Reader(ViewParameter parameter, ViewServices services)
    {
        if (parameter.Source == ParameterSource.Response) return at => at.Response;
        if (parameter.Source == ParameterSource.Error) return at => at.Error;
        var value = Value(parameter, services);
        return at => value(at.Context);
    }

    Func<RequestContext, object?> Value(ViewParameter parameter, ViewServices services) => parameter.Source switch
    {
        ParameterSource.Variable => Variable(parameter),
        ParameterSource.Constant => _ => parameter.Constant,
        ParameterSource.OfRequest => ViewParameter.OfRequest[parameter.Type],
        ParameterSource.TextOrService when services.IsService(parameter.Type) => Service(parameter, services),
        ParameterSource.Text or ParameterSource.TextOrService => parameter.Text!.Read,
        ParameterSource.Form =>
            context => ViewValues.PartOf(context.Http.Request, parameter.Type, parameter.WireName, parameter.IsOptional),
        ParameterSource.Service => Service(parameter, services),
        ParameterSource.Json => Json(parameter),
        _ when services.Parameters.TryGetValue(parameter.Type, out var plugins) => plugins.Value,
        _ when parameter.Type.GetCustomAttribute<PluginParameterAttribute>() is { } plugin => throw new ModularException(
            $"Nothing can fill parameter \"{parameter.Name}\" ({TypeName.Of(parameter.Type)}) of {_what}: its plugin is not installed. " +
            $"Write {plugin.Install}."),
        _ when _mayHaveBody && !services.IsService(parameter.Type) => Json(parameter),
        _ => Service(parameter, services),
    };

    static Func<RequestContext, object?> Json(ViewParameter parameter)
    {
        var (type, otherwise) = (ViewType.Of(parameter.Type), parameter.Default);
        return context => type.Json(context, parameter.IsOptional, otherwise);
    }

    Func<RequestContext, object?> Service(ViewParameter parameter, ViewServices services)
    {
        var (type, key) = (parameter.Type, parameter.Key);
        if (key is null ? services.IsService(type) : services.IsKeyedService(type, key)) return key is null
            ? context => context.Services.GetRequiredService(type)
            : context => context.Services.GetRequiredKeyedService(type, key);
        return parameter.IsOptional ? _ => parameter.Default : throw Missing(parameter);
    }

    // A custom converter decides what the text means.
    Func<RequestContext, object?> Variable(ViewParameter parameter)
    {
        var (index, type) = (parameter.Index, ViewParameter.Bare(parameter.Type));
        return !ViewParameter.IsBuiltIn(_rule!, parameter.WireName) ? context => ViewValues.Value(context, index)
            : type == typeof(string) ? context => ViewValues.Text(context, index)
            : ViewType.Of(type).Number is { } number ? context => number(context, index)
            : context => ViewValues.Value(context, index);
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
}

static class ViewValues
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

    internal static object? Value(RequestContext context, int index)
    {
        context.Alive();
        return context.ChangedValues is null ? context.Match.Values.Value(index) : Changed(context, index);
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
