using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using System.Security.Claims;

namespace Modular;

enum ParameterSource { Variable, Constant, Text, TextOrService, OfRequest, Response, Error, Form, Service, Json, ServiceOrJson }

sealed class ViewParameter : IParameterBindingMetadata
{
    internal static readonly Dictionary<Type, Func<RequestContext, object>> OfRequest = new()
    {
        [typeof(RequestContext)] = context => context,
        [typeof(Request)] = context => context.Request,
        [typeof(HttpContext)] = context => context.Http,
        [typeof(HttpRequest)] = context => context.Http.Request,
        [typeof(HttpResponse)] = context => context.Http.Response,
        [typeof(ClaimsPrincipal)] = context => context.Http.User,
        [typeof(CancellationToken)] = context => context.RequestAborted,
        [typeof(Stream)] = context => context.Http.Request.Body,
        [typeof(PipeReader)] = context => context.Http.Request.BodyReader,
    };

    // Common names for the request's context. A lambda that doesn't use it fits any type.
    static readonly HashSet<string> Contexts = ["_", "__", "c", "context", "ctx", "http", "req", "request"];

    ViewParameter(ParameterInfo info, ParameterSource source, string? wireName = null) =>
        (Info, Source, WireName, IsOptional) = (info, source, wireName ?? info.Name ?? "", MayBeLeftOut(info));

    internal ParameterInfo Info { get; }
    internal ParameterSource Source { get; }
    internal string WireName { get; }
    internal bool IsOptional { get; private init; }
    internal bool IsExplicit { get; private init; }
    internal bool IsFormField { get; private init; }
    internal object? Constant { get; private init; }
    internal object? Key { get; private init; }
    internal int Index { get; private init; } = -1;
    internal TextValue? Text { get; private init; }
    internal Type Type => Info.ParameterType;
    internal string Name => Info.Name ?? "";
    internal object? Default => TextValue.DefaultOf(Info);
    internal bool TakesForm => Source == ParameterSource.Form || IsFormField;
    internal bool IsRawBody => Source == ParameterSource.OfRequest && (Type == typeof(Stream) || Type == typeof(PipeReader));
    internal bool IsInput => IsText || Source == ParameterSource.Form;
    internal bool MayBeJson => Source is ParameterSource.Json or ParameterSource.ServiceOrJson;
    bool IsText => Source is ParameterSource.Variable or ParameterSource.Text;

    string IParameterBindingMetadata.Name => WireName;
    bool IParameterBindingMetadata.HasTryParse => IsText;
    bool IParameterBindingMetadata.HasBindAsync => false;
    ParameterInfo IParameterBindingMetadata.ParameterInfo => Info;
    bool IParameterBindingMetadata.IsOptional => IsOptional;

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A BindAsync that was trimmed isn't refused, and wasn't called.")]
    internal static ViewParameter Of(ParameterInfo info, string what, ViewKind kind, Rule? rule, Type? error)
    {
        var (name, type) = (info.Name ?? "", info.ParameterType);
        if (type.IsByRef) throw Wrong(info, what, "is passed by reference, but its value isn't read back. Remove ref, out or in.");
        if (BindingOf(info, what) is { } attribute) return ByAttribute(info, attribute, what, kind, rule);
        if (OfRequest.ContainsKey(type)) return new(info, ParameterSource.OfRequest);
        // A default of the rule wins over the value in the path, as in ViewArgs.
        if (rule is not null && rule.Defaults.TryGetValue(name, out var value))
            return new(info, ParameterSource.Constant) { Constant = Fit(value, type, rule, name) };
        if (rule is not null && rule.IndexOf(name) is >= 0 and var index) return Variable(info, rule, index);
        if (type == typeof(Response) && kind == ViewKind.After) return new(info, ParameterSource.Response);
        if (error is not null && type.IsAssignableTo(typeof(Exception)))
            return type.IsAssignableFrom(error) ? new(info, ParameterSource.Error) : throw Wrong(info, what,
                $"takes {TypeName.Of(type)}, but the errors that come are of type {TypeName.Of(error)}. Take {TypeName.Of(error)} {name}.");
        if (IsForm(type)) return new(info, ParameterSource.Form);
        if (Bare(type).GetMember("BindAsync", BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy) is not [])
            throw Wrong(info, what, "has a type with BindAsync, which isn't called. Take the RequestContext, and call it in the view.");
        var isValue = type.IsValueType || type == typeof(string);
        if (type != typeof(object) && (!TextValue.CanRead(type) || (rule is null && !isValue)))
            return new(info, ParameterSource.ServiceOrJson);
        if (rule is null || type == typeof(object)) return info.HasDefaultValue
            ? new(info, ParameterSource.Constant) { Constant = info.DefaultValue } : throw new ModularException(
            $"Nothing can fill parameter \"{info.Name}\" ({TypeName.Of(type)}) of {what}. " +
            (rule is null ? "Take it from Current.Request instead."
                : Suggest.Nearest(name, rule.Variables) is { } near ? $"Did you mean \"{near}\"?"
                : $"Write <{name}> into the rule, or give the parameter another type."));
        // As in minimal APIs, several values come from the body when there is one.
        if (TextValue.IsMany(type) && type != typeof(StringValues) && ViewBinder.MayHaveBody(rule))
            return new(info, ParameterSource.ServiceOrJson);
        return new(info, isValue ? ParameterSource.Text : ParameterSource.TextOrService)
        {
            Text = new(info, TextKind.Query, name, MayBeLeftOut(info)),
        };
    }

    internal static ViewParameter Untyped(ParameterInfo info, string what, Rule rule)
    {
        var (name, index) = (info.Name!, rule.IndexOf(info.Name!));
        if (index >= 0 && IsBuiltIn(rule, name)) return new(info, ParameterSource.Variable) { Index = index };
        if (index >= 0 || rule.Defaults.ContainsKey(name)) return Of(info, what, ViewKind.View, rule, null);
        if (Contexts.Contains(name)) return new(info, ParameterSource.Constant);
        throw rule.Variables is [var variable, ..]
            ? ViewBinder.LeftOver(variable, name, what, $"give the parameter a type: (string {name}) => ….")
            : Wrong(info, what, $"has no type, and the rule has no <{name}>. " +
                $"Write (string {name}) => … for a value of the query, or (RequestContext {name}) => ….");
    }

    internal static bool IsBuiltIn(Rule rule, string variable) => rule.ConverterOf(variable) is SpanConverter;

    internal static bool CanRead(Type given, Type wanted) => IsWhole(given) ? IsWhole(wanted) || IsReal(wanted)
        : IsReal(given) ? IsReal(wanted) : given == typeof(Guid) && wanted == typeof(Guid);

    static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte)
        || type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(sbyte) || type == typeof(nint)
        || type == typeof(nuint) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(BigInteger);
    static bool IsReal(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(decimal);

    static bool IsForm(Type type) => type == typeof(IFormCollection) || type == typeof(IFormFileCollection) || type == typeof(IFormFile)
        || type == typeof(IFormFile[])
        || (type.IsGenericType && type.GetGenericArguments()[0] == typeof(IFormFile) && type.IsAssignableFrom(typeof(List<IFormFile>)));

    static bool MayBeLeftOut(ParameterInfo info) => info.HasDefaultValue || Nullable.GetUnderlyingType(info.ParameterType) is not null
        || new NullabilityInfoContext().Create(info).WriteState == NullabilityState.Nullable;

    internal static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    static object? BindingOf(ParameterInfo parameter, string what)
    {
        var all = parameter.GetCustomAttributes(inherit: true);
        if (all.OfType<AsParametersAttribute>().Any()) throw Wrong(
            parameter, what, "has [AsParameters], which isn't supported. Take its members as parameters of their own.");
        if (all.OfType<ValidationAttribute>().FirstOrDefault() is { } check) throw Wrong(parameter, what,
            $"has [{ViewAttributes.Name(check)}], which nothing checks here. Check the value in the view, and call Abort(400, …).");
        if (all.FirstOrDefault(attribute => !IsKnown(attribute) && ClaimsToBind(attribute.GetType())) is { } unknown) throw Wrong(
            parameter, what, $"has [{ViewAttributes.Name(unknown)}], which isn't known here. "
            + "Write [FromRoute], [FromQuery], [FromHeader], [FromForm], [FromBody], [FromServices] or [FromKeyedServices(…)].");
        object[] found = [.. all.Where(IsKnown)];
        return found.Length <= 1 ? found.FirstOrDefault() : throw Wrong(
            parameter, what, $"has {found.Length} attributes that say where it comes from. Keep one of them.");

        static bool IsKnown(object attribute) => attribute is FromKeyedServicesAttribute or IFromServiceMetadata or IFromRouteMetadata
            or IFromQueryMetadata or IFromHeaderMetadata or IFromFormMetadata or IFromBodyMetadata;
    }

    // Attributes of the compiler, of analyzers and of documentation don't say where a value comes from.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An attribute of MVC keeps what MVC knows it by.")]
    static bool ClaimsToBind(Type type) => IsOf(type, "Microsoft.AspNetCore.") || IsOf(type, "Microsoft.Extensions.")
        || type.GetInterfaces().Any(i => IsOf(i, "Microsoft.AspNetCore.Mvc.ModelBinding"));

    static bool IsOf(Type type, string space) => type.Namespace?.StartsWith(space, StringComparison.Ordinal) is true;

    static ViewParameter ByAttribute(ParameterInfo info, object attribute, string what, ViewKind kind, Rule? rule)
    {
        if (attribute is IFromBodyMetadata or IFromFormMetadata && kind != ViewKind.View) throw BodyTooEarly(info, what);
        return attribute switch
        {
            FromKeyedServicesAttribute keyed => new(info, ParameterSource.Service) { Key = keyed.Key, IsExplicit = true },
            IFromServiceMetadata => new(info, ParameterSource.Service) { IsExplicit = true },
            IFromRouteMetadata route => FromRoute(info, route.Name ?? info.Name ?? "", what, rule),
            IFromBodyMetadata body =>
                new(info, ParameterSource.Json) { IsExplicit = true, IsOptional = body.AllowEmpty || MayBeLeftOut(info) },
            IFromQueryMetadata query => FromText(info, TextKind.Query, query.Name, "the query", what),
            IFromHeaderMetadata header => FromText(info, TextKind.Header, header.Name, "a header", what),
            var form => FromText(info, TextKind.Form, ((IFromFormMetadata)form).Name, "a form's field", what),
        };
    }

    static ViewParameter FromRoute(ParameterInfo info, string name, string what, Rule? rule)
    {
        if (rule?.IndexOf(name) is >= 0 and var index) return Variable(info, rule, index);
        if (rule is not null && rule.Defaults.TryGetValue(name, out var value))
            return new(info, ParameterSource.Constant) { Constant = Fit(value, info.ParameterType, rule, name), IsExplicit = true };
        throw Wrong(info, what, $"takes the variable \"{name}\" by [FromRoute], which the rule doesn't have. " +
            (rule is null ? "Take it from Current.Request.ViewArgs instead." : $"Write <{name}> into the rule."));
    }

    static ViewParameter FromText(ParameterInfo info, TextKind kind, string? given, string place, string what)
    {
        var (type, name) = (info.ParameterType, given ?? info.Name ?? "");
        if (kind == TextKind.Form && IsForm(type)) return new(info, ParameterSource.Form, name) { IsExplicit = true };
        if (!TextValue.CanRead(type)) throw new ModularException(
            $"Parameter \"{info.Name}\" ({TypeName.Of(type)}) of {what} comes from {place}, which contains only text. " +
            "Take a string, a number, another IParsable, or an array of these.");
        return new(info, ParameterSource.Text, name)
        {
            Text = new(info, kind, name, MayBeLeftOut(info)), IsExplicit = true, IsFormField = kind == TextKind.Form,
        };
    }

    static ViewParameter Variable(ParameterInfo info, Rule rule, int index)
    {
        var name = rule.Variables[index];
        var (given, wanted, isBuiltIn) = (rule.ConverterOf(name).ValueType, Bare(info.ParameterType), IsBuiltIn(rule, name));
        if (wanted.IsAssignableFrom(given) || (isBuiltIn && CanRead(given, wanted)))
            return new(info, ParameterSource.Variable, name) { Index = index };
        var converter = wanted == typeof(Guid) ? "uuid" : IsReal(wanted) ? "float" : IsWhole(wanted) ? "int" : null;
        throw new ModularException(
            $"Rule \"{rule}\" gives \"{name}\" as {TypeName.Of(given)}, but its view takes {TypeName.Of(wanted)}. Write " + (!isBuiltIn
                ? $"{TypeName.Of(given)} {name}, or override ValueType of {TypeName.Of(rule.ConverterOf(name).GetType())} " +
                    $"when it gives {TypeName.Of(wanted)}."
                : $"{(converter is null ? "" : $"<{converter}:{name}>, or ")}{TypeName.Of(given)} {name}."));
    }

    // The value as the parameter's type. Numbers of one kind become those of another when nothing is lost.
    static object? Fit(object? value, Type type, Rule rule, string name)
    {
        var bare = Bare(type);
        if (value is null ? !type.IsValueType || bare != type : bare.IsInstanceOfType(value)) return value;
        if (value is IConvertible number and not string && CanRead(number.GetType(), bare)
            && TextValue.ParserOf(bare)!(number.ToString(CultureInfo.InvariantCulture)) is (true, var fitting)) return fitting;
        throw new ModularException(
            string.Create(CultureInfo.InvariantCulture, $"Rule \"{rule}\" has the default {name} = {value ?? "null"}, ") +
            $"but its view takes {TypeName.Of(type)}. Give a default of this type, or change the parameter's.");
    }

    internal static ModularException BodyTooEarly(ParameterInfo info, string what) => Wrong(info, what,
        "takes the body, which has not been read there. " +
        "Write await Current.Request.ReadBodyAsync() in it, and read Current.Request.Json or Form.");

    static ModularException Wrong(ParameterInfo info, string what, string problem) => new($"Parameter \"{info.Name}\" of {what} {problem}");
}
