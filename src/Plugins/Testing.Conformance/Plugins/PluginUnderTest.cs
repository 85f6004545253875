using System.Reflection;

namespace Modular.Testing.Conformance;

/// <summary>Creates the applications of the checks, and sends the requests that all checks share.</summary>
sealed class PluginUnderTest(PluginConformance kit)
{
    /// <summary>A path that doesn't use the plugin. It returns the marker.</summary>
    internal const string Plain = "/modular-conformance/plain";

    internal const string FixStart = "Make the plugin start here, or add what it needs to With.";

    internal PluginConformance Kit => kit;

    /// <summary>The plugin's manifest, or null when it can't be found.</summary>
    internal PluginManifest? Manifest => field ??= FindManifest()?.Manifest;

    /// <summary>The plugin's name in reports.</summary>
    internal string Subject
    {
        get
        {
            try
            {
                return kit.Id ?? Manifest?.Id ?? "The plugin";
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                return "The plugin";        // Install failed, which a check reports
            }
        }
    }

    /// <summary>The plugin as the application describes it.</summary>
    internal PluginDescription? FindManifest()
    {
        HashSet<string> others = [.. New([.. kit.With]).Plugins.Select(plugin => plugin.Manifest.Id)];
        var plugins = New([.. kit.With, kit.Install]).Plugins;
        return plugins.LastOrDefault(plugin => kit.Id is { } id ? plugin.Manifest.Id == id : !others.Contains(plugin.Manifest.Id));
    }

    /// <summary>The plugin's assembly, or null when no loaded assembly has the name of its id.</summary>
    internal Assembly? FindAssembly() => kit.Assembly ?? kit.Create?.Invoke().GetType().Assembly ?? (Manifest is { } manifest
        ? AppDomain.CurrentDomain.GetAssemblies().Where(assembly => IsNamed(assembly, manifest.Id)).MaxBy(NameOf)
        : null);

    /// <summary>True when a plugin of this id belongs in the assembly: the same name, or a name below it.</summary>
    internal static bool IsNamed(Assembly assembly, string id) =>
        NameOf(assembly) is { Length: > 0 } name && (id == name || id.StartsWith($"{name}.", StringComparison.Ordinal));

    internal static string NameOf(Assembly assembly) => assembly.GetName().Name ?? "";

    /// <summary>An application with installations in this order, without views.</summary>
    internal ModularApp New(IReadOnlyList<Action<ModularApp>> installs, Errors? errors = null)
    {
        var app = new ModularApp(kit.Options?.Invoke());
        app.Services.AddSingleton<ILoggerProvider>(errors ?? new Errors());
        foreach (var install in installs) install(app);
        return app;
    }

    /// <summary>An application with the plugin, what it needs, and the views.</summary>
    /// <param name="errors">Collects what is logged as an error.</param>
    /// <param name="installs">Instead of the plugin after what it needs.</param>
    internal ModularApp Whole(Errors? errors = null, IReadOnlyList<Action<ModularApp>>? installs = null)
    {
        var app = Bare(installs ?? [.. kit.With, kit.Install], errors);
        kit.Uses?.Invoke(app);
        return app;
    }

    /// <summary>An application with a view that doesn't use the plugin, and no other.</summary>
    internal ModularApp Bare(IReadOnlyList<Action<ModularApp>> installs, Errors? errors = null)
    {
        var app = New(installs, errors);
        app.Get(Plain, Marker, endpoint: "modular_conformance_plain");
        return app;
    }

    /// <summary>What the plugin needs, to compare with. Nothing when that doesn't start without the plugin.</summary>
    internal IReadOnlyList<Action<ModularApp>> Without()
    {
        try
        {
            New(kit.With).TestRequestContext("/").Dispose();
            return kit.With;
        }
        catch (ModularException)
        {
            return [];
        }
    }

    /// <summary>True when the report of the start contains an exception of the plugin that isn't a report itself.</summary>
    internal bool HasFailed(Exception report) => report.Message.Contains($"{Subject} failed in ", StringComparison.Ordinal);

    /// <summary>Sends all requests of one visitor.</summary>
    internal async Task<List<(string Path, TestResponse Response)>> Visit(TestClient client, string marker)
    {
        List<(string, TestResponse)> seen = [];
        TestRequest request = new() { Query = [("marker", marker)], Headers = [("X-Marker", marker), ("X-Request-ID", marker)] };
        foreach (var path in (IEnumerable<string>)[Plain, .. kit.Paths]) seen.Add((path, await client.GetAsync(path, request)));
        foreach (var visit in kit.Visits)
        {
            var response = await visit(client, marker);
            seen.Add(($"visit {kit.Visits.ToList().IndexOf(visit) + 1}", response));
        }
        return seen;
    }

    /// <summary>The statuses of all requests, or the exception that ended one.</summary>
    /// <param name="app">An application, which is disposed of.</param>
    internal async Task<Dictionary<string, int>> Statuses(ModularApp app)
    {
        await using (app)
        {
            await using var client = app.TestClient();
            var seen = await Visit(client, "marker");
            return seen.ToDictionary(answer => answer.Path, answer => answer.Response.Status);
        }
    }

    /// <summary>Compares the statuses of an application with those of the plugin alone.</summary>
    internal static void Compare(Dictionary<string, int> alone, Dictionary<string, int> here, Findings findings, string remedy)
    {
        foreach (var (path, status) in here)
        {
            if (status >= 500) findings.Add($"{path} has the status {status}", remedy);
            else if (alone.TryGetValue(path, out var expected) && expected != status)
                findings.Add($"{path} has the status {status} instead of {expected}", remedy);
        }
    }

    static string Marker(RequestContext context) => context.Request.Args.Find("marker") ?? "plain";
}
