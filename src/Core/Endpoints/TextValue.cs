namespace Modular;

/// <summary>Where a text comes from.</summary>
enum TextKind { Query, Header, Form }

/// <summary>Reads a parameter from the texts of the query, a header or a form's field. What is missing or can't be read is a 400 that names it.</summary>
[RequiresUnreferencedCode("Looks for TryParse.")]
[RequiresDynamicCode("Closes generic types over the parameter's type.")]
sealed class TextValue(ParameterInfo parameter, TextKind kind, string name, bool optional)
{
    readonly Type _type = parameter.ParameterType;
    readonly Type? _item = ItemOf(parameter.ParameterType);
    readonly TextParser _parser = TextParsers.Of(Bare(ItemOf(parameter.ParameterType) ?? parameter.ParameterType))!;
    readonly object? _default = DefaultOf(parameter) ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);

    /// <summary>True for what is read from one text, and for arrays and lists of it.</summary>
    internal static bool CanRead(Type type) => TextParsers.Of(Bare(ItemOf(type) ?? type)) is not null;

    /// <summary>True for a type that takes all values of the name.</summary>
    internal static bool IsMany(Type type) => type == typeof(StringValues) || ItemOf(type) is not null;

    /// <summary>C#'s default as the parameter's type: that of an enum is a number for reflection.</summary>
    internal static object? DefaultOf(ParameterInfo parameter) => !parameter.HasDefaultValue ? null
        : parameter.DefaultValue is { } value && Bare(parameter.ParameterType) is { IsEnum: true } type ? Enum.ToObject(type, value) : parameter.DefaultValue;

    internal object? Read(RequestContext context)
    {
        var texts = Texts(context);
        if (_type == typeof(StringValues)) return new StringValues([.. texts]);
        // Several without a value are empty, as in minimal APIs; null only where C# says so.
        if (texts.Count == 0 && (optional || _item is null)) return optional ? _default : throw Missing();
        // A header may be sent in several lines that mean one.
        if (_item is null) return Parse(kind == TextKind.Header ? string.Join(", ", texts) : texts[0], _type);
        var values = Array.CreateInstance(_item, texts.Count);
        for (var i = 0; i < texts.Count; i++) values.SetValue(Parse(texts[i], _item), i);
        return _type.IsSZArray ? values : Activator.CreateInstance(typeof(List<>).MakeGenericType(_item), values);
    }

    // The empty field of a browser's form is no number.
    object? Parse(string text, Type type) => text.Length == 0 && Nullable.GetUnderlyingType(type) is not null ? null
        : _parser(text, out var value) ? value
        : throw new HttpException(StatusCodes.Status400BadRequest, kind switch
        {
            TextKind.Query => $"The query's value \"{name}\" isn't a valid {TypeName.Of(type)}.",
            TextKind.Header => $"The header \"{name}\" isn't a valid {TypeName.Of(type)}.",
            _ => $"The form's field \"{name}\" isn't a valid {TypeName.Of(type)}.",
        });

    /// <summary>All texts of the name, in their order.</summary>
    IReadOnlyList<string> Texts(RequestContext context) => kind switch
    {
        TextKind.Query => context.Request.Args.GetAll(name),
        TextKind.Header => [.. context.Http.Request.Headers[name].OfType<string>()],
        _ => context.Request.Form.GetAll(name),
    };

    HttpException Missing() => new(StatusCodes.Status400BadRequest, kind switch
    {
        TextKind.Query => $"The query has no value \"{name}\".",
        TextKind.Header => $"The request has no header \"{name}\".",
        _ => $"The form has no field \"{name}\".",
    });

    static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    // The item of an array or of an interface of a list.
    static Type? ItemOf(Type type) => type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(item)) ? item : null;
}
