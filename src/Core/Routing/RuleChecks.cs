namespace Modular;

/// <summary>The mistakes that are found in a rule before its variables are looked at.</summary>
static class RuleChecks
{
    /// <exception cref="ModularException">The rule can never work as it is meant.</exception>
    internal static void BeforeCompiling(string text, RuleOptions options, RoutingOptions routing)
    {
        if (!text.StartsWith('/'))
            throw new ModularException($"The rule \"{text}\" does not start with a slash. Write \"/{text}\".");
        if (routing.HostMatching && options.Host is null)
            throw new ModularException($"The rule \"{text}\" has no host, but host matching is on. Set RuleOptions.Host.");
        if (options.Host is not null && options.Subdomain is null && !routing.HostMatching)
            throw new ModularException(
                $"The rule \"{text}\" is for the host \"{options.Host}\", but host matching is off. Set RoutingOptions.HostMatching.");
        if (options.Subdomain is { Length: > 0 } subdomain && options.Host is null && !routing.SubdomainMatching)
            throw new ModularException(
                $"The rule \"{text}\" is for the subdomain \"{subdomain}\", but subdomain matching is off."
                + " Set RoutingOptions.SubdomainMatching.");
        if ((routing.HostMatching ? options.Host : options.Subdomain)?.Contains('/') is true)
            throw new ModularException($"The rule \"{text}\" has a slash in its host or subdomain. Write only names and dots there.");
        if (options is { RedirectTo: not null, RedirectToUrl: not null })
            throw new ModularException($"The rule \"{text}\" has both RedirectTo and RedirectToUrl. Set one of them.");
    }

    /// <exception cref="ModularException">The options contradict each other.</exception>
    internal static void Options(RoutingOptions routing)
    {
        if (routing is { HostMatching: true, SubdomainMatching: true })
            throw new ModularException("HostMatching and SubdomainMatching are both on. Choose one of them.");
    }

    /// <summary>The error for a rule that another one already stands for.</summary>
    internal static ModularException Duplicate(Rule existing, Rule rule) =>
        new($"The rule \"{rule.Text}\" of the endpoint \"{rule.Endpoint}\" matches the same requests as the rule \"{existing.Text}\""
            + $" of \"{existing.Endpoint}\". Change its text or its methods.");

    /// <summary>The error for an alias without a rule to redirect to.</summary>
    internal static ModularException LonelyAlias(Rule alias) =>
        new($"The rule \"{alias.Text}\" is an alias, but the endpoint \"{alias.Endpoint}\" has no other rule to redirect to."
            + " Add one, or leave Alias out.");
}
