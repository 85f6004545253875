using System.Collections.ObjectModel;

namespace Modular.Routing;

/// <summary>One rule that was added: which URLs it matches and builds. Immutable, safe to share.</summary>
public sealed class Rule
{
    readonly string[]? _methods;
    readonly List<string> _variables;
    readonly string _shape;         // its text without the converters: rules of one shape build the same URLs

    internal Rule(string text, string endpoint, RuleOptions options, RoutingOptions routing, ConverterTable converters, int index)
    {
        Check(text, options, routing);
        (Text, Endpoint, Index, _methods) = (text, endpoint, index, RuleMethods.Of(text, options));
        (Methods, Allow) = (_methods?.AsReadOnly(), string.Join(", ", _methods ?? []));
        Defaults = new Dictionary<string, object?>(options.Defaults ?? ReadOnlyDictionary<string, object?>.Empty).AsReadOnly();
        DefaultPairs = [.. Defaults];
        StrictSlashes = options.StrictSlashes ?? routing.StrictSlashes;
        MergeSlashes = options.MergeSlashes ?? routing.MergeSlashes;
        Domain = routing.HostMatching ? options.Host! : routing.SubdomainMatching ? options.Subdomain ?? routing.DefaultSubdomain : "";
        (Alias, BuildOnly, WebSocket, ProvidesAutomaticOptions) =
            (options.Alias, options.BuildOnly, options.WebSocket, options.ProvideAutomaticOptions is true);

        var parser = new RuleParser(text, converters);
        var written = MergeSlashes ? Slashes.Merge(text) : text;
        var (domain, path) = (parser.Parse(Domain), parser.Parse(written));
        Parts = [.. parser.PartsOf(domain), .. parser.PartsOf(path).Skip(1)];       // there is nothing before the first slash
        (_variables, Variables, Converters) = (parser.Variables, parser.Variables.AsReadOnly(), [.. parser.Converters]);
        FixedPath = Converters is [] && Slashes.Normalize(written) == written ? written : null;
        Arguments = [.. Variables.Union(Defaults.Keys)];
        Pieces = (PiecesOf(domain), PiecesOf(path));
        _shape = string.Concat(domain.Append(new("|")).Concat(path).Select(token => token.Fixed ?? $"<{Variables[token.Variable]}>"));
        if (options is not { RedirectTo: null, RedirectToUrl: null }) Redirect = new(this, options);
    }

    static void Check(string text, RuleOptions options, RoutingOptions routing)
    {
        if (!text.StartsWith('/')) throw new ModularException($"The rule \"{text}\" doesn't start with a slash. Write \"/{text}\".");
        if (routing.HostMatching && options.Host is null)
            throw new ModularException($"The rule \"{text}\" has no host, but host matching is on. Set RuleOptions.Host.");
        if (options is { Host: { } host, Subdomain: null } && !routing.HostMatching) throw new ModularException(
            $"The rule \"{text}\" is for the host \"{host}\", but host matching is off. Set RoutingOptions.HostMatching.");
        if (options is { Subdomain: { Length: > 0 } name, Host: null } && !routing.SubdomainMatching) throw new ModularException(
            $"The rule \"{text}\" is for the subdomain \"{name}\", but subdomain matching is off. Set RoutingOptions.SubdomainMatching.");
        if ((routing.HostMatching ? options.Host : options.Subdomain)?.Contains('/') is true)
            throw new ModularException($"The rule \"{text}\" has a slash in its host or subdomain. Write only names and dots there.");
        if (options is { RedirectTo: not null, RedirectToUrl: not null })
            throw new ModularException($"The rule \"{text}\" has both RedirectTo and RedirectToUrl. Set one of them.");
    }

    /// <summary>The rule as it was written, for example <c>/user/&lt;int:id&gt;</c>.</summary>
    public string Text { get; }

    /// <summary>The endpoint's name, for building URLs.</summary>
    public string Endpoint { get; }

    /// <summary>The methods of the rule, upper case and sorted; null means every method.</summary>
    public IReadOnlyList<string>? Methods { get; }

    /// <summary>Values for the view that aren't in the URL.</summary>
    public IReadOnlyDictionary<string, object?> Defaults { get; }

    /// <summary>The variables in the order of the text, those of the host or subdomain first.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The host or subdomain that the rule is for, with its variables; empty without host and subdomain matching.</summary>
    public string Domain { get; }

    /// <summary>True when a missing last slash is redirected, false when both forms match.</summary>
    public bool StrictSlashes { get; }

    /// <summary>True when several slashes in a row count as one.</summary>
    public bool MergeSlashes { get; }

    /// <summary>True when requests are redirected to another rule of the endpoint.</summary>
    public bool Alias { get; }

    /// <summary>True when the rule never matches and only builds URLs.</summary>
    public bool BuildOnly { get; }

    /// <summary>True when the rule matches only WebSocket handshakes.</summary>
    public bool WebSocket { get; }

    /// <summary>The id of the plugin that added it; null for one of the application or of a blueprint.</summary>
    public string? Plugin { get; internal set; }

    internal bool ProvidesAutomaticOptions { get; }
    internal string Allow { get; }                                          // its methods, as the header of a 405
    internal int Index { get; }
    internal RoutePart[] Parts { get; }
    internal string? FixedPath { get; }                                     // null with variables, and when no path can match
    internal UrlConverter[] Converters { get; }
    internal string[] Arguments { get; }                                    // what a URL needs: variables and names of defaults
    internal KeyValuePair<string, object?>[] DefaultPairs { get; }
    internal (RuleToken[] Domain, RuleToken[] Path) Pieces { get; }         // the pieces of URLs, already encoded
    internal RuleRedirect? Redirect { get; }
    internal Rule[] Shorter { get; set; } = [];                             // of the endpoint, by their defaults, best first

    /// <summary>The converter of one variable.</summary>
    public UrlConverter ConverterOf(string variable) => IndexOf(variable) is >= 0 and var i ? Converters[i] : throw new ModularException(
        $"The rule \"{Text}\" has no variable \"{variable}\". Use a variable of its text.");

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal bool Answers(string method) => _methods is null || _methods.AsSpan().Contains(method, StringComparer.OrdinalIgnoreCase);

    internal int IndexOf(string variable) => _variables.IndexOf(variable);

    // HEAD and OPTIONS don't count, because nearly every rule has them.
    internal bool Overlaps(Rule other) => WebSocket == other.WebSocket && (_methods is null || other._methods is null
        || _methods.SequenceEqual(other._methods) || _methods.Intersect(other._methods).Any(method => method is not ("HEAD" or "OPTIONS")));

    internal bool IsLongerThan(Rule other) => !other.BuildOnly && other.DefaultPairs.Length > 0 && other._shape != _shape
        && other.Arguments.Length == Arguments.Length && other.Arguments.All(Arguments.Contains);

    RuleToken[] PiecesOf(List<RuleToken> tokens)
    {
        List<RuleToken> pieces = [];
        foreach (var token in tokens)
        {
            var text = token.Fixed is { } given ? Percent.Encode(given, Percent.PathSafe)
                : Defaults.GetValueOrDefault(Variables[token.Variable]) is { } value ? Converters[token.Variable].ToUrl(value) : null;
            if (text is not null && pieces is [.., { Fixed: { } before }]) pieces[^1] = new(before + text);
            else pieces.Add(token with { Fixed = text });
        }
        return [.. pieces];
    }
}
