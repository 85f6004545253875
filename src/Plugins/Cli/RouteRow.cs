using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary>One line of <c>routes</c>.</summary>
sealed record RouteRow(Rule Rule, IReadOnlyList<string>? Methods, string? Blueprint, string? Plugin)
{
    internal string Endpoint => Rule.Endpoint;
    internal string Text => Rule.Text;
    internal string Domain => Rule.Domain;
    internal string MethodText =>
        (Methods is null ? "any" : string.Join(", ", Methods))
        + (Rule.WebSocket ? " (WebSocket)" : Rule.BuildOnly ? " (builds only)" : Rule.Alias ? " (alias)" : "");

    internal static RouteRow Of(ModularApp app, Rule rule, bool allMethods)
    {
        IReadOnlyList<string>? methods = allMethods || rule.Methods is null
            ? rule.Methods
            : [.. rule.Methods.Where(method => method is not ("HEAD" or "OPTIONS"))];
        return new(rule, methods is { Count: 0 } ? rule.Methods : methods, BlueprintOf(app, rule), rule.Plugin);
    }

    /// <summary>The blueprint of a rule with its parents: <c>shop.admin</c>. Null for none.</summary>
    internal static string? BlueprintOf(ModularApp app, Rule rule) =>
        app.Blueprints.Keys.Where(name => rule.Endpoint.StartsWith($"{name}.", StringComparison.Ordinal)).MaxBy(name => name.Length);

    internal bool Has(string text) =>
        new[] { Endpoint, Text, Blueprint, Plugin }.Any(cell => cell?.Contains(text, StringComparison.OrdinalIgnoreCase) is true);

    internal JsonObject ToJson() => new()
    {
        ["endpoint"] = Endpoint,
        ["methods"] = Methods is null ? null : new JsonArray([.. Methods.Select(method => (JsonNode)method)]),
        ["rule"] = Text,
        ["domain"] = Domain.Length == 0 ? null : Domain,
        ["blueprint"] = Blueprint,
        ["plugin"] = Plugin,
        ["webSocket"] = Rule.WebSocket,
        ["buildOnly"] = Rule.BuildOnly,
        ["alias"] = Rule.Alias,
    };
}
