namespace Modular.Testing.Conformance;

/// <summary>What the plugin does to views and plugins that it isn't for.</summary>
static class BesideChecks
{
    const string Inside = "/modular-conformance/inside";

    // They depend on the time of the response.
    static readonly string[] OfTheTime = ["Date", "Age", "Expires", "Last-Modified"];

    internal static async Task OnlyForABlueprint(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Add hooks, filters and BeforeSend in Install with the builder, and nothing to the application itself.";
        if (plugin.Kit.InstallFor is not { } installFor) return;
        findings.Try("starting it for one blueprint", PluginUnderTest.FixStart);
        var blueprint = new Blueprint("modular_conformance");
        blueprint.Get(Inside, _ => "inside", endpoint: "inside");
        var with = plugin.Bare([.. plugin.Kit.With, app => installFor(app, blueprint), app => app.Register(blueprint)]);
        try
        {
            with.TestRequestContext("/").Dispose();
        }
        catch (ModularException report) when (report.Message.Contains(plugin.Subject, StringComparison.Ordinal)
            && report.Message.Contains("without onlyFor", StringComparison.Ordinal))
        {
            return;         // it is for whole applications, and says so
        }
        var without = plugin.Bare(plugin.Without());
        findings.Try($"a request to {PluginUnderTest.Plain}, which is outside of the blueprint, with the plugin and without it", Remedy);
        var (seen, expected) = (await Send(with), await Send(without));
        findings.Equal(expected.Status, seen.Status, Remedy);
        findings.Equal(expected.Text, seen.Text, Remedy);
        findings.Equal(NamesOf(expected), NamesOf(seen), Remedy);

        async Task<TestResponse> Send(ModularApp app)
        {
            await using (app)
            {
                await using var client = app.TestClient();
                if (app == with) await client.GetAsync(Inside);
                return await client.GetAsync(PluginUnderTest.Plain);
            }
        }

        static string NamesOf(TestResponse response) =>
            string.Join(", ", response.Headers.Keys.Except(OfTheTime, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));
    }

    internal static Task Conflicts(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        if (plugin.Manifest is not { Conflicts: { Count: > 0 } conflicts } manifest) return Task.CompletedTask;
        var needs = plugin.New(plugin.Kit.With).Plugins.SelectMany(need => need.Manifest.Provides.Append(need.Manifest.Id))
            .Concat(manifest.Dependencies.Select(need => need.Id)).ToHashSet();
        foreach (var id in conflicts)
        {
            findings.Try($"the conflict with \"{id}\" in its manifest", "Write the id of a plugin that must not be installed beside it.");
            if (string.IsNullOrWhiteSpace(id) || id == manifest.Id)
                findings.Add("it isn't the id of another plugin", "Write the id of another plugin, or remove it.");
            else if (needs.Contains(id)) findings.Add("the plugin also needs it", "Remove one of the two from the manifest.");
            else
                foreach (var isFirst in (bool[])[true, false]) Report(id, isFirst);
        }
        return Task.CompletedTask;

        void Report(string id, bool isFirst)
        {
            var remedy = $"Let Manifest.Conflicts report {id}, and throw nothing in Install.";
            Action<ModularApp> other = app => app.Use(new Stub(id));
            findings.Try($"installing it {(isFirst ? "before" : "after")} {id}", remedy);
            try
            {
                plugin.New(isFirst ? [.. plugin.Kit.With, plugin.Kit.Install, other] : [.. plugin.Kit.With, other, plugin.Kit.Install])
                    .TestRequestContext("/").Dispose();
                findings.Add("the application starts", remedy);
            }
            catch (Exception error) when (error is not ModularException || plugin.HasFailed(error)
                || !error.Message.Contains(id, StringComparison.Ordinal))
            {
                findings.Threw(error.InnerException ?? error);
            }
            catch (ModularException)
            {
                // The report of the conflict.
            }
        }
    }

    internal static async Task SendOrder(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Declare in the manifest which BeforeSend functions run before this one's (SendsAfter) " +
            "and after it (SendsBefore).";
        var kit = plugin.Kit;
        if (kit.With.Count + kit.Beside.Count == 0) return;
        findings.Try("starting it after what it needs", PluginUnderTest.FixStart);
        Action<ModularApp>[] installs = [.. kit.With, kit.Install, .. kit.Beside];
        var (expected, again) = (await Sent(installs), await Sent(installs));
        foreach (var (path, headers) in expected)
            foreach (var name in headers.Keys.Where(name => again[path].GetValueOrDefault(name) != headers[name]).ToList())
                headers[name] = "";         // a random value, whose name is enough
        foreach (var (order, name) in ((Action<ModularApp>[], string)[])
        [
            ([.. installs.Reverse()], "the plugins in the reverse order"),
            ([kit.Install, .. kit.With, .. kit.Beside], "the plugin first"),
            ([.. kit.With, .. kit.Beside, kit.Install], "the plugin last"),
        ])
        {
            findings.Try($"the headers of all responses with {name}", Remedy);
            foreach (var (path, headers) in await Sent(order))
                foreach (var header in headers.Keys.Union(expected[path].Keys))
                {
                    var (here, there) = (headers.GetValueOrDefault(header), expected[path].GetValueOrDefault(header));
                    if (here != there && (there is not "" || here is null))
                        findings.Add($"{path} has the header {header} {Findings.Of(here)} instead of {Findings.Of(there)}", Remedy);
                }
            if (findings.Problems.Count > 0) return;
        }

        async Task<Dictionary<string, Dictionary<string, string>>> Sent(IReadOnlyList<Action<ModularApp>> order)
        {
            await using var app = plugin.Whole(installs: order);
            await using var client = app.TestClient();
            var seen = await plugin.Visit(client, "marker");
            return seen.ToDictionary(answer => answer.Path, answer => answer.Response.Headers
                .Where(header => !OfTheTime.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key, header => Comparable(header.Key, header.Value.ToString())));
        }
    }

    // A cookie by its name, because its value can contain the time. A list in any order.
    static string Comparable(string name, string value) => name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)
        ? string.Join(", ", value.Split(',').Where(part => part.Split(';')[0].Contains('=', StringComparison.Ordinal))
            .Select(part => part.Split('=')[0].Trim()).Order(StringComparer.Ordinal))
        : string.Join(", ", value.Split(',').Select(part => part.Trim()).Order(StringComparer.Ordinal));

    sealed class Stub(string id) : IPlugin
    {
        public PluginManifest Manifest { get; } = new(id, core: "[0.1,)");

        public void Install(PluginBuilder builder)
        {
        }
    }
}
