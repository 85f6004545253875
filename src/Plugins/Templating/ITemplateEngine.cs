namespace Modular.Templating;

/// <summary>
/// The template engine of one application, with its own filters, functions and templates. A plugin adds one with
/// <c>host.TemplateEngine(…)</c>.
/// </summary>
/// <remarks>
/// This package handles files, names, caching, reloading, limits and escaping. An engine compiles text to a template. Thread: several
/// threads compile at the same time.
/// </remarks>
public interface ITemplateEngine
{
    /// <summary>
    /// Compiles a template, which can then be rendered any number of times. Called once for each template until it changes.
    /// </summary>
    /// <exception cref="TemplateException">The template has a mistake, such as an unclosed block or an unknown tag.</exception>
    ITemplate Compile(TemplateSource source);
}

/// <summary>A compiled template.</summary>
/// <remarks>Thread: several threads render it at the same time, so it must not store the state of a page.</remarks>
public interface ITemplate
{
    /// <summary>
    /// Writes one page to <see cref="TemplateRender.Output"/>: the template's text with <c>Write</c>, and every value with
    /// <c>WriteValue</c>, which escapes it.
    /// </summary>
    /// <remarks>
    /// A synchronous engine returns a completed task. <c>RenderTemplate</c> requires that, <c>RenderTemplateAsync</c> doesn't.
    /// </remarks>
    /// <exception cref="TemplateException">Rendering failed at a position in the template.</exception>
    ValueTask RenderAsync(TemplateRender render);
}

/// <summary>An object that defines which members templates can read, so reflection isn't needed.</summary>
public interface ITemplateObject
{
    /// <summary>Gets a member by its name in templates, such as <c>full_path</c>. Returns false when there is none.</summary>
    bool TryGetMember(string name, out object? value);
}

/// <summary>
/// A function for one page: <c>{{ url_for('static', filename='style.css') }}</c>. Text that it returns is escaped, <see cref="Markup"/>
/// isn't.
/// </summary>
public delegate object? TemplateFunction(TemplateArguments arguments);
