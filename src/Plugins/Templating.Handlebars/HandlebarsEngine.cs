using System.Collections.Concurrent;
using System.Globalization;
using HandlebarsDotNet;

namespace Modular.Templating.Handlebars;

/// <summary>Handlebars for one application: a separate Handlebars.Net environment with its own helpers and partials.</summary>
sealed class HandlebarsEngine : ITemplateEngine
{
    readonly Lock _compiling = new();
    readonly IHandlebars _environment;
    readonly ConcurrentDictionary<int, WeakReference<TemplateSource>> _sources = new();
    readonly Predicate<string> _knows;
    int _last;

    internal HandlebarsEngine(TemplateLibrary library, HandlebarsOptions options)
    {
        Library = library;
        var configuration = new HandlebarsConfiguration();
        options.Configure?.Invoke(configuration);
        configuration.NoEscape = false;
        configuration.FormatProvider = CultureInfo.InvariantCulture;
        configuration.TextEncoder = new PageEncoder();
        configuration.FormatterProviders.Add(new ValueFormatters());
        configuration.ObjectDescriptorProviders.Add(new DataDescriptors());
        configuration.PartialTemplateResolver = new Partials(this);
        configuration.PartialRecursionDepthLimit = (short)Math.Min(short.MaxValue, library.Limits.MaxDepth * 2);
        Helpers.Add(configuration, this);
        var (helpers, blocks, hasResolvers) = (configuration.Helpers, configuration.BlockHelpers, configuration.HelperResolvers.Count > 0);
        _knows = name => hasResolvers || Helpers.IsWord(name) || helpers.ContainsKey(name) || blocks.ContainsKey(name);
        _environment = HandlebarsDotNet.Handlebars.Create(configuration).CreateSharedEnvironment();
    }

    internal TemplateLibrary Library { get; }

    // One at a time, because Handlebars.Net registers helpers while it compiles.
    public ITemplate Compile(TemplateSource source)
    {
        var number = Interlocked.Increment(ref _last);
        var scanned = HandlebarsScanner.Scan(source, number, this);
        _sources[number] = new(source);
        try
        {
            lock (_compiling)
            {
                using var reader = new StringReader(scanned.Text);
                var compiled = _environment.Compile(reader);
                return scanned.Unknown is null ? new HandlebarsPage(this, source, compiled) : throw scanned.Unknown;
            }
        }
        catch (Exception error) when (error is not TemplateException)
        {
            throw scanned.Error(error);       // including its unexpected exceptions
        }
    }

    /// <summary>True when a template can call the helper.</summary>
    internal bool Knows(string helper) => _knows(helper);

    /// <summary>The source for a number in a compiled template.</summary>
    internal TemplateSource? SourceOf(int number) =>
        _sources.TryGetValue(number, out var reference) && reference.TryGetTarget(out var source) ? source : null;

    /// <summary>The template of a partial. The extension is optional.</summary>
    internal string? Find(string partial)
    {
        foreach (var ending in (string[])["", ".hbs", ".handlebars", ".html"])
            if (Library.Exists(partial + ending)) return partial + ending;
        return null;
    }
}

/// <summary>A compiled template.</summary>
sealed class HandlebarsPage(HandlebarsEngine engine, TemplateSource source, HandlebarsTemplate<TextWriter, object, object> compiled)
    : ITemplate
{
    internal HandlebarsEngine Engine => engine;

    public ValueTask RenderAsync(TemplateRender render)
    {
        var outer = PageState.Current;
        PageState.Current = new(render, engine);
        try
        {
            Render(render.Output, render.Values);
        }
        finally
        {
            PageState.Current = outer;
        }
        return default;
    }

    /// <summary>Renders the template as a page or as part of one.</summary>
    internal void Render(TextWriter writer, object? context, object? data = null)
    {
        var page = PageState.Of(source);
        var place = page.Place;
        page.Render.Enter(source.Name);
        page.Place = (source, -1);
        try
        {
            compiled(writer, context, data);
        }
        catch (Exception error) when (Failure.IsToTell(error))
        {
            throw Failure.At(page, source, error);
        }
        page.Place = place;
        page.Render.Leave();
    }
}

/// <summary>
/// The page that this thread renders. Handlebars.Net can't carry it, but renders synchronously, so the thread belongs to one page until
/// its end.
/// </summary>
sealed class PageState(TemplateRender render, HandlebarsEngine engine)
{
    [ThreadStatic] static PageState? _current;

    internal static PageState? Current
    {
        get => _current;
        set => _current = value;
    }

    internal TemplateRender Render => render;
    internal HandlebarsEngine Engine => engine;

    /// <summary>The last tag that was reached.</summary>
    internal (TemplateSource Source, int Position) Place { get; set; }

    internal static PageState Of(TemplateSource source) => _current ?? throw new TemplateException(
        "A compiled template was called outside a page. Render it with RenderTemplate(…).", source.Name);
}
