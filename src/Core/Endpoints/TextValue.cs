namespace Modular;

enum TextKind { Query, Header, Form }

sealed class TextValue(ParameterInfo parameter, TextKind kind, string name, bool optional)
{
    readonly Type _type = parameter.ParameterType;
    readonly Type? _item = ItemOf(parameter.ParameterType);
    readonly Func<string, (bool IsValid, object? Value)> _parser = ParserOf(parameter.ParameterType)!;

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
        if (texts.Count == 0 && optional) return DefaultOf(parameter);
        // A header may be sent in several lines, which count as one.
        if (_item is null)
            return texts.Count == 0 ? throw Bad("is missing") : Parse(kind == TextKind.Header ? string.Join(", ", texts) : texts[0], _type);
        return ViewType.Of(ViewParameter.Bare(_item)).Many(texts.Select(text => Parse(text, _item)).ToList(), _type.IsSZArray);
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

    internal static Func<string, (bool IsValid, object? Value)>? ParserOf(Type given) =>
        ViewParameter.Bare(ItemOf(given) ?? given) is { IsByRefLike: false } type ? ViewType.Of(type).Parser : null;

    static readonly Type[] Lists = [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>),
        typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>)];

    static Type? ItemOf(Type type) => type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && Lists.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[0] : null;
}
