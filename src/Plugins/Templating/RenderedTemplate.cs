namespace Modular.Templating;

/// <summary>A template that was rendered, as <see cref="RequestContext.Notify"/> is told of it.</summary>
/// <param name="Name">As the view named it; <c>&lt;string&gt;</c> for one that is no file.</param>
/// <param name="Values">What it could name.</param>
public sealed record RenderedTemplate(string Name, TemplateValues Values)
{
    /// <summary>The value that the page was given under a name; null when it had none.</summary>
    public object? this[string name] => Values.TryGet(name, out var value) ? value : null;
}
