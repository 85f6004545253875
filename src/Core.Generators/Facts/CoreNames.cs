namespace Modular.Generators;

/// <summary>The core's types by their names, without a look-up in the compilation.</summary>
static class CoreNames
{
    internal const string Core = "Modular.Core";

    internal static bool Is(this ISymbol? type, string name) => type is INamedTypeSymbol named && named.Name == name
        && named.ContainingNamespace is { Name: "Modular", ContainingNamespace.IsGlobalNamespace: true };

    internal static bool IsRouteGroup(this ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Is("RouteGroup")) return true;
        return false;
    }
}
