namespace Modular;

/// <summary>One parameter of a view, and where its value comes from. Decided as minimal APIs do: attributes first, then special types, the rule's variables, the query, services, the body.</summary>
[RequiresUnreferencedCode("Reads the parameters of a delegate.")]
[RequiresDynamicCode("Closes generic types over the parameters' types.")]
sealed class ViewParameter
{
    ViewParameter(ParameterInfo info, ParameterSource source) => (Info, Source) = (info, source);

    internal ParameterInfo Info { get; }
    internal ParameterSource Source { get; }

    /// <summary>The value of a parameter that needs no request.</summary>
    internal object? Constant { get; private init; }

    /// <summary>Which of the rule's variables it takes.</summary>
    internal int Index { get; private init; } = -1;

    /// <summary>The key of a keyed service; null for one without.</summary>
    internal object? Key { get; private init; }

    /// <summary>True when an attribute says where it comes from.</summary>
    internal bool IsExplicit { get; private init; }

    /// <summary>True when text comes from a form's field, so that the form is read first.</summary>
    internal bool IsFormField { get; private init; }

    /// <summary>Reads the text of <see cref="ParameterSource.Text"/>.</summary>
    internal TextValue? Text { get; private init; }

    /// <summary>The name that it has in the request.</summary>
    internal string WireName { get; private init; } = "";

    internal Type Type => Info.ParameterType;
    internal string Name => Info.Name ?? "";

    /// <summary>True when null, or a default of its own, will do.</summary>
    internal bool IsOptional => IsOptionalParameter(Info) || MayBeEmpty;

    /// <summary>True when an attribute lets the body be empty.</summary>
    bool MayBeEmpty { get; init; }

    /// <summary>C#'s default, or null.</summary>
    internal object? Default => Info.HasDefaultValue ? TextValue.DefaultOf(Info) : null;

    static bool IsOptionalParameter(ParameterInfo info) => info.HasDefaultValue || Nullable.GetUnderlyingType(info.ParameterType) is not null
        || new NullabilityInfoContext().Create(info).WriteState == NullabilityState.Nullable;

    /// <summary>True for a parameter that takes a part of the body: the query and headers are there without it.</summary>
    internal bool TakesForm => Source == ParameterSource.Form || IsFormField;

    /// <exception cref="ModularException">Nothing can fill it.</exception>
    internal static ViewParameter Of(ParameterInfo info, string what, ViewKind kind, Rule? rule, Type? error)
    {
        var (name, type) = (info.Name ?? "", info.ParameterType);
        if (type.IsByRef) throw new ModularException(
            $"Parameter \"{name}\" of {what} is passed by reference, and nothing reads it back. Take ref, out and in away.");
        if (ParameterAttributes.Of(info, what) is { } attribute) return ByAttribute(info, attribute, what, kind, rule);
        // A default of the rule goes before what stands in the path, as in ViewArgs.
        if (rule is not null && rule.Defaults.TryGetValue(name, out var value))
            return new(info, ParameterSource.Constant) { Constant = Fit(value, type, rule, name), WireName = name };
        if (rule is not null && rule.IndexOf(name) is >= 0 and var index) return Variable(info, rule, index);
        if (SpecialValues.Has(type, kind, error, name, what)) return new(info, ParameterSource.Special);
        if (FormValues.Has(type)) return new(info, ParameterSource.Form) { WireName = name };
        if (BindAsyncMethod.Has(type)) return new(info, ParameterSource.Bound) { WireName = name };
        var isText = TextValue.CanRead(type, out var isMany);
        var isValue = type.IsValueType || type == typeof(string);
        if (type != typeof(object) && (!isText || (rule is null && !isValue))) return new(info, ParameterSource.ServiceOrJson) { WireName = name };
        if (rule is null || type == typeof(object))
            return IsOptionalParameter(info) && info.HasDefaultValue ? new(info, ParameterSource.Constant) { Constant = info.DefaultValue } : throw Unfillable(what, rule, name, type);
        // As in minimal APIs, several values are the body's where there is one.
        if (isMany && type != typeof(Microsoft.Extensions.Primitives.StringValues) && ViewBinder.MayHaveBody(rule)) return new(info, ParameterSource.ServiceOrJson) { WireName = name };
        return new(info, isValue ? ParameterSource.Text : ParameterSource.TextOrService)
        {
            Text = TextValue.Of(info, TextKind.Query, name, IsOptionalParameter(info)), WireName = name,
        };
    }

    // How people call the request's context. A lambda that doesn't use it fits any type.
    static readonly HashSet<string> Contexts = ["_", "__", "c", "context", "ctx", "http", "req", "request"];

    /// <summary>The parameter of a lambda without a type that is no variable of the rule: nothing says what it is meant to be.</summary>
    /// <exception cref="ModularException">It is not called like a context that nobody uses.</exception>
    static ViewParameter Unused(ParameterInfo info, string what, Rule rule) => Contexts.Contains(info.Name!)
        ? new(info, ParameterSource.Constant)
        : throw new ModularException(rule.Variables is [var variable, ..]
            ? $"The rule has <{variable}>, the view takes \"{info.Name}\" ({what}). Give both the same name, or give the parameter a type: (string {info.Name}) => …."
            : $"Parameter \"{info.Name}\" of {what} has no type, and the rule has no <{info.Name}>. Write (string {info.Name}) => … for a value of the query, or (RequestContext {info.Name}) => ….");

    static ViewParameter ByAttribute(ParameterInfo info, ParameterAttribute attribute, string what, ViewKind kind, Rule? rule)
    {
        var (type, name) = (info.ParameterType, attribute.Name ?? info.Name ?? "");
        switch (attribute.Kind)
        {
            case ParameterAttributeKind.Service: return new(info, ParameterSource.Service) { Key = attribute.Key, IsExplicit = true };
            case ParameterAttributeKind.Route:
                if (rule?.IndexOf(name) is >= 0 and var index) return Variable(info, rule, index);
                if (rule is not null && rule.Defaults.TryGetValue(name, out var value))
                    return new(info, ParameterSource.Constant) { Constant = Fit(value, type, rule, name), IsExplicit = true };
                throw new ModularException($"Parameter \"{info.Name}\" of {what} takes the variable \"{name}\" by [FromRoute], but there is none. " +
                    (rule is null ? "Take it from Current.Request.ViewArgs instead." : $"Write <{name}> into the rule."));
        }
        if (attribute.Kind is ParameterAttributeKind.Body or ParameterAttributeKind.Form && kind != ViewKind.View) throw new ModularException(
            $"Parameter \"{info.Name}\" of {what} takes the body, which has not been read there. Write await Current.Request.ReadBodyAsync() in it, and read Current.Request.Json or Form.");
        if (attribute.Kind == ParameterAttributeKind.Body) return new(info, ParameterSource.Json) { IsExplicit = true, MayBeEmpty = attribute.AllowEmpty, WireName = name };
        var source = attribute.Kind switch
        {
            ParameterAttributeKind.Header => TextKind.Header,
            ParameterAttributeKind.Query => TextKind.Query,
            _ => TextKind.Form,
        };
        if (source == TextKind.Form && FormValues.Has(type)) return new(info, ParameterSource.Form) { IsExplicit = true, WireName = name };
        if (!TextValue.CanRead(type, out _)) throw new ModularException(
            $"Parameter \"{info.Name}\" ({TypeName.Of(type)}) of {what} comes from {TextValue.Place(source)}, which has texts only. Take a string, a number, another type with TryParse, or an array of these.");
        return new(info, ParameterSource.Text)
        {
            Text = TextValue.Of(info, source, name, IsOptionalParameter(info)), IsExplicit = true, IsFormField = source == TextKind.Form, WireName = name,
        };
    }

    static ViewParameter Variable(ParameterInfo info, Rule rule, int index)
    {
        CheckVariable(info, rule, rule.Variables[index]);
        return new(info, ParameterSource.Variable) { Index = index, WireName = rule.Variables[index] };
    }

    /// <summary>The parameter of a lambda without a type, which takes a variable as the text that it was.</summary>
    internal static ViewParameter Untyped(ParameterInfo info, string what, Rule rule) =>
        rule.IndexOf(info.Name!) is >= 0 and var index && IsBuiltIn(rule, info.Name!) ? new(info, ParameterSource.Variable) { Index = index, WireName = info.Name! }
        : rule.IndexOf(info.Name!) >= 0 || rule.Defaults.ContainsKey(info.Name!) ? Of(info, what, ViewKind.View, rule, null)
        : Unused(info, what, rule);

    static void CheckVariable(ParameterInfo info, Rule rule, string name)
    {
        var (given, wanted) = (rule.ConverterOf(name).ValueType, Nullable.GetUnderlyingType(info.ParameterType) ?? info.ParameterType);
        var isBuiltIn = IsBuiltIn(rule, name);
        if (wanted.IsAssignableFrom(given) || (isBuiltIn && UrlNumber.CanRead(given, wanted))) return;
        var problem = $"Rule \"{rule}\" gives \"{name}\" as {TypeName.Of(given)}, but its view takes {TypeName.Of(wanted)}.";
        if (!isBuiltIn) throw new ModularException(
            $"{problem} Write {TypeName.Of(given)} {name}, or override ValueType of {TypeName.Of(rule.ConverterOf(name).GetType())} when it gives {TypeName.Of(wanted)}.");
        var converter = wanted == typeof(Guid) ? "uuid"
            : UrlNumber.CanRead(typeof(double), wanted) ? "float"
            : UrlNumber.CanRead(typeof(int), wanted) ? "int" : null;
        throw new ModularException(
            $"{problem} " + (converter is null ? $"Write {TypeName.Of(given)} {name}." : $"Write <{converter}:{name}>, or {TypeName.Of(given)} {name}."));
    }

    /// <summary>True when the variable's text can be read from the path's span, past its converter.</summary>
    internal static bool IsBuiltIn(Rule rule, string variable) => rule.ConverterOf(variable) is SpanConverter;

    // The value as the parameter's type. Numbers of one kind become those of another when nothing is lost.
    static object? Fit(object? value, Type type, Rule rule, string name)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null ? !type.IsValueType || bare != type : bare.IsInstanceOfType(value)) return value;
        try
        {
            if (value is IConvertible number and not string && UrlNumber.CanRead(number.GetType(), bare)) return bare == typeof(BigInteger)
                ? BigInteger.Parse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                : Convert.ChangeType(number, bare, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException)
        {
        }
        throw new ModularException(
            string.Create(CultureInfo.InvariantCulture, $"Rule \"{rule}\" has the default {name} = {value ?? "null"}, but its view takes {TypeName.Of(type)}. Give a default of this type, or change the parameter's."));
    }

    static ModularException Unfillable(string what, Rule? rule, string name, Type type)
    {
        var remedy = rule is null ? "Take it from Current.Request instead."
            : Suggest.Nearest(name, rule.Variables) is { } near ? $"Did you mean \"{near}\"?"
            : $"Write <{name}> into the rule, or give the parameter another type.";
        return new($"Nothing can fill parameter \"{name}\" ({TypeName.Of(type)}) of {what}. {remedy}");
    }
}
