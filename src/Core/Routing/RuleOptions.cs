namespace Modular.Routing;

/// <summary>Options of one rule in addition to its text and endpoint. Every property is optional.</summary>
public sealed class RuleOptions
{
    /// <summary>The methods of the rule, in any case; GET includes HEAD. Default: every method.</summary>
    public IReadOnlyList<string>? Methods { get; set; }

    /// <summary>Values of variables that aren't in the rule's text, which makes it the short form of a longer rule.</summary>
    public IReadOnlyDictionary<string, object?>? Defaults { get; set; }

    /// <summary>The subdomain, with <see cref="RoutingOptions.SubdomainMatching"/>; it may hold variables.</summary>
    public string? Subdomain { get; set; }

    /// <summary>The whole host with its port, with <see cref="RoutingOptions.HostMatching"/>; it may hold variables.</summary>
    public string? Host { get; set; }

    /// <summary>Overrides <see cref="RoutingOptions.StrictSlashes"/>.</summary>
    public bool? StrictSlashes { get; set; }

    /// <summary>Overrides <see cref="RoutingOptions.MergeSlashes"/>.</summary>
    public bool? MergeSlashes { get; set; }

    /// <summary>The target of a redirect (308): <c>new/&lt;id&gt;</c> below the root, <c>/x</c>, or a whole URL.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>As <see cref="RedirectTo"/>, computed from the matched values.</summary>
    public Func<IReadOnlyDictionary<string, object?>, string>? RedirectToUrl { get; set; }

    /// <summary>True for another spelling of its endpoint's rule: requests are redirected (308) to that one.</summary>
    public bool Alias { get; set; }

    /// <summary>True for a rule that only builds URLs and never matches.</summary>
    public bool BuildOnly { get; set; }

    /// <summary>True for a rule that matches only WebSocket handshakes.</summary>
    public bool WebSocket { get; set; }

    /// <summary>True adds OPTIONS with an automatic response, without the view. Null: the application decides.</summary>
    public bool? ProvideAutomaticOptions { get; set; }

    internal RuleOptions Copy() => (RuleOptions)MemberwiseClone();
}

sealed partial class RuleRedirect
{
    readonly Rule _rule;
    readonly RuleOptions _options;

    internal RuleRedirect(Rule rule, RuleOptions options)
    {
        (_rule, _options) = (rule, options);
        if (options.RedirectTo is not { } template) return;
        foreach (Match variable in Variable.Matches(template))
            if (variable.Groups["name"].Value is var name && !rule.Arguments.Contains(name)) throw new ModularException(
                $"The rule \"{rule.Text}\" redirects to \"{template}\", but has no variable \"{name}\"."
                + " Use a variable of the rule's text.");
    }

    // The root is an absolute URL, or a path where the host is unknown. It ends with a slash and has no query.
    internal string Target(string root, RouteValues values)
    {
        if (_options.RedirectTo is not { } template) return Resolve(root, _options.RedirectToUrl!(values.ToDictionary()));
        var target = Variable.Replace(template, variable => Encoded(variable.Groups["name"].Value, values));
        // A leading value could be another host ("https://…"), so it is put below the root.
        return Resolve(root, template.StartsWith('<') ? "./" + target.TrimStart('/') : target);
    }

    string Encoded(string name, in RouteValues values) => values.Find(name) is not { } value ? ""
        : _rule.IndexOf(name) is >= 0 and var variable ? _rule.Converters[variable].ToUrl(value)
        : Percent.Encode(UrlWriter.TextOf(value), Percent.PathSafe);

    static string Resolve(string root, string reference) =>
        reference.Split(':', 2) is [var scheme, _] && Uri.CheckSchemeName(scheme) ? reference
        : root[0] != '/' && Uri.TryCreate(new Uri(root), reference, out var url) ? url.AbsoluteUri
        : Slashes.WithoutDots(reference.StartsWith('/') ? reference : root + reference);

    [GeneratedRegex("<(?<name>[^>]+)>", RegexOptions.ExplicitCapture)]
    static partial Regex Variable { get; }
}
