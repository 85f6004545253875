using DotLiquid;

namespace Modular.Templating.Liquid;

/// <summary>
/// Liquid for one application. It looks up tags and filters itself and not in DotLiquid's registers, which the whole process shares.
/// Nothing is
/// registered there, so applications and other code that uses DotLiquid don't affect each other.
/// </summary>
sealed class LiquidEngine : ITemplateEngine
{
    internal LiquidEngine(TemplateLibrary library, LiquidOptions options)
    {
        Library = library;
        Filters = LiquidFilters.Of(library, options.Filters);
    }

    internal TemplateLibrary Library { get; }
    internal IReadOnlyDictionary<string, LiquidFilter> Filters { get; }

    public ITemplate Compile(TemplateSource source)
    {
        var document = new LiquidDocument();
        document.Initialize("", "", new LiquidTokens(this, source));
        return new LiquidTemplate(this, source, document);
    }
}

/// <summary>A parsed template. Rendering doesn't change it.</summary>
sealed class LiquidTemplate(LiquidEngine engine, TemplateSource source, LiquidDocument document) : ITemplate
{
    internal TemplateSource Source => source;

    public ValueTask RenderAsync(TemplateRender render)
    {
        Render(new LiquidContext(engine, render), render.Output);
        return default;
    }

    /// <summary>Renders it inside another template, with the same variables.</summary>
    internal void Render(LiquidContext context, TextWriter output)
    {
        context.Page.Enter(source.Name);
        document.Render(context, output);
        context.Page.Leave();
    }
}

/// <summary>The root of a template.</summary>
sealed class LiquidDocument : Document, ILiquidBlock
{
    public List<object> Nodes => NodeList;
    public string? End => null;

    public override void UnknownTag(string tag, string markup, List<string> tokens) => throw ((LiquidTokens)tokens).Misplaced(tag);

    protected override void Parse(List<string> tokens)
    {
        NodeList = [];
        ((LiquidTokens)tokens).ParseInto(this);
    }
}
