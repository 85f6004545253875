namespace Modular;

/// <summary>What can be said about one rule beyond its text and endpoint. Every property may be left out.</summary>
public sealed record RuleOptions
{
    /// <summary>The methods that the rule answers; upper-cased, and GET brings HEAD along. Default: every method.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Values of variables that the rule's text does not have, so that it is the short form of a longer rule.</summary>
    public IReadOnlyDictionary<string, object?>? Defaults { get; init; }

    /// <summary>The subdomain, which may hold variables. Default: <see cref="RoutingOptions.DefaultSubdomain"/>.</summary>
    /// <remarks>Needs <see cref="RoutingOptions.SubdomainMatching"/>.</remarks>
    public string? Subdomain { get; init; }

    /// <summary>The whole host with its port, which may hold variables. Needs <see cref="RoutingOptions.HostMatching"/>.</summary>
    public string? Host { get; init; }

    /// <summary>Overrides <see cref="RoutingOptions.StrictSlashes"/>.</summary>
    public bool? StrictSlashes { get; init; }

    /// <summary>Overrides <see cref="RoutingOptions.MergeSlashes"/>.</summary>
    public bool? MergeSlashes { get; init; }

    /// <summary>
    /// Where a request is redirected to (308) instead of being answered: <c>new/&lt;id&gt;</c> below the application's root,
    /// <c>/x</c> on its host, or a whole URL.
    /// </summary>
    public string? RedirectTo { get; init; }

    /// <summary>As <see cref="RedirectTo"/>, worked out from the values that the rule matched.</summary>
    public Func<IReadOnlyDictionary<string, object?>, string>? RedirectToUrl { get; init; }

    /// <summary>True for another spelling of its endpoint's rule: requests are redirected (308) to that one.</summary>
    public bool Alias { get; init; }

    /// <summary>True for a rule that only builds URLs and never matches.</summary>
    public bool BuildOnly { get; init; }

    /// <summary>True for a rule that answers WebSocket handshakes, and only those.</summary>
    public bool WebSocket { get; init; }

    /// <summary>True adds OPTIONS to the methods, to be answered without the view. The application decides when it is null.</summary>
    public bool? ProvideAutomaticOptions { get; init; }
}
