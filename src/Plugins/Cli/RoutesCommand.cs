using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary><c>routes</c>: all rules, or the rule that matches a path.</summary>
sealed class RoutesCommand(ModularApp app, ConsoleOutput output, ConsoleOutput error)
{
    internal const string Name = "routes";

    static readonly string[] Sorts = ["endpoint", "methods", "rule", "blueprint", "plugin", "match"];

    readonly CommandParameter<string> _filter =
        new("filter", "Only rules with this text in their endpoint, rule, blueprint or plugin.") { IsRequired = false };
    readonly CommandParameter<string> _sort = new("--sort", "The column to sort by. \"match\" is the registration order.")
    {
        Alias = "-s", Choices = Sorts, Default = "endpoint",
    };
    readonly CommandParameter<string> _method =
        new("--method", "Only rules with this method. With --match: the method of the request.") { Alias = "-m", Placeholder = "METHOD" };
    readonly CommandParameter<bool> _allMethods = new("--all-methods", "Also shows HEAD and OPTIONS, which are added automatically.");
    readonly CommandParameter<string> _match = new("--match",
        "Shows which rule matches this path, and why the others don't. The exit code is 1 when none matches.")
    {
        Placeholder = "/path",
    };
    readonly CommandParameter<string> _host =
        new("--host", "With --match: the host of the request, for host or subdomain matching.") { Placeholder = "name" };
    readonly CommandParameter<bool> _json = new("--json", "Writes JSON.");

    internal AppCommand Command => new(Name, "Shows all rules with their endpoints, methods, blueprints and plugins.", Show)
    {
        Parameters = [_filter, _sort, _method, _allMethods, _match, _host, _json],
        Examples = ["routes", "routes admin --sort rule", "routes --match /user/7 --method POST", "routes --json"],
    };

    int Show(CommandCall call)
    {
        if (call.Has(_match)) return new RouteReport(app, output).Show(new RouteExplainer(app).Explain(call.Get(_match),
            call.Has(_method) ? call.Get(_method) : "GET", call.Has(_host) ? call.Get(_host) : null), call.Has(_json));
        var rows = Sorted(Rows(call), call.Get(_sort)).ToList();
        if (call.Has(_json)) output.Json(new JsonArray([.. rows.Select(row => row.ToJson())]));
        else if (rows.Count == 0)
            error.Line(app.Rules.Count == 0 ? "There are no rules." : "No rule matches the filter. Remove the filter to see all rules.");
        else Table(rows);
        return 0;
    }

    void Table(List<RouteRow> rows)
    {
        var domains = rows.Exists(row => row.Domain.Length > 0);
        string[] heads = ["Endpoint", "Methods",
            .. domains ? [app.Options.Routing.HostMatching ? "Host" : "Subdomain"] : Array.Empty<string>(), "Rule", "Blueprint", "Plugin"];
        output.Table(heads, rows.Select(row => (string[])[row.Endpoint, row.MethodText, .. domains ? [row.Domain] : Array.Empty<string>(),
            row.Text, row.Blueprint ?? "", row.Plugin ?? ""]));
    }

    IEnumerable<RouteRow> Rows(CommandCall call)
    {
        var rows = app.Rules.Select(rule => RouteRow.Of(app, rule, call.Has(_allMethods)));
        if (call.Has(_method)) rows = rows.Where(row => row.Rule.Methods?.Contains(call.Get(_method).ToUpperInvariant()) is not false);
        if (call.Has(_filter)) rows = rows.Where(row => row.Has(call.Get(_filter)));
        return rows;
    }

    // Sorting is stable, so equal rows keep the registration order.
    static IEnumerable<RouteRow> Sorted(IEnumerable<RouteRow> rows, string column) => column switch
    {
        "methods" => rows.OrderBy(row => row.MethodText, StringComparer.Ordinal),
        "rule" => rows.OrderBy(row => row.Text, StringComparer.Ordinal),
        "blueprint" => rows.OrderBy(row => row.Blueprint ?? "", StringComparer.Ordinal),
        "plugin" => rows.OrderBy(row => row.Plugin ?? "", StringComparer.Ordinal),
        "match" => rows,
        _ => rows.OrderBy(row => row.Endpoint, StringComparer.Ordinal),
    };
}
