namespace Modular.Templating.Jinja;

sealed class JinjaPlugin(ModularApp app, JinjaOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Modular.Templating.Jinja", core: BuiltFor.Core)
    {
        Dependencies = [new PluginDependency("Modular.Templating", "app.UseTemplating()")],
    };

    public void Install(PluginBuilder builder) =>
        builder.TemplateEngine("jinja", [".jinja", ".jinja2", ".j2"], library => new JinjaEngine(library, options, TestsOf(), OwnNames()));

    // The globals of the application itself.
    HashSet<string> OwnNames() =>
        [.. app.Contributions<Func<RequestContext, object?>>().Where(item => item.Plugin is null).Select(item => item.Name)];

    // The application's tests come last, so that they replace a plugin's.
    Dictionary<string, JinjaTest> TestsOf()
    {
        Dictionary<string, JinjaTest> tests = [];
        foreach (var (name, test, _, _) in app.Contributions<JinjaTest>().OrderBy(item => item.Plugin is null)) tests[name] = test;
        return tests;
    }
}
