using System.Text.Json;
using Xunit.Abstractions;

namespace Modular.Tests.Routing;

public sealed class UrlBuildVectorTests(ITestOutputHelper output)
{
    static readonly Dictionary<string, (string Answer, string Reason)> Deviations = [];

    [Fact]
    public void Urls_are_built_as_in_Werkzeug()
    {
        var report = new VectorReport("urlbuild.json", Deviations);
        using var vectors = Vectors.Load("urlbuild.json");

        foreach (var group in vectors.RootElement.EnumerateArray())
        {
            var table = RoutingVectors.Table(group);
            foreach (var test in group.GetProperty("cases").EnumerateArray())
                report.Check(Key(group, test), Expected(test), Answer(table, test));
        }

        report.Finish(output);
    }

    static string Key(JsonElement group, JsonElement test) =>
        $"{RoutingVectors.Text(group, "source")} {test.GetProperty("bind").GetRawText()} {test.GetProperty("args").GetRawText()}";

    static string Answer(RouteTable<string?> table, JsonElement test)
    {
        var args = test.GetProperty("args");
        var binding = RoutingVectors.Binding(table.Book, test.GetProperty("bind"));
        var options = new BuildOptions
        {
            External = RoutingVectors.Flag(args, "force_external") is true ? true : null,
            Scheme = RoutingVectors.Text(args, "url_scheme"),
            Method = RoutingVectors.Text(args, "method"),
            AppendUnknown = RoutingVectors.Flag(args, "append_unknown") ?? true,
        };
        try
        {
            return binding.Build(RoutingVectors.Text(args, "endpoint")!, Values(args), options);
        }
        catch (UrlBuildException)
        {
            return "no rule";
        }
        catch (ModularException)
        {
            return "bad value";
        }
    }

    // Our sentences are our own; that there is an error, and of which kind, is upstream's.
    static string Expected(JsonElement test)
    {
        var expect = test.GetProperty("expect");
        return RoutingVectors.Text(expect, "url") ?? (RoutingVectors.Text(expect, "error") == "BuildError" ? "no rule" : "bad value");
    }

    static (string, object?)[] Values(JsonElement args)
    {
        if (!args.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Object) return [];
        return values.TryGetProperty("$multi", out var pairs)
            ? [.. pairs.EnumerateArray().Select(pair => (pair[0].GetString()!, RoutingVectors.Value(pair[1])))]
            : [.. values.EnumerateObject().Select(pair => (pair.Name, RoutingVectors.Value(pair.Value)))];
    }
}
