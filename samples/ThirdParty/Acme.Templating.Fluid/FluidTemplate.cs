using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Modular;
using Modular.Templating;

namespace Acme.Templating.Fluid;

/// <summary>A compiled template: a page, or one that Fluid includes.</summary>
sealed class FluidTemplate(FluidEngine engine, TemplateSource source, IReadOnlyList<Statement> statements) : ITemplate, IFluidTemplate
{
    readonly ExtendsStatement? _extends = statements.OfType<ExtendsStatement>().FirstOrDefault();

    public ValueTask RenderAsync(TemplateRender render) =>
        WriteAsync(render.Output, FluidEngine.EncoderOf(render), new PageContext(render, engine));

    /// <summary>Called by Fluid for an included template, whose blocks are its own.</summary>
    public async ValueTask RenderAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var page = (PageContext)context;
        var blocks = page.Blocks;
        page.Blocks = [];
        try
        {
            await WriteAsync(writer, encoder, page);
        }
        finally
        {
            page.Blocks = blocks;
        }
    }

    async ValueTask WriteAsync(TextWriter writer, TextEncoder encoder, PageContext page)
    {
        page.Render.Enter(source.Name);
        try
        {
            if (_extends is null) await statements.RenderStatementsAsync(writer, encoder, page);
            else await FillAsync(_extends, writer, encoder, page);
        }
        catch (Exception error) when (Errors.IsForeign(error))
        {
            throw new TemplateException(error.Message, source, inner: error);
        }
        finally
        {
            page.Render.Leave();
        }
    }

    // The blocks of the innermost template win. Other statements, such as assign, run, and what they write is dropped.
    async ValueTask FillAsync(ExtendsStatement extends, TextWriter writer, TextEncoder encoder, PageContext page)
    {
        foreach (var statement in statements)
            if (statement is BlockStatement block) page.Blocks.TryAdd(block.Name, block);
            else if (statement != extends) await statement.WriteToAsync(TextWriter.Null, encoder, page);
        var layout = await extends.Layout.EvaluateAsync(page);
        await engine.Included(layout.ToStringValue()).WriteAsync(writer, encoder, page);
    }
}

/// <summary>What Fluid needs for one page, and the page itself.</summary>
sealed class PageContext(TemplateRender render, FluidEngine engine) : TemplateContext(new PageNames(render), engine.Options)
{
    internal TemplateRender Render => render;

    internal Dictionary<string, BlockStatement> Blocks { get; set; } = [];
}

static class Errors
{
    /// <summary>False for what a template can't be blamed for, and for an error that has its place.</summary>
    internal static bool IsForeign(Exception error) => error is not (TemplateException or HttpException or OperationCanceledException);
}
