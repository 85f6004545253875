namespace Modular;

/// <summary>Where a text comes from.</summary>
enum TextKind { Query, Header, Form }

/// <summary>Reads a parameter from the texts of the query, a header or a form's field. What is missing or can't be read is a 400 that names it.</summary>
abstract class TextValue
{
    /// <summary>True when the parameter takes all values of the name.</summary>
    internal bool IsMany { get; private init; }

    internal abstract object? Read(RequestContext context);

    /// <summary>True for what is read from one text, and for arrays and lists of it.</summary>
    [RequiresUnreferencedCode("Looks for TryParse.")]
    internal static bool CanRead(Type type, out bool isMany)
    {
        isMany = type == typeof(StringValues) || ItemOf(type) is not null;
        return type == typeof(StringValues) || TextParser.CanParse(Bare(ItemOf(type) ?? type));
    }

    [RequiresUnreferencedCode("Looks for TryParse.")]
    [RequiresDynamicCode("Closes generic types over the parameter's type.")]
    internal static TextValue Of(ParameterInfo parameter, TextKind kind, string name, bool optional)
    {
        var type = parameter.ParameterType;
        var item = ItemOf(type);
        var arguments = new object?[] { kind, name, optional, parameter.HasDefaultValue ? DefaultOf(parameter) : null, TextParser.Of(Bare(item ?? type)), type };
        var value = type == typeof(StringValues) ? typeof(AllTexts)
            : item is null ? typeof(OneText<>).MakeGenericType(type)
            : typeof(ManyTexts<>).MakeGenericType(item);
        return (TextValue)Activator.CreateInstance(value, BindingFlags.NonPublic | BindingFlags.Instance, null, value == typeof(AllTexts) ? arguments[..3] : arguments, null)!;
    }

    /// <summary>C#'s default as the parameter's type: that of an enum is a number for reflection.</summary>
    [RequiresUnreferencedCode("Reads the parameter's type.")]
    internal static object? DefaultOf(ParameterInfo parameter) =>
        parameter.DefaultValue is { } value && Bare(parameter.ParameterType) is { IsEnum: true } type ? Enum.ToObject(type, value) : parameter.DefaultValue;

    internal static string Place(TextKind kind) => kind switch
    {
        TextKind.Query => "the query",
        TextKind.Header => "a header",
        _ => "a form's field",
    };

    /// <summary>All texts of the name, in their order.</summary>
    static IReadOnlyList<string> Texts(RequestContext context, TextKind kind, string name) => kind switch
    {
        TextKind.Query => context.Request.Args.GetAll(name),
        TextKind.Header => [.. context.Http.Request.Headers[name].OfType<string>()],
        _ => context.Request.Form.GetAll(name),
    };

    static HttpException Missing(TextKind kind, string name) => new(StatusCodes.Status400BadRequest, kind switch
    {
        TextKind.Query => $"The query has no value \"{name}\".",
        TextKind.Header => $"The request has no header \"{name}\".",
        _ => $"The form has no field \"{name}\".",
    });

    static HttpException Wrong(TextKind kind, string name, Type type) => new(StatusCodes.Status400BadRequest, kind switch
    {
        TextKind.Query => $"The query's value \"{name}\" isn't a valid {TypeName.Of(type)}.",
        TextKind.Header => $"The header \"{name}\" isn't a valid {TypeName.Of(type)}.",
        _ => $"The form's field \"{name}\" isn't a valid {TypeName.Of(type)}.",
    });

    static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    static readonly HashSet<Type> Lists =
        [typeof(List<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IList<>), typeof(ICollection<>)];

    static Type? ItemOf(Type type) => type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && Lists.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[0] : null;

    sealed class OneText<T> : TextValue
    {
        readonly (TextKind Kind, string Name, bool Optional) _what;
        readonly T? _default;
        readonly TextParser _parser;

        internal OneText(TextKind kind, string name, bool optional, object? otherwise, TextParser parser, Type _) =>
            (_what, _default, _parser) = ((kind, name, optional), otherwise is null ? default : (T)otherwise, parser);

        internal override object? Read(RequestContext context)
        {
            var (kind, name, optional) = _what;
            var texts = Texts(context, kind, name);
            if (texts.Count == 0) return optional ? _default : throw Missing(kind, name);
            // A header may be sent in several lines that mean one.
            var text = kind == TextKind.Header ? string.Join(", ", texts) : texts[0];
            // The empty field of a browser's form.
            if (text.Length == 0 && Nullable.GetUnderlyingType(typeof(T)) is not null) return null;
            return _parser.TryParse(text, out var value) ? value : throw Wrong(kind, name, typeof(T));
        }
    }

    sealed class ManyTexts<T> : TextValue
    {
        readonly (TextKind Kind, string Name, bool Optional) _what;
        readonly object? _default;
        readonly TextParser _parser;
        readonly bool _isArray;

        internal ManyTexts(TextKind kind, string name, bool optional, object? otherwise, TextParser parser, Type type)
        {
            (_what, _default, _parser, _isArray) = ((kind, name, optional), otherwise, parser, type.IsSZArray);
            IsMany = true;
        }

        // Without a value it is empty, as in minimal APIs; null only where C# says so.
        internal override object? Read(RequestContext context)
        {
            var (kind, name, optional) = _what;
            var texts = Texts(context, kind, name);
            if (texts.Count == 0 && optional) return _default;
            var values = new List<T>(texts.Count);
            foreach (var text in texts)
                values.Add(text.Length == 0 && Nullable.GetUnderlyingType(typeof(T)) is not null ? default!
                    : _parser.TryParse(text, out var value) ? (T)value! : throw Wrong(kind, name, typeof(T)));
            return _isArray ? values.ToArray() : values;
        }
    }

    sealed class AllTexts : TextValue
    {
        readonly (TextKind Kind, string Name, bool Optional) _what;

        internal AllTexts(TextKind kind, string name, bool optional)
        {
            _what = (kind, name, optional);
            IsMany = true;
        }

        internal override object? Read(RequestContext context) => new StringValues([.. Texts(context, _what.Kind, _what.Name)]);
    }
}
