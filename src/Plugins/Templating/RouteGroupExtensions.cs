namespace Modular.Templating;

/// <summary>
/// Gives values to every page of a scope, like Flask's context processor. Values passed to <c>RenderTemplate</c> have priority.
/// </summary>
/// <returns>Names and values.</returns>
public delegate IEnumerable<(string Name, object? Value)> ContextProcessor(RequestContext context);

/// <summary>A filter: <c>{{ value|name(arguments) }}</c> in Jinja, <c>{{ value | name: arguments }}</c> in Liquid, <c>{{name value arguments}}</c> in Handlebars.</summary>
/// <param name="value">The value before the filter. It is <see cref="Markup"/> if it is already HTML.</param>
/// <param name="arguments">The arguments after the filter.</param>
/// <returns>Text is escaped when it is written, <see cref="Markup"/> isn't.</returns>
public delegate object? TemplateFilter(object? value, TemplateArguments arguments);

/// <summary>The methods for templates that this package adds to applications, blueprints and plugins.</summary>
public static class RouteGroupExtensions
{
    extension(RouteGroup scope)
    {
        /// <summary>
        /// Gives values to every page of the application or, on a blueprint, of its requests. Like Flask's <c>context_processor</c>.
        /// </summary>
        /// <remarks>Order: of two values with the same name, the innermost blueprint's is used, and within a scope the first.</remarks>
        public RouteGroup ContextProcessor(ContextProcessor processor) => scope.Contribute("", processor);

        /// <summary>Adds a value that is the same on every page.</summary>
        /// <remarks>Order: the last value with a name is used, and the application's before a plugin's.</remarks>
        /// <exception cref="ModularException">The value is a delegate, which templates don't call.</exception>
        public RouteGroup TemplateGlobal(string name, object? value)
        {
            if (value is Delegate) throw new ModularException(
                $"Template global \"{name}\" was given {TypeName.Of(value.GetType())}, which templates don't call. " +
                $"Write TemplateGlobal(\"{name}\", _ => …) for a value, or TemplateFunction(\"{name}\", …).");
            return scope.TemplateGlobal(name, _ => value);
        }

        /// <summary>
        /// Adds a function that every template of the application can call, with positional and named arguments:
        /// <c>{{ icon('star', size=16) }}</c> in Jinja and Liquid, <c>{{icon "star" size=16}}</c> in Handlebars.
        /// </summary>
        /// <remarks>
        /// Order: the last function with a name is used, and the application's before a plugin's. Names of built-in filters, such as
        /// <c>escape</c>, are errors at start-up, because both are helpers in Handlebars.
        /// </remarks>
        public RouteGroup TemplateFunction(string name, Func<RequestContext, TemplateArguments, object?> function) =>
            scope.Contribute(name, function);

        /// <summary>Adds a filter to every template of the application. Jinja calls a filter that gives true or false a test.</summary>
        /// <remarks>
        /// Order: the last filter with a name is used, and the application's before a plugin's and the engine's. The built-in names
        /// <c>safe</c>, <c>e</c>, <c>escape</c>, <c>forceescape</c>, <c>striptags</c>, <c>tojson</c> and <c>h</c> are errors at start-up.
        /// </remarks>
        public RouteGroup TemplateFilter(string name, TemplateFilter filter) => scope.Contribute(name, filter);
    }
}
