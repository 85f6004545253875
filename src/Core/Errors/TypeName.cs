namespace Modular;

/// <summary>Names of types as C# writes them, for error messages.</summary>
public static class TypeName
{
    /// <summary><c>int</c>, <c>long?</c>, <c>List&lt;string&gt;</c>; a class by its name without the namespace.</summary>
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare) return $"{Of(bare)}?";
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[]";
        if (!type.IsGenericType) return Keyword(type) ?? type.Name;
        var name = type.Name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return $"{(tick < 0 ? name : name[..tick])}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    static readonly string[] Numbers = ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal"];

    static string? Keyword(Type type) => type.IsEnum ? null : type == typeof(object) ? "object" : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Char => "char",
        TypeCode.String => "string",
        >= TypeCode.SByte and <= TypeCode.Decimal and var number => Numbers[number - TypeCode.SByte],
        _ => null,
    };
}
