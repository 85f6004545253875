using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests.Endpoints;

/// <summary>Runs the exchanges of one application of flask_scenarios.json against ours.</summary>
static class Scenario
{
    internal static JsonElement Load(string name)
    {
        using var scenarios = Vectors.Load("flask_scenarios.json");
        return scenarios.RootElement.EnumerateArray().Single(scenario => scenario.GetProperty("name").GetString() == name)
            .GetProperty("exchanges").Clone();
    }

    internal static async Task Run(string name, ModularApp app, ITestOutputHelper output)
    {
        var report = new VectorReport($"flask_scenarios.json, {name}");
        await using var client = app.TestClient(new() { PropagateExceptions = false });
        foreach (var exchange in Load(name).EnumerateArray())
        {
            var request = exchange.GetProperty("request");
            var (method, path) = (request.GetProperty("method").GetString()!, request.GetProperty("path").GetString()!);
            report.Check($"{method} {path}", Expected(exchange.GetProperty("expect")), Text(await client.SendAsync(method, path)));
        }
        report.Finish(output);
    }

    /// <summary>Status, headers by name, and the body, of which each byte is a character.</summary>
    internal static string Expected(JsonElement answer) => Text(
        int.Parse(answer.GetProperty("status").GetString()!.Split(' ')[0], CultureInfo.InvariantCulture),
        answer.GetProperty("headers").EnumerateArray().Select(header => $"{header[0].GetString()}: {header[1].GetString()}"),
        answer.GetProperty("body").GetString()!);

    /// <inheritdoc cref="Expected"/>
    internal static string Text(TestResponse response) => Text(
        response.Status,
        response.Headers.SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}")),
        Encoding.Latin1.GetString(response.Data.Span));

    // The words after a status code are the server's affair.
    static string Text(int status, IEnumerable<string> headers, string body) =>
        $"{status} [{string.Join(", ", headers.Order(StringComparer.Ordinal))}] {JsonSerializer.Serialize(body)}";
}
