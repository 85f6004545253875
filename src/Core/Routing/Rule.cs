using System.Collections.ObjectModel;

namespace Modular;

/// <summary>One rule that was added: which URLs it matches and builds. Immutable, safe to share.</summary>
public sealed class Rule
{
    readonly string[]? _methods;

    internal Rule(string text, string endpoint, RuleOptions options, RoutingOptions routing, ConverterTable converters, int index)
    {
        (Text, Endpoint, Index) = (text, endpoint, index);
        RuleChecks.BeforeCompiling(text, options, routing);
        _methods = RuleMethods.Of(text, options);
        Methods = _methods?.AsReadOnly();
        Allow = string.Join(", ", _methods ?? []);
        Defaults = options.Defaults is { } defaults
            ? new Dictionary<string, object?>(defaults).AsReadOnly()
            : ReadOnlyDictionary<string, object?>.Empty;
        DefaultPairs = [.. Defaults];
        StrictSlashes = options.StrictSlashes ?? routing.StrictSlashes;
        MergeSlashes = options.MergeSlashes ?? routing.MergeSlashes;
        Domain = routing.HostMatching ? options.Host! : routing.SubdomainMatching ? options.Subdomain ?? routing.DefaultSubdomain : "";
        Alias = options.Alias;
        BuildOnly = options.BuildOnly;
        WebSocket = options.WebSocket;
        ProvidesAutomaticOptions = options.ProvideAutomaticOptions is true;

        var compiler = new RuleCompiler(text, converters);
        var (domainParts, domainPieces) = compiler.Compile(Domain);
        var (pathParts, pathPieces) = compiler.Compile(MergeSlashes ? Slashes.Merge(text) : text);
        Parts = [.. domainParts, .. pathParts];
        Variables = compiler.Variables.AsReadOnly();
        Converters = [.. compiler.Converters];
        Shape = $"{ShapeOf(domainPieces)}|{ShapeOf(pathPieces)}";
        Arguments = [.. Variables.Union(Defaults.Keys)];
        DomainPieces = UrlPiece.Fold(domainPieces, DefaultText);
        PathPieces = UrlPiece.Fold(pathPieces, DefaultText);
        Redirect = RuleRedirect.Of(this, options);
    }

    /// <summary>The rule as it was written, for example <c>/user/&lt;int:id&gt;</c>.</summary>
    public string Text { get; }

    /// <summary>The name that URLs are built by.</summary>
    public string Endpoint { get; }

    /// <summary>The methods that the rule answers, upper case and sorted; null means every method.</summary>
    public IReadOnlyList<string>? Methods { get; }

    /// <summary>The methods as the header of a 405.</summary>
    internal string Allow { get; }

    /// <summary>Values that the view gets without their standing in the URL.</summary>
    public IReadOnlyDictionary<string, object?> Defaults { get; }

    /// <summary>The variables in the order of the text, those of the host or subdomain first.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The host or subdomain that the rule is for, with its variables; empty without host and subdomain matching.</summary>
    public string Domain { get; }

    /// <summary>True when the text does not end with a slash.</summary>
    public bool IsLeaf => !Text.EndsWith('/');

    /// <summary>True when a missing last slash is redirected, false when both forms match.</summary>
    public bool StrictSlashes { get; }

    /// <summary>True when several slashes in a row count as one.</summary>
    public bool MergeSlashes { get; }

    /// <summary>True when requests are redirected to another rule of the endpoint.</summary>
    public bool Alias { get; }

    /// <summary>True when the rule never matches and only builds URLs.</summary>
    public bool BuildOnly { get; }

    /// <summary>True when the rule answers WebSocket handshakes only.</summary>
    public bool WebSocket { get; }

    /// <summary>True when OPTIONS is answered without the view.</summary>
    public bool ProvidesAutomaticOptions { get; }

    /// <summary>The id of the plugin that added it; null for one of the application or of a blueprint.</summary>
    public string? Plugin { get; internal set; }

    /// <summary>Its place in the order in which rules were added.</summary>
    internal int Index { get; }

    /// <summary>The parts that match the domain, and then the path.</summary>
    internal RoutePart[] Parts { get; }

    /// <summary>The converters of <see cref="Variables"/>.</summary>
    internal UrlConverter[] Converters { get; }

    /// <summary>What a URL needs: the variables and the names of the defaults.</summary>
    internal string[] Arguments { get; }

    internal KeyValuePair<string, object?>[] DefaultPairs { get; }

    internal UrlPiece[] DomainPieces { get; }

    internal UrlPiece[] PathPieces { get; }

    /// <summary>The host and path with the names of the variables, whatever their converters are: rules of one shape build the same URLs.</summary>
    internal string Shape { get; }

    /// <summary>Where its requests are sent instead; null for a usual rule.</summary>
    internal RuleRedirect? Redirect { get; }

    /// <summary>Rules of the endpoint that are shorter because of their defaults, best first. Known once the rules are frozen.</summary>
    internal Rule[] Shorter { get; set; } = [];

    /// <summary>The converter of one variable.</summary>
    /// <exception cref="ModularException">The rule has no such variable.</exception>
    public UrlConverter ConverterOf(string variable) => IndexOf(variable) is var index and >= 0
        ? Converters[index]
        : throw new ModularException(
            $"The rule \"{Text}\" has no variable \"{variable}\"."
            + (Variables.Count > 0 ? $" Ask for one of: {string.Join(", ", Variables)}." : " It has no variables at all."));

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>True when the rule answers this method, in any letter case.</summary>
    internal bool Answers(string method)
    {
        if (_methods is null) return true;
        foreach (var answered in _methods)
            if (string.Equals(answered, method, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    internal int IndexOf(string variable)
    {
        for (var i = 0; i < Variables.Count; i++)
            if (Variables[i] == variable) return i;
        return -1;
    }

    string ShapeOf(List<UrlPiece> pieces) => string.Concat(pieces.Select(piece => piece.Text ?? $"<{Variables[piece.Variable]}>"));

    string? DefaultText(int variable) =>
        Defaults.TryGetValue(Variables[variable], out var value) && value is not null ? Converters[variable].ToUrl(value) : null;
}
