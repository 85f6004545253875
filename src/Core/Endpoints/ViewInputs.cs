namespace Modular;

/// <summary>A method whose parameters are bound.</summary>
sealed record ViewMethod(
    MethodInfo Method, ParameterInfo[] Parameters, string What, ViewKind Kind, Rule? Rule, Type? Error, string? Untyped);

/// <summary>The parameters of a view, hook or error handler. Here it has none.</summary>
class ViewInputs
{
    static Func<ViewMethod, ViewInputs>? _bind;

    // Ahead of time, a program of views that take nothing has no reader of forms and JSON in it.
    internal static void Include() => _bind = view => new ViewParameters(view);

    internal static ViewInputs Of(ViewMethod view)
    {
        if (RuntimeFeature.IsDynamicCodeSupported) Include();
        return view.Parameters is [] ? new() : _bind!(view);
    }

    internal virtual bool TakeResponse => false;
    internal virtual bool ReadBody(ViewServices services) => false;
    internal virtual void Describe(EndpointBuilder endpoint, ViewServices services) { }
    internal virtual Func<ViewArguments, object?>[] Readers(ViewServices services) => [];
    internal virtual Handler AfterForm(Handler call, bool readsBody) => call;
}

sealed class ViewParameters : ViewInputs
{
    readonly ViewMethod _view;
    readonly ViewParameter[] _all;
    readonly bool _mayHaveBody;

    internal ViewParameters(ViewMethod view)
    {
        (_view, _mayHaveBody) = (view, MayHaveBody(view.Rule));
        _all = Array.ConvertAll(view.Parameters, parameter => view.Untyped is not null && parameter.Name == view.Untyped
            ? ViewParameter.Untyped(parameter, view.What, view.Rule!)
            : ViewParameter.Of(parameter, view.What, view.Kind, view.Rule, view.Error));
        // An unused variable next to a parameter that the rule does not have is nearly always one name with two spellings.
        if (Array.Find(_all, p => p is { IsExplicit: false, Source: ParameterSource.Text }) is not { Name: var name } unfilled) return;
        var taken = _all.Where(p => p.Source is ParameterSource.Variable or ParameterSource.Constant).Select(p => p.WireName);
        if (view.Rule!.Variables.Except(taken).FirstOrDefault() is { } variable) throw LeftOver(
            variable, name, view.What, $"write [FromQuery] {TypeName.Of(unfilled.Type)} {name} when it comes from the query.");
    }

    internal static bool MayHaveBody(Rule? rule) => rule is { Methods: var methods }
        && (methods is null || methods.Any(method => method is "POST" or "PUT" or "PATCH" or "DELETE"));

    internal static ModularException LeftOver(string variable, string name, string what, string remedy) => new(
        $"The rule has <{variable}>, the view takes \"{name}\" ({what}). Give both the same name, or {remedy}");

    internal override bool TakeResponse => Array.Exists(_all, p => p.Source == ParameterSource.OfRequest
        && (p.Type == typeof(HttpContext) || p.Type == typeof(HttpResponse)));

    internal override bool ReadBody(ViewServices services) =>
        Array.Exists(_all, p => p.Source == ParameterSource.Form || p.IsRawBody || IsPluginBody(p, services));

    internal override void Describe(EndpointBuilder endpoint, ViewServices services)
    {
        foreach (var parameter in _all)
            if (parameter.IsInput || IsJson(parameter, services)) endpoint.Metadata.Add(parameter);
        if (Array.Exists(_all, parameter => parameter.TakesForm) && services.IsService(typeof(IAntiforgery)))
            endpoint.Metadata.Add(new RequireAntiforgeryTokenAttribute());
    }

    internal override Func<ViewArguments, object?>[] Readers(ViewServices services)
    {
        CheckBodies(services);
        return Array.ConvertAll(_all, parameter => Reader(parameter, services));
    }

    internal override Handler AfterForm(Handler call, bool readsBody)
    {
        var form = Array.FindAll(_all, parameter => parameter.TakesForm);
        if (form is [] || !readsBody) return call;
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
            $"Nothing can fill parameter \"{parameter.Name}\" ({TypeName.Of(parameter.Type)}) of {_view.What}: its plugin is not installed. " +
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
        return !ViewParameter.IsBuiltIn(_view.Rule!, parameter.WireName) ? context => ViewValues.Value(context, index)
            : type == typeof(string) ? context => ViewValues.Text(context, index)
            : ViewType.Of(type).Number is { } number ? context => number(context, index)
            : context => ViewValues.Value(context, index);
    }

    void CheckBodies(ViewServices services)
    {
        var bodies = _all.Where(p => p.TakesForm || p.IsRawBody || IsPluginBody(p, services) || IsJson(p, services)).ToList();
        if (_view.Kind != ViewKind.View && bodies.Find(p => !p.IsRawBody) is { } early) throw ViewParameter.BodyTooEarly(early.Info, _view.What);
        if (bodies.Count > 1 && !bodies.TrueForAll(p => p.TakesForm)) throw new ModularException(
            $"{Callback.Start(_view.What)} takes the body more than once, as \"{bodies[0].Name}\" and as \"{bodies[1].Name}\". " +
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
        var body = _view.Rule is null || parameter.IsExplicit ? "" : ", or add POST to the rule's methods when it is the JSON body";
        return new($"Nothing can fill parameter \"{parameter.Name}\" of {_view.What}: {type} isn't a service of this application" +
            (parameter.Key is null ? $". Write app.Services.AddSingleton<{type}>(){body}."
            : $" under the key \"{key}\". Write app.Services.AddKeyedSingleton<{type}>(\"{key}\")."));
    }
}
