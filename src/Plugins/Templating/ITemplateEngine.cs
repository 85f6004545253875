namespace Modular.Templating;

/// <summary>
/// A template engine, as an application has it: with its own filters, functions and templates, shared with no other application. What a plugin brings by
/// <c>host.TemplateEngine(…)</c>.
/// </summary>
/// <remarks>Files, names, caching, reloading, limits and escaping are this package's; an engine turns text into something that can be rendered. Thread: compiles on many threads at once.</remarks>
public interface ITemplateEngine
{
    /// <summary>Makes a template ready to be rendered any number of times. Called once for each template, until it changes.</summary>
    /// <exception cref="TemplateException">The template is wrong: an unclosed block, an unknown tag.</exception>
    ITemplate Compile(TemplateSource source);
}

/// <summary>A compiled template.</summary>
/// <remarks>Thread: rendered by many threads at once, so it keeps nothing of one page.</remarks>
public interface ITemplate
{
    /// <summary>Writes one page into <see cref="TemplateRender.Output"/>: its own text by <c>Write</c>, every value by <c>WriteValue</c>, which escapes it.</summary>
    /// <remarks>An engine that has nothing to wait for returns a completed task; <c>RenderTemplate</c> relies on that, <c>RenderTemplateAsync</c> does not.</remarks>
    /// <exception cref="TemplateException">Something went wrong at a place of the template.</exception>
    ValueTask RenderAsync(TemplateRender render);
}

/// <summary>An object that says itself what templates may read of it, and so needs no reflection.</summary>
public interface ITemplateObject
{
    /// <summary>The value under a name as templates write it, such as <c>full_path</c>. False when there is none.</summary>
    bool TryGetMember(string name, out object? value);
}

/// <summary>A function of one page: <c>{{ url_for('static', filename='style.css') }}</c>. Text that it returns is escaped; <see cref="Markup"/> is not.</summary>
public delegate object? TemplateFunction(TemplateArguments arguments);
