using System.Reflection;

namespace Modular.Cli.Tests;

public sealed class PluginsTests
{
    [Fact]
    public async Task Plugins_are_shown_from_the_outermost_to_the_innermost_with_manifest_version_and_declarations()
    {
        var shown = await Shop.Make().InvokeAsync("plugins");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal($"""
            1. Modular.Cli {Version.Cli}  for Modular.Core {Version.CoreOfCli}
               adds application slot:   command line (CliPlugin)
               adds check:              of the set-up
               adds layer:              around app.Run
            2. Toy.Visits 1.2.3  for Modular.Core [0.1,1.0)
               adds application slot:   visit totals (VisitTotals)
               adds slot:               visits (Visits), visitor (Visitor)
               adds hook:               before send
               adds converter:          visitor
               adds response:           VisitTotals
               adds template global:    visits
               adds template filter:    ordinal
               adds rule:               /visits
               adds service:            IHostedService, AppCommand

            """, shown.Output);
    }

    [Fact]
    public async Task Manifests_show_their_order_and_a_plugin_that_cannot_start_is_shown_too()
    {
        var app = new ModularApp().UseCli([]).Use(new Inmost()).Use(new Outmost());

        var shown = await app.InvokeAsync("plugins");
        var json = await app.InvokeAsync("plugins", "--json");

        Assert.Equal($"""
            1. Modular.Cli {Version.Cli}  for Modular.Core {Version.CoreOfCli}
               adds application slot:   command line (CliPlugin)
               adds check:              of the set-up
               adds layer:              around app.Run
            2. Outmost 7.0.0-beta  for Modular.Core [0.1,)
               provides:                Something
               before:                  Inmost
            3. Inmost 1.0.0  for Modular.Core [0.1,)
               needs:                   Nobody
               adds hook:               before request ×2, teardown request
               adds error handler:      404

            """, shown.Output);
        Assert.Contains("\"id\": \"Outmost\",\n    \"version\": \"7.0.0-beta\",\n    \"core\": \"[0.1,)\",\n    \"needs\": [],\n    \"provides\": [\n      \"Something\"\n    ],", json.Output, StringComparison.Ordinal);
    }

    // As every plugin of ours, the command line takes the core that it was built with, and those after it.
    static class Version
    {
        internal static string Cli { get; } = typeof(CliOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        internal static string CoreOfCli { get; } = new ModularApp().UseCli([]).Plugins.Single().Manifest.CoreRange;
    }

    sealed class Inmost : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Inmost", "[0.1,)") { Dependencies = [new("Nobody", "app.UseNobody()")] };

        public void Install(PluginBuilder builder)
        {
            builder.App.BeforeRequest(() => { });
            builder.App.BeforeRequest(() => { });
            builder.App.TeardownRequest(_ => { });
            builder.App.ErrorHandler(404, () => new Response("none", 404));
        }
    }

    sealed class Outmost : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Outmost", "[0.1,)") { Version = "7.0.0-beta", Before = ["Inmost"], Provides = ["Something"] };

        public void Install(PluginBuilder builder)
        {
        }
    }
}
