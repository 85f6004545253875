namespace Modular.Templating;

/// <summary>The functions that render templates. A global <c>using static</c> makes them available by name.</summary>
/// <remarks>In a program compiled ahead of time, generated code reads the properties of the objects that the calls name.</remarks>
public static class TemplatingFunctions
{
    /// <summary>Renders a page from a template: <c>RenderTemplate("hello.html", ("name", name))</c>.</summary>
    /// <param name="template">The template's path in the template folder, with slashes.</param>
    /// <param name="values">Names and values. Everything except <see cref="Markup"/> is escaped.</param>
    /// <exception cref="TemplateNotFoundException">The template doesn't exist.</exception>
    /// <exception cref="TemplateException">The template has a mistake, or rendering failed.</exception>
    public static Markup RenderTemplate(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Page([template], [.. values]);

    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static Markup RenderTemplate(string template, IEnumerable<KeyValuePair<string, object?>> values) =>
        Page([template], Listed(values));

    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    /// <param name="template">The template's path in the template folder, with slashes.</param>
    /// <param name="values">An object whose properties are the values: <c>new { name }</c>.</param>
    public static Markup RenderTemplate(string template, object values) => Page([template], [.. TemplateData.Members(values)]);

    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    /// <param name="templates">Template names. The first that exists is rendered.</param>
    /// <param name="values">Names and values.</param>
    public static Markup RenderTemplate(IReadOnlyList<string> templates, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Page(templates, [.. values]);

    /// <summary>The same as <c>RenderTemplate</c>, for engines that render asynchronously.</summary>
    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static ValueTask<Markup> RenderTemplateAsync(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        PageAsync([template], [.. values]);

    /// <inheritdoc cref="RenderTemplateAsync(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static ValueTask<Markup> RenderTemplateAsync(string template, IEnumerable<KeyValuePair<string, object?>> values) =>
        PageAsync([template], Listed(values));

    /// <inheritdoc cref="RenderTemplateAsync(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static ValueTask<Markup> RenderTemplateAsync(string template, object values) =>
        PageAsync([template], [.. TemplateData.Members(values)]);

    /// <summary>
    /// Renders a page from a template's text with the application's first engine. A few hundred compiled texts are cached.
    /// </summary>
    /// <param name="text">Trusted text. Never build it from client input.</param>
    /// <param name="values">Names and values. Everything except <see cref="Markup"/> is escaped.</param>
    /// <exception cref="TemplateException">The template has a mistake, or rendering failed.</exception>
    public static Markup RenderTemplateString(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        new(TemplateRenderer.RenderString(Current.Context, text, null, [.. values]));

    /// <inheritdoc cref="RenderTemplateString(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static Markup RenderTemplateString(string text, IEnumerable<KeyValuePair<string, object?>> values) =>
        new(TemplateRenderer.RenderString(Current.Context, text, null, Listed(values)));

    /// <inheritdoc cref="RenderTemplateString(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static Markup RenderTemplateString(string text, object values) =>
        new(TemplateRenderer.RenderString(Current.Context, text, null, [.. TemplateData.Members(values)]));

    /// <summary>Renders plain text from a template such as <c>mail.txt</c>, where nothing is escaped.</summary>
    /// <exception cref="ModularException">The template is HTML.</exception>
    public static string RenderText(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        TemplateRenderer.Render(Current.Context, [template], [.. values], plain: true);

    /// <inheritdoc cref="RenderText(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static string RenderText(string template, object values) =>
        TemplateRenderer.Render(Current.Context, [template], [.. TemplateData.Members(values)], plain: true);

    /// <summary>
    /// Sends a page while it is rendered: <c>return StreamTemplate("report.html", ("rows", rows));</c>. An error after the start
    /// interrupts the response.
    /// </summary>
    /// <inheritdoc cref="RenderTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static IAsyncEnumerable<string> StreamTemplate(string template, params ReadOnlySpan<(string Name, object? Value)> values) =>
        TemplateRenderer.Stream(Current.Context, [template], [.. values]);

    /// <inheritdoc cref="StreamTemplate(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public static IAsyncEnumerable<string> StreamTemplate(string template, object values) =>
        TemplateRenderer.Stream(Current.Context, [template], [.. TemplateData.Members(values)]);

    static TemplateRenderer TemplateRenderer => AppTemplates.RendererOf(Current.Context);

    static Markup Page(IReadOnlyList<string> templates, List<(string, object?)> values) =>
        new(TemplateRenderer.Render(Current.Context, templates, values, plain: false));

    static async ValueTask<Markup> PageAsync(IReadOnlyList<string> templates, List<(string, object?)> values) =>
        new(await TemplateRenderer.RenderAsync(Current.Context, templates, values, plain: false));

    static List<(string, object?)> Listed(IEnumerable<KeyValuePair<string, object?>> values) =>
        [.. (values ?? throw TemplateData.NoValues()).Select(pair => (pair.Key, pair.Value))];
}
