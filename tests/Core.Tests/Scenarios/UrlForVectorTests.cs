using System.Text.Json;
using System.Text.RegularExpressions;

namespace Modular.Tests.Scenarios;

public sealed partial class UrlForVectorTests(ITestOutputHelper output)
{
    const string NothingNear = "a hint is given only for a name that is near: \"nope\" is no misspelt \"index\"";

    static readonly Dictionary<string, (string Answer, string Reason)> Deviations = new()
    {
        ["""{"path":"/"} nope {}"""] = ("no URL", NothingNear),
        ["""{"path":"/","base_url":"https://example.org:8443/app/"} nope {}"""] = ("no URL", NothingNear),
    };

    [Fact]
    public void Urls_are_built_in_and_out_of_requests_as_in_flask()
    {
        var report = new VectorFile("flask_url_for.json", output, Deviations);
        var vectors = VectorFile.Load("flask_url_for.json");

        foreach (var test in vectors.EnumerateArray()) report.Check(Key(test), Expected(test.GetProperty("expect")), Answer(test));

        report.Finish();
    }

    static string Answer(JsonElement test)
    {
        var context = test.GetProperty("context");
        var app = App(test.GetProperty("config"));
        using var scope = context.TryGetProperty("none", out _) ? app.AppContext() : app.TestRequestContext(
            context.GetProperty("path").GetString()!, baseUrl: context.TryGetProperty("base_url", out var url) ? url.GetString() : null);
        var arguments = test.GetProperty("kwargs");
        var options = new UrlOptions
        {
            External = Find(arguments, "_external")?.GetBoolean(),
            Scheme = Find(arguments, "_scheme")?.GetString(),
            Anchor = Find(arguments, "_anchor")?.GetString(),
            Method = Find(arguments, "_method")?.GetString(),
        };
        var values = arguments.EnumerateObject().Where(argument => !argument.Name.StartsWith('_')).Select(argument => (argument.Name, Value(argument.Value)));
        try
        {
            return UrlFor(test.GetProperty("endpoint").GetString()!, options, [.. values]);
        }
        catch (UrlBuildException error)
        {
            return $"no URL{Hint(error.Message)}";
        }
        catch (ModularException error)
        {
            return error.Message.StartsWith("A URL was built outside a request, where the host isn't known.", StringComparison.Ordinal) ? "no host" : error.Message;
        }
    }

    // The sentences are our own; what they propose is Flask's.
    static string Expected(JsonElement expect) => expect.ValueKind == JsonValueKind.String ? expect.GetString()!
        : expect.GetProperty("raises").GetString() == "BuildError" ? $"no URL{Hint(expect.GetProperty("message").GetString()!)}"
        : "no host";

    static string Hint(string message) =>
        UpstreamHint().Match(message) is { Success: true } other ? $", but {other.Groups[1].Value}"
        : OwnHint().Match(message) is { Success: true } own ? $", but {own.Groups[1].Value}"
        : Methods().Match(message) is { Success: true } methods ? $", but {methods.Groups[1].Value.Replace("'", "")}"
        : "";

    static ModularApp App(JsonElement config)
    {
        var app = new ModularApp(new()
        {
            ServerName = config.GetProperty("SERVER_NAME").GetString(),
            ApplicationRoot = config.GetProperty("APPLICATION_ROOT").GetString()!,
            PreferredUrlScheme = config.GetProperty("PREFERRED_URL_SCHEME").GetString()!,
        });
        app.Route("/", () => "", endpoint: "index");
        app.Route("/login", () => "", endpoint: "login");
        app.Route("/user/<username>", () => "", endpoint: "profile");
        app.Route("/m1", () => "", endpoint: "m1");
        var blueprint = new Blueprint("bp", "/bp");
        blueprint.Route("/p", () => "", endpoint: "page");
        return app.Register(blueprint);
    }

    static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt32(),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Null => null,
        _ => value.GetString(),
    };

    static JsonElement? Find(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) ? value : null;

    static string Key(JsonElement test) =>
        $"{JsonSerializer.Serialize(test.GetProperty("context"))} {test.GetProperty("endpoint").GetString()} {JsonSerializer.Serialize(test.GetProperty("kwargs"))}";

    [GeneratedRegex(@"Did you mean '([^']*)' instead\?")]
    internal static partial Regex UpstreamHint();

    [GeneratedRegex("Did you mean \"([^\"]*)\"\\?")]
    internal static partial Regex OwnHint();

    [GeneratedRegex(@"(?:methods \[|one of: )([A-Z', ]+)")]
    internal static partial Regex Methods();
}
