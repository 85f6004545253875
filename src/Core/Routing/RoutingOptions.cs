namespace Modular.Routing;

/// <summary>How all rules of an application match. A rule may override the first two.</summary>
public sealed class RoutingOptions
{
    /// <summary>Default true: <c>/a</c> is redirected (308) to the rule <c>/a/</c>. False: both forms match.</summary>
    public bool StrictSlashes { get; init; } = true;

    /// <summary>Default true: <c>/a//b</c> is redirected (308) to <c>/a/b</c> when nothing else matches. Path values keep theirs.</summary>
    public bool MergeSlashes { get; init; } = true;

    /// <summary>Default true: a URL that spells out a default value is redirected (308) to the rule that leaves it out.</summary>
    public bool RedirectDefaults { get; init; } = true;

    /// <summary>True matches each rule's <see cref="RuleOptions.Host"/> against the request's host. Every rule then needs one.</summary>
    public bool HostMatching { get; init; }

    /// <summary>True matches each rule's <see cref="RuleOptions.Subdomain"/> against the host's part before the server name.</summary>
    public bool SubdomainMatching { get; init; }

    /// <summary>The subdomain of rules and hosts that name none. Default: empty.</summary>
    public string DefaultSubdomain { get; init; } = "";
}
