namespace Modular;

/// <summary>What a rule leads to in one frozen application: the bound view, the hooks around it, and what the pipeline must know of them. Immutable.</summary>
sealed class ViewEndpoint
{
    /// <summary>The endpoint's name, blueprints included: <c>blog.show</c>.</summary>
    internal required string Name { get; init; }

    /// <summary>Names of the blueprints around it, outermost first.</summary>
    internal required IReadOnlyList<string> Blueprints { get; init; }

    /// <summary>The same endpoint as ASP.NET's middleware sees it.</summary>
    internal required Endpoint AspNet { get; init; }

    /// <summary>The bound view.</summary>
    internal required View View { get; init; }

    /// <summary>The hooks around it.</summary>
    internal required HookChain Hooks { get; init; }

    /// <summary>True when the view reads the body itself, while it arrives.</summary>
    internal bool ReadsBody { get; init; }

    /// <summary>How large its requests' bodies may be; null for as large as the application's.</summary>
    internal BodyLimits? Limits { get; init; }

    /// <summary>True when its metadata asks for anything that a middleware has to enforce.</summary>
    internal bool IsGuarded => NeedsAuthorization | NeedsCors | NeedsAntiforgery;

    /// <summary>True when its metadata asks for authorization, so that a missing middleware must not go unnoticed.</summary>
    internal bool NeedsAuthorization { get; init; }

    /// <summary>True when its metadata asks for a CORS policy.</summary>
    internal bool NeedsCors { get; init; }

    /// <summary>True when its metadata asks for an antiforgery token.</summary>
    internal bool NeedsAntiforgery { get; init; }
}
