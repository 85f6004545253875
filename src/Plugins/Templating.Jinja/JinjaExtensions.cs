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
}
