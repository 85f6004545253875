using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace Modular.Testing.Conformance;

/// <summary>Several applications, an application in another one, and the end of an application.</summary>
static class ApplicationChecks
{
    const string Prefix = "/modular-mounted";

    internal static async Task ShareNothing(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        findings.Try("two applications in one process", PluginUnderTest.FixStart);
        await Pair(plugin, findings, plugin.Whole(), plugin.Whole());
        if (plugin.Kit.Create is not { } create || findings.Problems.Count > 0) return;
        findings.Try("one plugin object in two applications",
            "Keep what belongs to an application in its services, slots and closures, and not in fields of the plugin.");
        var shared = create();
        Action<ModularApp>[] installs = [.. plugin.Kit.With, app => app.Use(shared)];
        await Pair(plugin, findings, plugin.Whole(installs: installs), plugin.Whole(installs: installs));
    }

    internal static async Task Mounted(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Use UrlFor and Redirect, and Current.Request.Path, which know the mount path.";
        findings.Try("starting it alone", PluginUnderTest.FixStart);
        var alone = await plugin.Statuses(plugin.Whole());
        findings.Try($"the same requests to an application that is mounted under {Prefix}", Remedy);
        await using var app = plugin.Whole();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using var host = builder.Build();
        host.Map(Prefix, branch => branch.Run(app.AppDelegate));
        await host.StartAsync(cancellationToken);
        using var client = host.GetTestClient();
        foreach (var path in (IEnumerable<string>)[PluginUnderTest.Plain, .. plugin.Kit.Paths])
        {
            var target = Marked($"{Prefix}{path}");
            using var response = await client.GetAsync(target, cancellationToken);
            PluginUnderTest.Compare(alone, new() { [path] = (int)response.StatusCode }, findings, Remedy);
            if (response.Headers.Location?.OriginalString is ['/', not '/', ..] next && !next.StartsWith(Prefix, StringComparison.Ordinal))
                findings.Add($"{path} redirects to {next}", Remedy);
        }
    }

    internal static async Task Ends(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        const string Remedy = "Register a factory, such as AddSingleton(services => new X()), whose object is disposed with the services.";
        findings.Try("reading the services that it adds", PluginUnderTest.FixStart);
        var app = plugin.New([.. plugin.Kit.With]);
        HashSet<ServiceDescriptor> before = [.. app.Services];
        plugin.Kit.Install(app);
        foreach (var added in app.Services.Where(service => !before.Contains(service) && service is { IsKeyedService: false }))
            if (added.ImplementationInstance is IDisposable or IAsyncDisposable) findings.Add(
                $"the service {added.ServiceType.Name} is an object that needs disposal, which services don't do for objects", Remedy);

        findings.Try("stopping the application after requests",
            "Let Dispose and StopAsync succeed, also when they are called twice and when nothing was used.");
        var errors = new Errors();
        var running = plugin.Whole(errors);
        await using (var host = running.Build(builder => builder.WebHost.UseTestServer()))
        {
            await host.StartAsync(cancellationToken);
            using var client = host.GetTestClient();
            foreach (var path in (IEnumerable<string>)[PluginUnderTest.Plain, .. plugin.Kit.Paths])
                using (await client.GetAsync(Marked(path), cancellationToken)) { }
            await host.StopAsync(cancellationToken);
        }
        await running.DisposeAsync();
        findings.Try("disposing of an application that had no request");
        var unused = plugin.Whole(errors);
        unused.TestRequestContext("/").Dispose();
        await unused.DisposeAsync();
        await unused.DisposeAsync();
        foreach (var error in errors.Texts) findings.Add($"a logged error: {error}", "Fix its cause.");
    }

    static Uri Marked(string path) =>
        new($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}marker=marker", UriKind.Relative);

    // Each application has a view that returns its own name, so that a mix-up is visible.
    static async Task Pair(PluginUnderTest plugin, Findings findings, ModularApp first, ModularApp second)
    {
        const string Which = "/modular-conformance/which";
        first.Get(Which, _ => "first", endpoint: "modular_conformance_which");
        second.Get(Which, _ => "second", endpoint: "modular_conformance_which");
        await using var other = second;
        await using (first)
        {
            await using var one = first.TestClient();
            await using var two = second.TestClient();
            var seen = await Task.WhenAll(plugin.Visit(one, "marker-of-the-first"), plugin.Visit(two, "marker-of-the-second"));
            Same(seen[0], seen[1]);
            Others(seen[0], "marker-of-the-second");
            Others(seen[1], "marker-of-the-first");
            var names = $"{(await one.GetAsync(Which)).Text} {(await two.GetAsync(Which)).Text}";
            findings.Equal("first second", names, "Keep no application.");
        }
        await using var last = second.TestClient();
        Same(await plugin.Visit(last, "marker-of-the-second"), []);

        void Same(List<(string Path, TestResponse Response)> seen, List<(string Path, TestResponse Response)> others)
        {
            PluginUnderTest.Compare(seen.ToDictionary(answer => answer.Path, answer => answer.Response.Status),
                others.ToDictionary(answer => answer.Path, answer => answer.Response.Status), findings,
                "Both must respond in the same way.");
            PluginUnderTest.Compare([], seen.ToDictionary(answer => answer.Path, answer => answer.Response.Status), findings,
                "The end of one application must not change the other.");
        }

        void Others(List<(string Path, TestResponse Response)> seen, string marker)
        {
            foreach (var (path, response) in seen)
                if (RequestChecks.TextOf(response).Contains(marker, StringComparison.Ordinal)) findings.Add(
                    $"{path} of one application returns data of the other", "Keep data in services, slots and closures.");
        }
    }
}
