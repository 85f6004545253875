namespace Modular.Templating;

/// <summary>The arguments of a call in a template. Engines pass them to filters and functions.</summary>
/// <param name="positional">The positional arguments, in order.</param>
/// <param name="named">The named arguments, as written and in order.</param>
/// <param name="render">The page that is being rendered.</param>
public sealed class PageArguments(IReadOnlyList<object?> positional, IReadOnlyList<(string Name, object? Value)> named,
    TemplateRender render)
    : TemplateArguments(positional, named)
{
    /// <summary>The page that is being rendered.</summary>
    public TemplateRender Render { get; } = render;
}

/// <summary>The properties that this package adds to the arguments of filters and functions.</summary>
public static class TemplateArgumentsExtensions
{
    extension(TemplateArguments arguments)
    {
        /// <summary>
        /// The page that is being rendered: <c>arguments.Render?.Step()</c> counts an item against its limits. Null when the call doesn't
        /// come from a template.
        /// </summary>
        public TemplateRender? Render => (arguments as PageArguments)?.Render;
    }
}
