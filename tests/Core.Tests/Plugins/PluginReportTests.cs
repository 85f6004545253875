using Microsoft.Extensions.Configuration;

namespace Modular.Tests;

/// <summary>Whatever a manifest, Install or a check gets wrong is in one report, with the plugin's id.</summary>
public class PluginReportTests
{
    [Fact]
    public void Ten_mistakes_of_the_set_up_are_one_report()
    {
        var never = new Blueprint("never");

        var error = Assert.Throws<ModularException>(() =>
        {
            var app = new ModularApp();
            app.Config.AddInMemoryCollection([new("Mail:Sevrer", "x"), new("Mail:Port", "many")]);
            app.Use(new Probe("Throws", _ => throw new FormatException("The key is odd.")));
            app.Use(new Probe("Rules", builder => builder.App.Get("/<wiki:page>", () => "")));
            app.Use(new Probe(new PluginManifest("Range", "0.1 - 1")));
            app.Use(new Probe(new PluginManifest("Itself", "[0.1,)") { Dependencies = [new("Itself", "app.UseItself()")] }));
            app.Use(new Probe(new PluginManifest("Wants", "[0.1,)") { Dependencies = [new("range", "app.UseRange()"), new("Range", "app.UseRange()", "[7.0,8.0)")] }));
            app.Use(new Probe(new PluginManifest("Enemy", "[0.1,)") { Conflicts = ["Rules"] }));
            app.Use(new Probe(new PluginManifest("Typo", "[0.1,)") { Before = ["Rnage", "Not.Installed"] }));
            app.Use(new Probe("Hooks", builder => builder.ForBlueprint(never).BeforeRequest(() => { })));
            app.Use(new Probe("Checks", builder => builder.Validate((Func<IServiceProvider, string?>)(_ => throw new KeyNotFoundException("No mail.")))));
            app.Use(new Probe("Mail", builder => builder.Options("Mail", new MailOptions())));
            using var scope = app.AppContext();
        });

        Assert.Equal(
            """
            The application can't start, for 12 reasons.
            1. Throws failed in Install with FormatException: The key is odd. Check the plugin's options; the inner exception shows the place.
            2. Rules: The rule "/<wiki:page>" names the unknown converter "wiki". Add it first, or use one of any, default, float, int, path, string, uuid.
            3. The manifest of Range has the core range "0.1 - 1", which isn't valid. Write it as in "[1.0,2.0)".
            4. Itself requires itself. Remove the dependency from its manifest.
            5. Wants requires range, which isn't installed. Did you mean "Range"? Add the package and call app.UseRange().
            6. Wants requires Range [7.0,8.0), and 1.0.0 is installed. Install a version of Range in this range.
            7. Enemy doesn't work beside Rules. Install only one of them.
            8. The manifest of Typo orders it by "Rnage", an unknown plugin. Did you mean "Range"?
            9. Hooks is for blueprint "never", which isn't registered. Call app.Register(…) with it.
            10. Checks failed in the checks of its set-up with KeyNotFoundException: No mail. Check the plugin's options; the inner exception shows the place.
            11. "Mail:Port" in the configuration, an option of Mail, is "many". Write a value of the type int.
            12. "Mail:Sevrer" in the configuration, an option of Mail, doesn't exist. Write "Server".
            """, error.Message);
        Assert.Equal([typeof(FormatException), typeof(KeyNotFoundException)],
            ((AggregateException)error.InnerException!).InnerExceptions.Select(inner => inner.GetType()));
    }

    [Fact]
    public void Ids_that_differ_only_in_case_are_reported() => Assert.Equal(
        "The plugin ids Mail and mail differ only in letter case. Install one of them, or rename the other.",
        Mistake.OfSetUp(app => app.Use(new Probe("Mail")).Use(new Probe("mail"))));

    [Fact]
    public void An_empty_id_is_reported() => Assert.Equal("A plugin has an empty id. Write its package's name in its manifest.",
        Mistake.OfSetUp(app => app.Use(new Probe(""))));

    [Fact]
    public void Two_plugins_that_handle_one_error_are_reported() => Assert.Equal(
        "A and B call ErrorHandler for \"404\". Install only one of them.",
        Mistake.OfSetUp(app =>
        {
            foreach (var id in new[] { "A", "B" }) app.Use(new Probe(id, builder => builder.App.ErrorHandler(404, () => new Response("", 404))));
        }));

    [Fact]
    public void Two_plugins_that_provide_one_id_are_reported() => Assert.Equal(
        "A and B call Provides for \"Mail\". Install only one of them.",
        Mistake.OfSetUp(app =>
        {
            foreach (var id in new[] { "A", "B" }) app.Use(new Probe(new PluginManifest(id, "[0.1,)") { Provides = ["Mail"] }));
        }));

    [Fact]
    public void An_endpoint_of_a_plugin_that_clashes_with_the_applications_names_the_plugin() => Assert.Equal(
        "Wiki: Endpoint \"page\" of rule \"/wiki\" already belongs to another view. Give this one its own name: endpoint: \"…\".",
        Mistake.OfSetUp(app =>
        {
            app.Get("/page", () => "", endpoint: "page");
            app.Use(new Probe("Wiki", builder => builder.App.Get("/wiki", () => "wiki", endpoint: "page")));
        }));

    [Fact]
    public void An_endpoint_of_the_application_that_clashes_with_a_plugins_names_the_plugin() => Assert.Equal(
        "Endpoint \"page\" of rule \"/page\" already belongs to another view of Wiki. Give this one its own name: endpoint: \"…\".",
        Mistake.OfSetUp(app =>
        {
            app.Use(new Probe("Wiki", builder => builder.App.Get("/wiki", () => "wiki", endpoint: "page")));
            app.Get("/page", () => "", endpoint: "page");
        }));

    [Fact]
    public void Middleware_cannot_be_limited_to_blueprints() => Assert.Equal(
        "Wraps is installed for blueprints only, but adds middleware around the whole application. Install it without onlyFor.",
        Mistake.OfSetUp(app =>
        {
            var blog = new Blueprint("blog");
            app.Use(new Probe("Wraps", builder => builder.UseMiddleware(_ => next => next)), onlyFor: blog).Register(blog);
        }));

    [Fact]
    public void An_optional_plugin_may_be_missing_but_its_version_counts_when_it_is_there()
    {
        var manifest = new PluginManifest("Uses", "[0.1,)") { Dependencies = [new("Mail", "app.UseMail()", "[2.0,3.0)", optional: true)] };
        using (new ModularApp().Use(new Probe(manifest)).AppContext())
        {
        }

        var message = Mistake.OfSetUp(app =>
            app.Use(new Probe(manifest)).Use(new Probe(new PluginManifest("Mail", "[0.1,)") { Version = "1.5.0-beta.1" })));

        Assert.Equal("Uses requires Mail [2.0,3.0), and 1.5.0-beta.1 is installed. Install a version of Mail in this range.", message);
    }

    sealed record MailOptions
    {
        public string Server { get; init; } = "localhost";
        public int Port { get; init; } = 25;
    }
}
