namespace Modular;

/// <summary>What a rule leads to: the view, the hooks around it, and what the dispatcher must know of them.</summary>
sealed class ViewTarget : RouteTarget
{
    /// <summary>The bound view. Set when the application is frozen, since only then all services are known.</summary>
    internal View View { get; set; } = null!;

    /// <summary>The hooks around it. Set when the application is frozen.</summary>
    internal HookChain Hooks { get; set; } = null!;

    /// <summary>True when the view reads the body itself, while it arrives.</summary>
    internal bool ReadsBody { get; set; }

    /// <summary>True when its metadata asks for anything that a middleware has to see to.</summary>
    internal bool IsGuarded => NeedsAuthorization | NeedsCors | NeedsAntiforgery;

    /// <summary>How large its requests' bodies may be; null for as large as the application's.</summary>
    internal BodyLimits? Limits { get; set; }

    /// <summary>True when its metadata asks for authorization, so that a missing middleware must not go unnoticed.</summary>
    internal bool NeedsAuthorization { get; set; }

    /// <summary>True when its metadata asks for a CORS policy.</summary>
    internal bool NeedsCors { get; set; }

    /// <summary>True when its metadata asks for an antiforgery token.</summary>
    internal bool NeedsAntiforgery { get; set; }
}
