using System.Diagnostics.CodeAnalysis;

namespace Modular.Templating;

/// <summary>The verbs that render templates: bare names by a global <c>using static</c>. Those that take an object are behind reflection; the others are not.</summary>
public static class TemplatingFunctions
{
    const string ReadsProperties = "The object's properties become the template's values by reflection. Tuples and dictionaries need none: RenderTemplate(\"x.html\", (\"name\", name)).";

    /// <summary>A page from a template: <c>RenderTemplate("hello.html", ("name", name))</c>.</summary>
    /// <param name="template">Its name below the templates folder, with slashes.</param>
    /// <param name="values">Names and values. Everything that is not <see cref="Markup"/> is escaped.</param>
    /// <exception cref="TemplateNotFoundException">There is no such template.</exception>
    /// <exception cref="TemplateException">The template is wrong, or could not be rendered.</exception>
    public static Markup RenderTemplate(string template, params ReadOnlySpan<(string Name, object? Value)> values) => Page([template], [.. values]);

    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static Markup RenderTemplate(string template, IEnumerable<KeyValuePair<string, object?>> values) => Page([template], Listed(values));

    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    /// <param name="template">Its name below the templates folder, with slashes.</param>
    /// <param name="values">An object whose properties are the values: <c>new { name }</c>.</param>
    [RequiresUnreferencedCode(ReadsProperties), RequiresDynamicCode(ReadsProperties)]
    public static Markup RenderTemplate(string template, object values) => Page([template], [.. TemplateData.Members(values)]);

    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    /// <param name="templates">Names, of which the first that exists is taken.</param>
    /// <param name="values">Names and values.</param>
    public static Markup RenderTemplate(IReadOnlyList<string> templates, params ReadOnlySpan<(string Name, object? Value)> values) => Page(templates, [.. values]);

    /// <summary>As <c>RenderTemplate</c>, for engines that wait while they render.</summary>
    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static ValueTask<Markup> RenderTemplateAsync(string template, params ReadOnlySpan<(string Name, object? Value)> values) => PageAsync([template], [.. values]);

    /// <inheritdoc cref="RenderTemplateAsync(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static ValueTask<Markup> RenderTemplateAsync(string template, IEnumerable<KeyValuePair<string, object?>> values) => PageAsync([template], Listed(values));

    /// <inheritdoc cref="RenderTemplateAsync(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    [RequiresUnreferencedCode(ReadsProperties), RequiresDynamicCode(ReadsProperties)]
    public static ValueTask<Markup> RenderTemplateAsync(string template, object values) => PageAsync([template], [.. TemplateData.Members(values)]);

    /// <summary>A page from a template's text, of the application's first engine. Compiled once and kept, as long as there are not too many of them.</summary>
    /// <param name="text">Trusted: never made of what a client sent.</param>
    /// <param name="values">Names and values. Everything that is not <see cref="Markup"/> is escaped.</param>
    /// <exception cref="TemplateException">The template is wrong, or could not be rendered.</exception>
    public static Markup RenderTemplateString(string text, params ReadOnlySpan<(string Name, object? Value)> values) => new(TemplateRenderer.RenderString(Current.Context, text, null, [.. values]));

    /// <inheritdoc cref="RenderTemplateString(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static Markup RenderTemplateString(string text, IEnumerable<KeyValuePair<string, object?>> values) => new(TemplateRenderer.RenderString(Current.Context, text, null, Listed(values)));

    /// <inheritdoc cref="RenderTemplateString(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    [RequiresUnreferencedCode(ReadsProperties), RequiresDynamicCode(ReadsProperties)]
    public static Markup RenderTemplateString(string text, object values) => new(TemplateRenderer.RenderString(Current.Context, text, null, [.. TemplateData.Members(values)]));

    /// <summary>Plain text from a template such as <c>mail.txt</c>, where nothing is escaped.</summary>
    /// <exception cref="ModularException">The template is HTML.</exception>
    public static string RenderText(string template, params ReadOnlySpan<(string Name, object? Value)> values) => TemplateRenderer.Render(Current.Context, [template], [.. values], plain: true);

    /// <inheritdoc cref="RenderText(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    [RequiresUnreferencedCode(ReadsProperties), RequiresDynamicCode(ReadsProperties)]
    public static string RenderText(string template, object values) => TemplateRenderer.Render(Current.Context, [template], [.. TemplateData.Members(values)], plain: true);

    /// <summary>A page that is sent while it is rendered: <c>return StreamTemplate("report.html", ("rows", rows));</c>. What goes wrong after its start breaks it off.</summary>
    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static IAsyncEnumerable<string> StreamTemplate(string template, params ReadOnlySpan<(string Name, object? Value)> values) => TemplateRenderer.Stream(Current.Context, [template], [.. values]);

    /// <inheritdoc cref="StreamTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    [RequiresUnreferencedCode(ReadsProperties), RequiresDynamicCode(ReadsProperties)]
    public static IAsyncEnumerable<string> StreamTemplate(string template, object values) => TemplateRenderer.Stream(Current.Context, [template], [.. TemplateData.Members(values)]);

    static TemplateRenderer TemplateRenderer => AppTemplates.RendererOf(Current.Context);

    static Markup Page(IReadOnlyList<string> templates, List<(string, object?)> values) => new(TemplateRenderer.Render(Current.Context, templates, values, plain: false));

    static async ValueTask<Markup> PageAsync(IReadOnlyList<string> templates, List<(string, object?)> values) =>
        new(await TemplateRenderer.RenderAsync(Current.Context, templates, values, plain: false));

    static List<(string, object?)> Listed(IEnumerable<KeyValuePair<string, object?>> values) => [.. (values ?? throw TemplateData.NoValues()).Select(pair => (pair.Key, pair.Value))];
}
