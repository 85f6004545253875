using System.Globalization;
using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary><c>routes --match /path</c>.</summary>
sealed class RouteReport(ModularApp app, ConsoleOutput output)
{
    /// <returns>0 when a rule matches or redirects, otherwise 1.</returns>
    internal int Show(RouteExplanation explained, bool asJson)
    {
        if (asJson) output.Json(Json(explained));
        else Text(explained);
        return explained.Status is 200 or 308 ? 0 : 1;
    }

    void Text(RouteExplanation explained)
    {
        output.Line(output.Paint.Bold($"{explained.Method} {explained.Path}"));
        output.Line(Verdict(explained));
        foreach (var (name, value) in explained.Values) output.Line($"  {name} = {Shown(value)}");
        if (explained.Others.Count == 0) return;
        output.Line();
        output.Line(output.Paint.Bold(explained.Rule is null ? "Why no rule matches:" : "Why the other rules don't match:"));
        var width = explained.Others.Max(other => other.Rule.Text.Length);
        foreach (var (rule, reason) in explained.Others) output.Line($"  {rule.Text.PadRight(width)}  {output.Paint.Dim(reason)}");
    }

    string Verdict(RouteExplanation explained) => explained.Status switch
    {
        200 => output.Paint.Green($"matches endpoint \"{explained.Rule!.Endpoint}\", rule {explained.Rule}{From(explained.Rule)}"),
        308 => output.Paint.Yellow($"is redirected (308) to {explained.Location}"),
        400 => output.Paint.Red("is a 400: the host isn't trusted, or the rule accepts only WebSocket handshakes, or none"),
        405 => output.Paint.Red($"is a 405: the path allows only {string.Join(", ", explained.AllowedMethods)}"),
        _ => output.Paint.Red("is a 404: no rule matches it"),
    };

    string From(Rule rule) =>
        (RouteRow.BlueprintOf(app, rule) is { } blueprint ? $", blueprint {blueprint}" : "")
        + (rule.Plugin is { } plugin ? $", plugin {plugin}" : "");

    static string Shown(object? value) =>
        value is string text ? $"\"{text}\"" : $"{Convert.ToString(value, CultureInfo.InvariantCulture)} ({value?.GetType().Name})";

    static JsonObject Json(RouteExplanation explained) => new()
    {
        ["method"] = explained.Method,
        ["path"] = explained.Path,
        ["status"] = explained.Status,
        ["endpoint"] = explained.Rule?.Endpoint,
        ["rule"] = explained.Rule?.Text,
        ["values"] = new JsonObject(explained.Values.Select(pair => KeyValuePair.Create(pair.Key,
            (JsonNode?)Convert.ToString(pair.Value, CultureInfo.InvariantCulture)))),
        ["location"] = explained.Location,
        ["allowedMethods"] = new JsonArray([.. explained.AllowedMethods.Select(method => (JsonNode)method)]),
        ["others"] = new JsonArray([.. explained.Others.Select(other => (JsonNode)new JsonObject
        {
            ["endpoint"] = other.Rule.Endpoint, ["rule"] = other.Rule.Text, ["reason"] = other.Reason,
        })]),
    };
}
