using System.Runtime.CompilerServices;

namespace Modular.Proofs.Routing;

/// <summary>Fixed text, or a variable of a <see cref="Routing.Kind"/>.</summary>
sealed record Token(string Fixed, Kind? Kind = null, string Name = "")
{
    public override string ToString() => Kind is null ? Fixed : $"<{Kind.Text}{Name}>";
}

/// <summary>A rule before it is text.</summary>
/// <param name="Segments">Between the slashes; <c>/a/</c> is <c>a</c> and an empty one, <c>/</c> an empty one alone.</param>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Options">All else.</param>
sealed record RuleModel(Token[][] Segments, string Endpoint, RuleOptions Options)
{
    internal string Text => "/" + string.Join('/', Segments.Select(segment => string.Concat(segment.Select(token => token.ToString()))));

    internal IEnumerable<Token> Variables => Segments.SelectMany(segment => segment).Where(token => token.Kind is not null);

    internal bool IsFinal => Variables.Any(token => token.Kind!.IsFinal);

    public override string ToString() => string.Join(' ',
    [
        Text, $"→{Endpoint}",
        Options.Methods is { } methods ? string.Join(',', methods) : "*",
        .. Options.StrictSlashes is { } strict ? [$"strict={strict}"] : Array.Empty<string>(),
        .. Options.MergeSlashes is { } merge ? [$"merge={merge}"] : Array.Empty<string>(),
        .. Options.WebSocket ? ["websocket"] : Array.Empty<string>(),
        .. Options.BuildOnly ? ["build-only"] : Array.Empty<string>(),
        .. Options.Alias ? ["alias"] : Array.Empty<string>(),
        .. Options.RedirectTo is { } target ? [$"to={target}"] : Array.Empty<string>(),
        .. Options.Subdomain is { } subdomain ? [$"subdomain={subdomain}"] : Array.Empty<string>(),
        .. (Options.Defaults ?? new Dictionary<string, object?>()).Select(pair => $"{pair.Key}={pair.Value}"),
    ]);
}

/// <summary>The rules of an application that can be added together, and how they match.</summary>
sealed record RuleSet(RoutingOptions Options, RuleModel[] Rules)
{
    public override string ToString() =>
        $"strict={Options.StrictSlashes} merge={Options.MergeSlashes}\n  {string.Join("\n  ", Rules.Select(rule => rule.ToString()))}";

    static readonly ConditionalWeakTable<Rule, object> Indices = [];

    /// <summary>The index in <see cref="Rules"/> of a rule of the table.</summary>
    internal static object IndexOf(Rule rule) => Indices.TryGetValue(rule, out var index) ? index : throw new KeyNotFoundException(rule.Text);

    /// <summary>The table, or the index of a rule that is refused as a duplicate.</summary>
    internal RouteTable Table(List<int>? refused = null)
    {
        var table = new RouteTable(Options, new ConverterTable());
        for (var i = 0; i < Rules.Length; i++)
        {
            try
            {
                Indices.Add(table.Add(Rules[i].Text, Rules[i].Endpoint, Rules[i].Options), i);
            }
            catch (ModularException error) when (error.Message.Contains("matches the same requests", StringComparison.Ordinal))
            {
                refused?.Add(i);
            }
        }
        return table;
    }
}
