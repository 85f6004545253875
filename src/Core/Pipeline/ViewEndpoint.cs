namespace Modular;

/// <summary>What a rule leads to in one frozen application: the bound view, the hooks around it, and what the pipeline must know of them. Immutable.</summary>
sealed class ViewEndpoint
{
    internal required string Name { get; init; }
    internal required IReadOnlyList<string> Blueprints { get; init; }

    // The same endpoint as ASP.NET's middleware sees it.
    internal required Endpoint AspNet { get; init; }
    internal required View View { get; init; }
    internal required HookChain Hooks { get; init; }
    internal bool ReadsBody { get; init; }

    // How large its requests' bodies may be; null for as large as the application's.
    internal BodyLimits? Limits { get; init; }

    internal bool IsGuarded => NeedsAuthorization | NeedsCors | NeedsAntiforgery;

    // True when its metadata asks for authorization, so that a missing middleware must not go unnoticed.
    internal bool NeedsAuthorization { get; init; }
    internal bool NeedsCors { get; init; }
    internal bool NeedsAntiforgery { get; init; }
}
