using System.Reflection;
using Toy.Audit;
using Toy.Visits;

namespace Modular.Tests;

public class PluginManifestTests
{
    static readonly string Core = AppFreezer.CoreVersion.ToString(3);

    [Fact]
    public void A_plugin_for_another_core_is_refused()
    {
        var far = new PluginManifest("Far.Away", "[90.0,91.0)") { Version = "7.0.1" };

        var message = Mistake.OfSetUp(app => app.Use(new Probe(far)));

        Assert.Equal(
            $"Far.Away 7.0.1 was made for Modular.Core [90.0,91.0), and this is {Core}. " +
            "Install a version of Far.Away for this core, or the core that it requires.", message);
    }

    [Fact]
    public void A_manifest_without_a_version_has_that_of_its_assembly()
    {
        var version = typeof(Probe).Assembly.GetName().Version!.ToString(3);

        var message = Mistake.OfSetUp(app => app.Use(new Probe(new PluginManifest("Far.Away", "[90.0,91.0)"))));

        Assert.StartsWith($"Far.Away {version} was made for Modular.Core ", message);
    }

    // A plugin that was compiled for another 0.x core must load, so that its range can say what is wrong.
    [Fact]
    public void The_assembly_version_of_the_core_is_that_of_its_major_version()
    {
        Assert.Equal(new Version(AppFreezer.CoreVersion.Major, 0, 0, 0), typeof(ModularApp).Assembly.GetName().Version);
    }

    // Between two releases the core's version is a pre-release, such as 0.2.1-alpha.0.5.
    [Fact]
    public void A_pre_release_of_the_core_counts_as_its_release()
    {
        var version = typeof(ModularApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var app = new ModularApp().Use(new Probe(new PluginManifest("Next.Door", $"[{Core},{AppFreezer.CoreVersion.Major + 1}.0)")));

        using var scope = app.AppContext();

        Assert.Equal(Core, version.Split('-', '+')[0]);
        Assert.Equal(["Next.Door"], app.Plugins.Select(plugin => plugin.Manifest.Id));
    }

    [Fact]
    public void An_invalid_core_range_is_refused()
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe(new PluginManifest("Odd", "soon"))));

        Assert.Equal("The manifest of Odd has the core range \"soon\", which isn't valid. Write it as in \"[1.0,2.0)\".", message);
    }

    [Fact]
    public void A_missing_dependency_is_reported_with_its_package_and_line()
    {
        var message = Mistake.OfSetUp(app => app.UseAudit());

        Assert.Equal("Toy.Audit requires Toy.Visits, which isn't installed. Add the package and call app.UseVisits().", message);
    }

    [Fact]
    public void A_plugin_that_provides_an_id_and_its_contract_satisfies_those_that_require_only_that()
    {
        var app = new ModularApp();
        app.Use(new Probe(new PluginManifest("Toy.Audit", "[0.1,)")
        {
            Dependencies = [new("Toy.Visits", "app.UseVisits()", contract: typeof(IFormatProvider))],
        }));
        app.Use(new Probe(new PluginManifest("Better.Visits", "[0.1,)") { Provides = ["Toy.Visits"] },
            builder => builder.Services.AddSingleton<IFormatProvider>(System.Globalization.CultureInfo.InvariantCulture)));

        using var scope = app.AppContext();

        Assert.Equal(["Better.Visits", "Toy.Audit"], app.Plugins.Select(plugin => plugin.Manifest.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plugin_that_provides_an_id_without_its_contract_does_not_replace_it(bool hasContract)
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Use(new Probe(new PluginManifest("Toy.Audit", "[0.1,)")
            {
                Dependencies = [new("Toy.Visits", "app.UseVisits()", contract: hasContract ? typeof(IFormatProvider) : null)],
            }));
            app.Use(new Probe(new PluginManifest("Better.Visits", "[0.1,)") { Provides = ["Toy.Visits"] }));
        });

        Assert.Equal("Toy.Audit requires Toy.Visits, which isn't installed. Better.Visits can't replace it, because Toy.Audit uses more "
            + "than a service of it. Add the package and call app.UseVisits().", message);
    }

    [Fact]
    public void An_id_that_is_installed_twice_is_one_problem()
    {
        var message = Mistake.OfSetUp(app => app.UseVisits().UseVisits());

        Assert.Equal("Toy.Visits is installed 2 times. Remove all calls but one.", message);
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.UseAudit();
            app.Use(new Probe(new PluginManifest("Old", "[0.0.1,0.0.2)") { Version = "0.0.1" }, Claim));
            app.Use(new Probe("New", Claim));
            app.Use(new Probe("New"));
            app.Use(new Probe("Number", builder => builder.Converter("int", _ => throw new NotSupportedException())));
            app.Use(new Probe("Hooked", builder => builder.App.BeforeRequest((System.Text.StringBuilder uri) => { })));
            app.Use(new Probe(new PluginManifest("Left", "[0.1,)") { After = ["Right"] }));
            app.Use(new Probe(new PluginManifest("Right", "[0.1,)") { After = ["Left"] }));
            app.Route("/", (System.Text.StringBuilder uri) => uri.ToString(), endpoint: "index");
        });

        Assert.Equal(
            $"""
            The application can't start, for 8 reasons.
            1. Number brings the converter "int", but the core or the application already has one with this name. Rename one of them.
            2. New is installed 2 times. Remove all calls but one.
            3. Toy.Audit requires Toy.Visits, which isn't installed. Add the package and call app.UseVisits().
            4. Old 0.0.1 was made for Modular.Core [0.0.1,0.0.2), and this is {Core}. Install a version of Old for this core, or the core that it requires.
            5. Old and New call Converter for "go". Install only one of them.
            6. The plugins Left → Right → Left each want to run inside the next. Remove one of the hints Before, After or Dependencies from their manifests.
            7. Nothing can fill parameter "uri" of a BeforeRequest hook: StringBuilder isn't a service of this application. Write app.Services.AddSingleton<StringBuilder>().
            8. Nothing can fill parameter "uri" of the view for rule "/": StringBuilder isn't a service of this application. Write app.Services.AddSingleton<StringBuilder>(), or add POST to the rule's methods when it is the JSON body.
            """, message);
    }

    [Fact]
    public async Task An_application_that_could_not_start_can_be_fixed()
    {
        var app = new ModularApp();
        app.UseAudit(new() { Write = _ => { } });
        app.Route("/", () => Current.Visitor.Name, endpoint: "index");
        Assert.Throws<ModularException>(() => app.AppContext());

        app.UseVisits();
        await using var client = app.TestClient();
        var response = await client.GetAsync("/");

        Assert.Equal("stranger", response.Text);
    }

    static void Claim(PluginBuilder builder) => builder.Converter("go", _ => throw new NotSupportedException());
}
