using System.Runtime.CompilerServices;

namespace Modular.Tests.Routing;

/// <summary>Short ways to write a table of rules and to search it.</summary>
static class Routes
{
    static readonly ConditionalWeakTable<Rule, string?> Names = [];

    /// <summary>Adds a rule with a name for the results.</summary>
    internal static Rule Add(this RouteTable table, string text, string endpoint, RuleOptions options, string? name)
    {
        var rule = table.Add(text, endpoint, options);
        Names.Add(rule, name);
        return rule;
    }

    internal static string? NameOf(Rule rule) => Names.TryGetValue(rule, out var name) ? name : null;

    /// <summary>A table in which each rule's endpoint is its text.</summary>
    internal static RouteTable Of(params string[] rules) => With(new RoutingOptions(), rules);

    internal static RouteTable With(RoutingOptions options, params string[] rules)
    {
        var table = new RouteTable(options, new ConverterTable());
        foreach (var rule in rules) table.Get(rule);
        return table;
    }

    /// <summary>Adds a rule for these methods, or for every method.</summary>
    internal static RouteTable Get(this RouteTable table, string rule, params string[] methods)
    {
        table.Add(rule, rule, new() { Methods = methods.Length > 0 ? methods : null }, rule);
        return table;
    }

    internal static RouteMatch Match(this RouteTable table, string path, string method = "GET")
    {
        table.Match(new RouteQuery(path, method), out var match);
        return match;
    }

    /// <summary>The text of the rule that was found, with its values; or the outcome.</summary>
    internal static string Found(this RouteTable table, string path, string method = "GET")
    {
        var match = table.Match(path, method);
        return match.Outcome == RouteOutcome.Found
            ? string.Join(' ', [NameOf(match.Rule!), .. match.Values.ToDictionary().Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}"))])
            : match.Outcome.ToString();
    }

    /// <summary>Where a request on http://example.org is redirected to.</summary>
    internal static string RedirectOf(this RouteTable table, string path, string pathBase = "", string query = "")
    {
        var binding = new UrlBinding(table, new UrlPlace("http", "example.org", pathBase, query));
        table.Match(binding.Query(path), out var match);
        return binding.RedirectUrl(match);
    }

    internal static string Build(this RouteTable table, string endpoint, params (string, object?)[] values) =>
        new UrlBinding(table, new UrlPlace("http", "example.org")).Build(endpoint, values, new());

    internal static string ErrorOf(Action mistake) => Assert.ThrowsAny<ModularException>(mistake).Message;
}
