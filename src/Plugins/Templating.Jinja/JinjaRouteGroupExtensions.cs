namespace Modular.Templating.Jinja;

/// <summary>The methods that this package adds to applications, blueprints and plugins.</summary>
public static class JinjaRouteGroupExtensions
{
    extension(RouteGroup scope)
    {
        /// <summary>Adds a test to every Jinja template of the application, like Flask's <c>template_test</c>.</summary>
        /// <remarks>Order: the last test with a name is used, and the application's before a plugin's and the engine's.</remarks>
        public RouteGroup TemplateTest(string name, JinjaTest test) => scope.Contribute(name, test);
    }
}
