namespace Modular.Templating;

/// <summary>What an engine knows of its application: the other templates, the filters and functions. Each application has its own.</summary>
public abstract class TemplateLibrary
{
    internal TemplateLibrary()
    {
    }

    /// <summary>The application's filters and those of its plugins, with the core's own: <c>safe</c>, <c>e</c>, <c>escape</c>, <c>striptags</c>, <c>tojson</c>.</summary>
    public abstract IReadOnlyDictionary<string, TemplateFilter> Filters { get; }

    /// <summary>The names of functions, such as <c>url_for</c>, for engines that must know them when they compile.</summary>
    public abstract IReadOnlyCollection<string> Functions { get; }

    /// <summary>True when errors may show more.</summary>
    public abstract bool IsDebug { get; }

    /// <summary>The limits of every page.</summary>
    public abstract TemplateLimits Limits { get; }

    /// <summary>Another template, to be included or extended; compiled once.</summary>
    /// <param name="name">May come from a request: one that leads out of the folders is not found, in time linear to its length.</param>
    /// <exception cref="TemplateNotFoundException">There is none.</exception>
    /// <exception cref="TemplateException">It is wrong, or another engine's.</exception>
    public abstract ITemplate Get(string name);

    /// <summary>True when there is a template of this name, and it belongs to this engine.</summary>
    public abstract bool Exists(string name);
}
