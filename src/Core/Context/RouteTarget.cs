namespace Modular;

/// <summary>What a rule leads to, as far as a context can tell; the views' side of it lies a floor higher.</summary>
abstract class RouteTarget
{
    /// <summary>The endpoint's name, blueprints included: <c>blog.show</c>.</summary>
    internal required string Name { get; init; }

    /// <summary>Names of the blueprints around it, outermost first.</summary>
    internal IReadOnlyList<string> Blueprints { get; init; } = [];

    /// <summary>The same endpoint as ASP.NET's middleware sees it. Set when the application is frozen.</summary>
    internal Endpoint? AspNet { get; set; }
}
