namespace Modular.Templating;

/// <summary>The templates, filters and functions of one application, for an engine.</summary>
public abstract class TemplateLibrary
{
    internal TemplateLibrary()
    {
    }

    /// <summary>
    /// The filters of the application and its plugins, and the built-in filters: <c>safe</c>, <c>e</c>, <c>escape</c>, <c>striptags</c>,
    /// <c>tojson</c>.
    /// </summary>
    public abstract IReadOnlyDictionary<string, TemplateFilter> Filters { get; }

    /// <summary>The names of functions, such as <c>url_for</c>, for engines that need them to compile a template.</summary>
    public abstract IReadOnlyCollection<string> Functions { get; }

    /// <summary>True in debug mode, where errors can show more.</summary>
    public abstract bool IsDebug { get; }

    /// <summary>The limits of every page.</summary>
    public abstract TemplateLimits Limits { get; }

    /// <summary>Gets another template to include or extend. It is compiled once.</summary>
    /// <param name="name">The name. It can come from a request: a name that leads outside the folders isn't found, in time linear in its
    /// length.</param>
    /// <exception cref="TemplateNotFoundException">The template doesn't exist.</exception>
    /// <exception cref="TemplateException">The template has a mistake, or belongs to another engine.</exception>
    public abstract ITemplate Get(string name);

    /// <summary>
    /// Gets the text of another template, for an engine that compiles what it includes itself. In debug mode, a change of that file drops
    /// the engine and its templates too.
    /// </summary>
    /// <param name="name">The name. It can come from a request, as in <see cref="Get"/>.</param>
    /// <inheritdoc cref="Get" path="/exception"/>
    public abstract TemplateSource GetSource(string name);

    /// <summary>True when the template exists and belongs to this engine.</summary>
    public abstract bool Exists(string name);
}
