namespace Modular;

/// <summary>Reads one text as a type: numbers without thousands separators, dates as ISO writes them, everything in the invariant culture.</summary>
abstract class TextParser
{
    /// <param name="value">The value, boxed.</param>
    internal abstract bool TryParse(string text, out object? value);

    /// <summary>True for strings, enums, and types with TryParse.</summary>
    [RequiresUnreferencedCode("Looks for TryParse.")]
    internal static bool CanParse(Type type) =>
        type == typeof(string) || type == typeof(Uri) || type.IsEnum || Implements(type, typeof(IParsable<>)) || TryParseOf(type) is not null;

    [RequiresUnreferencedCode("Looks for TryParse.")]
    [RequiresDynamicCode("Closes generic types over the type.")]
    internal static TextParser Of(Type type)
    {
        if (type == typeof(string)) return new StringParser();
        if (type == typeof(Microsoft.Extensions.Primitives.StringValues)) return new StringParser();
        if (type == typeof(Uri)) return new UriParser();
        if (type == typeof(DateTime)) return new DateTimeParser();
        if (type == typeof(DateTimeOffset)) return new DateTimeOffsetParser();
        var parser = type.IsEnum ? typeof(EnumParser<>)
            : Implements(type, typeof(IBinaryInteger<>)) ? typeof(IntegerParser<>)
            : Implements(type, typeof(INumberBase<>)) ? typeof(NumberParser<>)
            : Implements(type, typeof(IParsable<>)) ? typeof(ParsableParser<>)
            : null;
        return parser is not null ? (TextParser)Activator.CreateInstance(parser.MakeGenericType(type), nonPublic: true)! : new MethodParser(TryParseOf(type)!);
    }

    [RequiresUnreferencedCode("Looks at the interfaces of a type.")]
    static bool Implements(Type type, Type open) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open && i.GetGenericArguments()[0] == type);

    // bool TryParse(string, out T), or with an IFormatProvider in between.
    [RequiresUnreferencedCode("Looks for TryParse.")]
    static MethodInfo? TryParseOf(Type type) =>
        type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider), type.MakeByRefType()]) is { } full && full.ReturnType == typeof(bool) ? full
        : type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, [typeof(string), type.MakeByRefType()]) is { } plain && plain.ReturnType == typeof(bool) ? plain
        : null;

    // .NET's own types take "3\0" for 3.
    static bool HasNul(string text) => text.Contains('\0');

    sealed class StringParser : TextParser
    {
        internal override bool TryParse(string text, out object? value)
        {
            value = text;
            return true;
        }
    }

    sealed class UriParser : TextParser
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isUri = Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri);
            value = uri;
            return isUri;
        }
    }

    sealed class DateTimeParser : TextParser
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isDate = DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var date);
            value = date;
            return isDate && !HasNul(text);
        }
    }

    sealed class DateTimeOffsetParser : TextParser
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isDate = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date);
            value = date;
            return isDate && !HasNul(text);
        }
    }

    // A number that no member has would be a value that the program does not know.
    sealed class EnumParser<T> : TextParser where T : struct, Enum
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isMember = StrictText.TryParseEnum<T>(text, out var member);
            value = member;
            return isMember;
        }
    }

    sealed class IntegerParser<T> : TextParser where T : INumberBase<T>
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isNumber = T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
            value = number;
            return isNumber && !HasNul(text);
        }
    }

    sealed class NumberParser<T> : TextParser where T : INumberBase<T>
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isNumber = T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            value = number;
            return isNumber && !HasNul(text);
        }
    }

    sealed class ParsableParser<T> : TextParser where T : IParsable<T>
    {
        internal override bool TryParse(string text, out object? value)
        {
            var isValue = T.TryParse(text, CultureInfo.InvariantCulture, out var read);
            value = read;
            return isValue && !(typeof(T).Assembly == typeof(int).Assembly && HasNul(text));
        }
    }

    sealed class MethodParser(MethodInfo method) : TextParser
    {
        internal override bool TryParse(string text, out object? value)
        {
            object?[] arguments = method.GetParameters().Length == 2 ? [text, null] : [text, CultureInfo.InvariantCulture, null];
            var isValue = (bool)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            value = arguments[^1];
            return isValue;
        }
    }
}
