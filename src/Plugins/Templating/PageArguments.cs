namespace Modular.Templating;

/// <summary>The arguments of a call in a template. Engines hand them to filters and functions.</summary>
/// <param name="positional">In order.</param>
/// <param name="named">Names as written, in order.</param>
/// <param name="render">The page that the filter or function works for.</param>
public sealed class PageArguments(IReadOnlyList<object?> positional, IReadOnlyList<(string Name, object? Value)> named, TemplateRender render)
    : TemplateArguments(positional, named)
{
    /// <summary>The page that the filter or function works for.</summary>
    public TemplateRender Render { get; } = render;
}

/// <summary>What this package adds to the arguments of filters and functions.</summary>
public static class TemplateArgumentsExtensions
{
    extension(TemplateArguments arguments)
    {
        /// <summary>The page that the filter or function works for: <c>arguments.Render?.Step()</c> counts an item against its limits. Null in a call that no template made.</summary>
        public TemplateRender? Render => (arguments as PageArguments)?.Render;
    }
}
