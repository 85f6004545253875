using System.Reflection;

namespace Modular.Debugger;

/// <summary>Restores method names as in the source for compiler-generated methods: async methods, lambdas, local functions.</summary>
static class MethodNames
{
    /// <summary>
    /// A type with its namespace: <c>Shop.Cart.Line</c>, <c>List&lt;T&gt;</c>. The compiler's closure classes are omitted.
    /// </summary>
    internal static string Of(Type type)
    {
        while (type.DeclaringType is { } outer && type.Name.StartsWith('<')) type = outer;
        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)) return "new";
        var arguments = type.GetGenericArguments().Select(argument => argument.IsGenericParameter ? argument.Name : Bare(argument.Name));
        var name = Bare(type.Name) + (type.IsGenericType ? $"<{string.Join(", ", arguments)}>" : "");
        return type.DeclaringType is { } around && !type.IsGenericParameter
            ? $"{Of(around)}.{name}"
            : type.Namespace is { } space ? $"{space}.{name}" : name;
    }

    /// <summary>A name such as <c>Index</c>, <c>lambda in Index</c>, <c>Sum in Index</c>, <c>top-level code</c>, <c>new Cart</c>.</summary>
    internal static string Of(MethodBase method)
    {
        var type = method.DeclaringType;
        // A state machine: its type has the name of the method.
        if (method.Name == "MoveNext" && type is { DeclaringType: not null } && type.Name.StartsWith('<')) return Written(type.Name);
        if (method.IsConstructor) return method.IsStatic ? "static constructor" : $"new {(type is null ? "" : Bare(type.Name))}";
        if (method.Name.StartsWith('<')) return Written(method.Name);
        if (method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal)) return $"{method.Name[4..]} (get)";
        if (method.IsSpecialName && method.Name.StartsWith("set_", StringComparison.Ordinal)) return $"{method.Name[4..]} (set)";
        var dot = method.Name.LastIndexOf('.');        // an explicit interface implementation
        return dot < 0 ? method.Name : method.Name[(dot + 1)..];
    }

    // "<Index>d__5", "<Index>b__0_1", "<Index>g__Sum|0_1", "<Main>$", and nested: "<<Main>$>g__Sum|0_0".
    static string Written(string name)
    {
        if (!name.StartsWith('<')) return Bare(name);
        var (depth, end) = (0, 0);
        for (; end < name.Length; end++)
        {
            depth += name[end] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0) break;
        }
        if (end >= name.Length) return name;
        var (inner, kind) = (name[1..end], name[(end + 1)..]);
        var around = inner == "Main" && kind.StartsWith('$') ? "top-level code" : Written(inner);
        if (kind.StartsWith("b__", StringComparison.Ordinal)) return $"lambda in {around}";
        if (!kind.StartsWith("g__", StringComparison.Ordinal)) return around;
        var bar = kind.IndexOf('|', StringComparison.Ordinal);
        return $"{(bar < 0 ? kind[3..] : kind[3..bar])} in {around}";
    }

    static string Bare(string name) => name.Split('`')[0];
}
