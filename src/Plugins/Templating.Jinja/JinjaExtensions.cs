namespace Modular.Templating.Jinja;

/// <summary>The methods that this package adds to an application.</summary>
public static class JinjaExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Renders templates with Jinja: files with the extensions <c>.jinja</c>, <c>.jinja2</c> and <c>.j2</c>, and all others unless
        /// another engine was installed first.
        /// </summary>
        public ModularApp UseJinja(JinjaOptions? options = null) => app.UseTemplating().Use(new JinjaPlugin(app, options ?? new()));
    }

    extension(RouteGroup scope)
    {
        /// <summary>Adds a test to every Jinja template of the application, like Flask's <c>template_test</c>.</summary>
        /// <remarks>Order: the last test with a name is used, and the application's before a plugin's and the engine's.</remarks>
        public RouteGroup TemplateTest(string name, JinjaTest test) => scope.Contribute(name, test);
    }
}
