namespace Modular.Debugger;

/// <summary>Type names in C# syntax.</summary>
static class CSharpNames
{
    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(decimal)] = "decimal",
        [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(object)] = "object", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(string)] = "string", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong", [typeof(ushort)] = "ushort",
        [typeof(void)] = "void",
    };

    /// <summary>The full name for the compiler: <c>global::System.Collections.Generic.List&lt;int&gt;</c>.</summary>
    internal static string Of(Type type) => Write(type, isWhole: true);

    /// <summary>The short name for output: <c>List&lt;int&gt;</c>.</summary>
    internal static string Short(Type type) => Write(type, isWhole: false);

    static string Write(Type type, bool isWhole)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return $"{Write(type.GetElementType()!, isWhole)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Write(inner, isWhole) + "?";
        if (type.IsGenericParameter) return type.Name;
        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)) return "anonymous type";
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var outer = isWhole && type.Namespace is { } space ? $"global::{space}." : isWhole ? "global::" : "";
        return outer + string.Join('.', Nesting(type).Select(level => WithArguments(level, arguments, isWhole)));
    }

    static IEnumerable<Type> Nesting(Type type) =>
        type.DeclaringType is { } outer && !type.IsGenericParameter ? Nesting(outer).Append(type) : [type];

    // The arguments of all nesting levels are in one list. Each level takes the number in its name: Dictionary`2.
    static string WithArguments(Type level, Queue<Type> arguments, bool isWhole)
    {
        var tick = level.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0) return level.Name;
        var own = Enumerable.Range(0, int.Parse(level.Name[(tick + 1)..], System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture)).Select(_ => Write(arguments.Dequeue(), isWhole));
        return $"{level.Name[..tick]}<{string.Join(", ", own)}>";
    }
}
