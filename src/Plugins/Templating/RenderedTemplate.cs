namespace Modular.Templating;

/// <summary>The event of a rendered template, sent with <see cref="RequestContext.Notify"/>.</summary>
/// <param name="Name">The template's name in the view. <c>&lt;string&gt;</c> for a template that isn't a file.</param>
/// <param name="Values">The values that the template could read.</param>
public sealed record RenderedTemplate(string Name, TemplateValues Values)
{
    /// <summary>A value of the page by name. Null when the page doesn't have it.</summary>
    public object? this[string name] => Values.TryGet(name, out var value) ? value : null;
}
