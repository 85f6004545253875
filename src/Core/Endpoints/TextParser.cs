namespace Modular;

/// <summary>Reads one text as a type: numbers without thousands separators, dates as ISO writes them, everything in the invariant culture.</summary>
/// <param name="value">The value, boxed.</param>
delegate bool TextParser(string text, out object? value);

[RequiresUnreferencedCode("Looks for TryParse.")]
[RequiresDynamicCode("Closes generic methods over the type.")]
static class TextParsers
{
    /// <summary>The parser of strings, enums, and types with TryParse; null for others.</summary>
    internal static TextParser? Of(Type type)
    {
        if (type == typeof(string) || type == typeof(StringValues)) return (string text, out object? value) => Gives(true, text, out value);
        if (type == typeof(Uri)) return (string text, out object? value) =>
            Gives(Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address), address, out value);
        if (type == typeof(DateTime)) return Nets((string text, out object? value) => Gives(DateTime.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var date), date, out value));
        if (type == typeof(DateTimeOffset)) return Nets((string text, out object? value) => Gives(DateTimeOffset.TryParse(text,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date), date, out value));
        if (type.IsEnum) return Closed(nameof(Member), type);
        if (Implements(type, typeof(INumberBase<>)))
            return Closed(nameof(Number), type, Implements(type, typeof(IBinaryInteger<>)) ? NumberStyles.Integer : NumberStyles.Float);
        return Implements(type, typeof(IParsable<>)) ? Closed(nameof(Parsable), type) : TryParseOf(type) is { } method ? ByMethod(method) : null;
    }

    static TextParser Closed(string maker, Type type, params object[] arguments) => (TextParser)typeof(TextParsers)
        .GetMethod(maker, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, arguments)!;

    internal static bool Implements(Type type, Type open) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open && i.GetGenericArguments()[0] == type);

    static bool Gives(bool isValue, object? read, out object? value)
    {
        value = read;
        return isValue;
    }

    // .NET's own types take "3\0" for 3.
    static TextParser Nets(TextParser parser) => (string text, out object? value) => parser(text, out value) && !text.Contains('\0');

    // A number that no member has would be a value that the program does not know.
    static TextParser Member<T>() where T : struct, Enum =>
        (string text, out object? value) => Gives(StrictText.TryParseEnum<T>(text, out var member), member, out value);

    static TextParser Number<T>(NumberStyles style) where T : INumberBase<T> => Nets((string text, out object? value) =>
        Gives(T.TryParse(text, style, CultureInfo.InvariantCulture, out var number), number, out value));

    static TextParser Parsable<T>() where T : IParsable<T>
    {
        TextParser parser = (string text, out object? value) => Gives(T.TryParse(text, CultureInfo.InvariantCulture, out var read), read, out value);
        return typeof(T).Assembly == typeof(int).Assembly ? Nets(parser) : parser;
    }

    // bool TryParse(string, out T), or with an IFormatProvider in between.
    static MethodInfo? TryParseOf(Type type) =>
        new Type[][] { [typeof(string), typeof(IFormatProvider), type.MakeByRefType()], [typeof(string), type.MakeByRefType()] }
            .Select(parameters => type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, parameters))
            .FirstOrDefault(method => method?.ReturnType == typeof(bool));

    static TextParser ByMethod(MethodInfo method) => (string text, out object? value) =>
    {
        object?[] arguments = method.GetParameters().Length == 2 ? [text, null] : [text, CultureInfo.InvariantCulture, null];
        var isValue = (bool)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return Gives(isValue, arguments[^1], out value);
    };
}
