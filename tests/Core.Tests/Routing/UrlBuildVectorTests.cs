using System.Text.Json;

namespace Modular.Tests.Routing;

public sealed class UrlBuildVectorTests(ITestOutputHelper output)
{
    const string UnmatchableFloat = "upstream bug: a URL that ends in a bare point, or says 0, does not match its own rule";
    const string UnencodedSpace = "upstream bug: a URL must not hold a space";
    const string NullIsMissing = "a null counts as not given, alone and in a list of values";
    const string Localhost = """{"server_name":"localhost","script_name":"/"}""";
    const string Example = """{"server_name":"example.org","script_name":"/"}""";

    static readonly Dictionary<string, (string Answer, string Reason)> Deviations = new()
    {
        ["werkzeug tests/test_routing.py::test_build_values_multidict[int-None-TypeError] " + Localhost + """ {"endpoint":"int","values":{"$multi":[["v",null]]}}"""] =
            ("no rule", NullIsMissing),
        ["grid:numbers:build " + Example + """ {"endpoint":"f","values":{"v":1e+20}}"""] = ("/f/100000000000000000000.0", UnmatchableFloat),
        ["grid:numbers:build " + Example + """ {"endpoint":"f","values":{"v":1e-07}}"""] = ("/f/0.0000001", UnmatchableFloat),
        ["grid:numbers:build " + Example + """ {"endpoint":"f","values":{"v":100.0}}"""] = ("/f/100.0", UnmatchableFloat),
        ["grid:numbers:build " + Example + """ {"endpoint":"fs","values":{"v":-1}}"""] = ("/fs/-1.0", UnmatchableFloat),
        ["grid:strings:build " + Example + """ {"endpoint":"a","values":{"v":"foo bar"}}"""] = ("/a/foo%20bar", UnencodedSpace),
    };

    [Fact]
    public void Urls_are_built_as_in_Werkzeug()
    {
        var report = new VectorFile("urlbuild.json", output, Deviations);
        var vectors = VectorFile.Load("urlbuild.json");

        foreach (var group in vectors.EnumerateArray())
        {
            // Flask never sorts the query of a URL, so neither do we.
            if (RoutingVectors.Flag(group.GetProperty("map"), "sort_parameters") is true) continue;
            var table = RoutingVectors.Table(group);
            foreach (var test in group.GetProperty("cases").EnumerateArray())
                report.Check(RoutingVectors.Key(group, test), Expected(test), Answer(table, test));
        }

        report.Finish();
    }

    static string Answer(RouteTable table, JsonElement test)
    {
        var args = test.GetProperty("args");
        var isExternal = RoutingVectors.Flag(args, "force_external") is true;
        var scheme = RoutingVectors.Text(args, "url_scheme");
        // Our scheme asks for a whole URL, as in Flask; Werkzeug's alone only replaces the scheme that is bound.
        var binding = RoutingVectors.Binding(table, test.GetProperty("bind"), scheme: isExternal ? null : scheme);
        var options = new UrlOptions
        {
            External = isExternal ? true : null,
            Scheme = isExternal ? scheme : null,
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

    // The wording is our own. The error and its kind are upstream's.
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
