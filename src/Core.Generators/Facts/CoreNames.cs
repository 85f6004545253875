namespace Modular.Generators;

/// <summary>The core's types by their names, without a look-up in the compilation.</summary>
static class CoreNames
{
    internal const string Core = "Modular.Core";

    internal static bool Is(this ISymbol? type, string name) => type is INamedTypeSymbol named && named.Name == name
        && named.ContainingNamespace is { Name: "Modular", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>A method in all files of the program; a local function with the method around it.</summary>
    internal static string KeyOf(IMethodSymbol method) => method.MethodKind == MethodKind.LocalFunction
        ? $"{method.ContainingSymbol.ToDisplayString()}/{method.ToDisplayString()}" : method.ToDisplayString();

    internal static bool IsRouteGroup(this ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Is("RouteGroup")) return true;
        return false;
    }
}
