namespace Modular.Fixers;

/// <summary>Whose pages may send requests that change something.</summary>
public sealed record CrossSiteCheckOptions
{
    /// <summary>Origins of other sites that are ours too, as <c>https://admin.example.com</c>: scheme, host, and the port when it is not the scheme's own. Default: none.</summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];
}

/// <summary>Marks a rule that pages of other sites may call, such as a webhook or a public API: <c>app.Post(…).AllowCrossSite()</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllowCrossSiteAttribute : Attribute;
