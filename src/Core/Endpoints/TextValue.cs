namespace Modular;

enum TextKind { Query, Header, Form }

delegate (bool IsValid, object? Value) TextParser(string text);

[RequiresUnreferencedCode("Binds parameters by reflection."), RequiresDynamicCode("Compiles the call at run time.")]
sealed class TextValue(ParameterInfo parameter, TextKind kind, string name, bool optional)
{
    readonly Type _type = parameter.ParameterType;
    readonly Type? _item = ItemOf(parameter.ParameterType);
    readonly object? _default = DefaultOf(parameter)
        ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
    readonly TextParser _parser = ParserOf(parameter.ParameterType)!;

    internal static bool CanRead(Type type) => ParserOf(type) is not null;

    internal static bool IsMany(Type type) => type == typeof(StringValues) || ItemOf(type) is not null;

    internal static object? DefaultOf(ParameterInfo parameter) => !parameter.HasDefaultValue ? null
        : parameter.DefaultValue is { } value && ViewParameter.Bare(parameter.ParameterType) is { IsEnum: true } type
            ? Enum.ToObject(type, value) : parameter.DefaultValue;

    internal object? Read(RequestContext context)
    {
        var texts = Texts(context);
        if (_type == typeof(StringValues)) return new StringValues([.. texts]);
        // Several without a value are empty, as in minimal APIs; null only where C# says so.
        if (texts.Count == 0 && optional) return _default;
        // A header may be sent in several lines, which count as one.
        if (_item is null)
            return texts.Count == 0 ? throw Bad("is missing") : Parse(kind == TextKind.Header ? string.Join(", ", texts) : texts[0], _type);
        var values = Array.CreateInstance(_item, texts.Count);
        for (var i = 0; i < texts.Count; i++) values.SetValue(Parse(texts[i], _item), i);
        return _type.IsSZArray ? values : Activator.CreateInstance(typeof(List<>).MakeGenericType(_item), values);
    }

    // A browser sends an empty field of a form as an empty text.
    object? Parse(string text, Type type) => text.Length == 0 && Nullable.GetUnderlyingType(type) is not null ? null
        : _parser(text) is (true, var value) ? value
        : throw Bad($"isn't a valid {TypeName.Of(type)}");

    IReadOnlyList<string> Texts(RequestContext context) => kind switch
    {
        TextKind.Query => context.Request.Args.GetAll(name),
        TextKind.Header => [.. context.Http.Request.Headers[name].OfType<string>()],
        _ => context.Request.Form.GetAll(name),
    };

    HttpException Bad(string what) => new(400,
        $"The {(kind switch { TextKind.Query => "query's value", TextKind.Header => "header", _ => "form's field" })} \"{name}\" {what}.");

    internal static TextParser? ParserOf(Type given)
    {
        var type = ViewParameter.Bare(ItemOf(given) ?? given);
        if (type == typeof(string) || type == typeof(StringValues)) return text => (true, text);
        if (type == typeof(Uri)) return text => (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address), address);
        var maker = type.IsEnum ? nameof(Member) : Implements(type, typeof(IParsable<>)) ? nameof(Parsable) : null;
        return maker is null ? null : (TextParser)typeof(TextValue)
            .GetMethod(maker, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [])!;
    }

    internal static bool Implements(Type type, Type open) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open && i.GetGenericArguments()[0] == type);

    static TextParser Member<T>() where T : struct, Enum => text => (StrictText.TryParseEnum<T>(text, out var member), member);

    static TextParser Parsable<T>() where T : IParsable<T> => text => (StrictText.TryParse<T>(text, out var read), read);

    static Type? ItemOf(Type type) => type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(item))
            ? item : null;
}
