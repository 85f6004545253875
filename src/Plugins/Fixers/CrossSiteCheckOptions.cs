namespace Modular.Fixers;

/// <summary>The sites whose pages can send state-changing requests.</summary>
public sealed record CrossSiteCheckOptions
{
    /// <summary>
    /// Other trusted origins, such as <c>https://admin.example.com</c>: scheme, host, and the port if it isn't the scheme's default.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];
}

/// <summary>
/// Marks a rule that pages of other sites can call, such as a webhook or a public API: <c>app.Post(…).AllowCrossSite()</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllowCrossSiteAttribute : Attribute;
