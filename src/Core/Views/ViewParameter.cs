using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Numerics;
using System.Reflection;

namespace Modular;

/// <summary>Where the value of a view's parameter comes from.</summary>
enum ParameterSource { Variable, Constant, Context, Request, Http, Aborted, Body, BodyReader, WebSocket, Error, ServiceOrJson }

/// <summary>One parameter of a view, and where its value comes from.</summary>
[RequiresUnreferencedCode("Reads the parameters of a delegate.")]
sealed class ViewParameter
{
    ViewParameter(ParameterInfo info, ParameterSource source, object? constant = null, int index = -1) =>
        (Info, Source, Constant, Index) = (info, source, constant, index);

    internal ParameterInfo Info { get; }
    internal ParameterSource Source { get; }

    /// <summary>The value of a parameter that needs no request: the rule's default, or C#'s.</summary>
    internal object? Constant { get; }

    /// <summary>Which of the rule's variables it takes.</summary>
    internal int Index { get; }

    internal Type Type => Info.ParameterType;
    internal string Name => Info.Name ?? "";

    /// <summary>True when null, or a default of its own, will do.</summary>
    internal bool IsOptional => Info.HasDefaultValue || Nullable.GetUnderlyingType(Type) is not null
        || new NullabilityInfoContext().Create(Info).WriteState == NullabilityState.Nullable;

    /// <exception cref="ModularException">Nothing can fill it.</exception>
    internal static ViewParameter Of(ParameterInfo info, string what, Rule? rule, bool takesError)
    {
        var (name, type) = (info.Name ?? "", info.ParameterType);
        // A default of the rule goes before what stands in the path, as in ViewArgs.
        if (rule is not null && rule.Defaults.TryGetValue(name, out var value)) return new(info, ParameterSource.Constant, Fit(value, type, rule, name));
        if (rule is not null && rule.IndexOf(name) is >= 0 and var index)
        {
            CheckVariable(info, rule, name);
            return new(info, ParameterSource.Variable, index: index);
        }
        if (ByType(type, takesError) is { } source) return new(info, source);
        if (!IsSimple(type)) return new(info, ParameterSource.ServiceOrJson);

        var parameter = new ViewParameter(info, ParameterSource.Constant, info.HasDefaultValue ? info.DefaultValue : null);
        return parameter.IsOptional ? parameter : throw Unfillable(what, rule, name, type);
    }

    static ParameterSource? ByType(Type type, bool takesError) =>
        type == typeof(RequestContext) ? ParameterSource.Context
        : type == typeof(Request) ? ParameterSource.Request
        : type == typeof(HttpContext) ? ParameterSource.Http
        : type == typeof(CancellationToken) ? ParameterSource.Aborted
        : type == typeof(Stream) ? ParameterSource.Body
        : type == typeof(PipeReader) ? ParameterSource.BodyReader
        : type == typeof(WebSocket) ? ParameterSource.WebSocket
        : takesError && type.IsAssignableTo(typeof(Exception)) ? ParameterSource.Error
        : null;

    // Values that come as text, and so can be neither a service nor a JSON object.
    static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(string) || bare == typeof(object) || bare.IsPrimitive || bare.IsEnum
            || bare.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISpanParsable<>));
    }

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
                ? BigInteger.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                : Convert.ChangeType(number, bare, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException)
        {
        }
        throw new ModularException(
            $"Rule \"{rule}\" has the default {name} = {value ?? "null"}, but its view takes {TypeName.Of(type)}. Give a default of this type, or change the parameter's.");
    }

    static ModularException Unfillable(string what, Rule? rule, string name, Type type)
    {
        var remedy = rule is null ? "Take it from Current.Request instead."
            : Suggest.Nearest(name, rule.Variables) is { } near ? $"Did you mean \"{near}\"?"
            : $"Write <{name}> into the rule, or give the parameter a default value.";
        return new($"Nothing can fill parameter \"{name}\" ({TypeName.Of(type)}) of {what}. {remedy}");
    }
}
