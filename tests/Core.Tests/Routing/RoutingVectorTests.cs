using System.Text.Json;

namespace Modular.Tests.Routing;

public sealed class RoutingVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Paths_match_as_in_Werkzeug()
    {
        var report = new VectorFile("routing.json", output);
        var vectors = VectorFile.Load("routing.json");

        foreach (var group in vectors.EnumerateArray())
        {
            var table = RoutingVectors.Table(group);
            foreach (var test in group.GetProperty("cases").EnumerateArray())
                report.Check(RoutingVectors.Key(group, test), Expected(test), Answer(table, test));
        }

        report.Finish();
    }

    static string Answer(RouteTable table, JsonElement test)
    {
        var (bind, args) = (test.GetProperty("bind"), test.GetProperty("args"));
        var binding = RoutingVectors.Binding(table, bind, QueryString(args) ?? QueryString(bind) ?? "");
        var path = RoutingVectors.Text(args, "path_info") ?? RoutingVectors.Text(bind, "path_info") ?? "/";
        var method = RoutingVectors.Text(args, "method") ?? binding.DefaultMethod;
        var webSocket = RoutingVectors.Flag(args, "websocket") ?? binding.Query(path).WebSocket;
        if (RoutingVectors.Text(test, "op") == "allowed") return $"allow {Set(table.AllowedMethods(path, binding.Domain, webSocket))}";

        table.Match(new RouteQuery(path, method, binding.Domain, webSocket), out var match);
        return match.Outcome switch
        {
            RouteOutcome.Found => $"{Routes.NameOf(match.Rule!)} {Set(match.Values.ToDictionary().Select(pair => $"{pair.Key}={RoutingVectors.Show(pair.Value)}"))}",
            RouteOutcome.Redirect => $"308 {binding.RedirectUrl(match, method)}",
            RouteOutcome.MethodNotAllowed => $"405 {Set(match.AllowedMethods)}",
            RouteOutcome.WebSocketMismatch => "400",
            _ => "404",
        };
    }

    static string Expected(JsonElement test)
    {
        var expect = test.GetProperty("expect");
        var allow = expect.TryGetProperty("allow", out var methods) ? Set(methods.EnumerateArray().Select(method => method.GetString()!)) : null;
        if (RoutingVectors.Text(test, "op") == "allowed") return $"allow {allow}";
        if (!expect.TryGetProperty("status", out var status))
            return $"{RoutingVectors.Text(expect, "endpoint")} {Set(expect.GetProperty("args").EnumerateObject().Select(pair => $"{pair.Name}={RoutingVectors.Show(RoutingVectors.Value(pair.Value))}"))}";
        return $"{status.GetInt32()} {RoutingVectors.Text(expect, "location")}{allow}".TrimEnd();
    }

    static string? QueryString(JsonElement element) => !element.TryGetProperty("query_args", out var query) ? null
        : query.ValueKind == JsonValueKind.String ? query.GetString()
        : string.Join('&', query.EnumerateObject().Select(pair => $"{pair.Name}={pair.Value}")).Replace(' ', '+');

    static string Set(IEnumerable<string> items) => $"{{{string.Join(", ", items.Order(StringComparer.Ordinal))}}}";
}
