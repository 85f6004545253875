using DotLiquid;
using DotLiquid.Exceptions;

namespace Modular.Templating.Liquid;

/// <summary>A place in a template: what goes wrong there is told with line and column.</summary>
abstract class LiquidNode(TemplateSource source, int position) : Tag
{
    internal TemplateSource Source => source;

    public sealed override void Render(Context context, TextWriter result)
    {
        try
        {
            RenderHere((LiquidContext)context, result);
        }
        catch (Exception error) when (error is not (InterruptException or TemplateException or HttpException or OperationCanceledException))
        {
            throw At(error);
        }
    }

    protected abstract void RenderHere(LiquidContext context, TextWriter result);

    // DotLiquid looks for its own exceptions inside of others, and would lose the place.
    TemplateException At(Exception error)
    {
        var (line, column) = source.Locate(position);
        return new(error.Message, source, line, column, error as LiquidException is null ? error : null);
    }
}

/// <summary>A value that is written: <c>{{ user.name | upcase }}</c>. The one place where Liquid's values meet the page, and so where they are escaped.</summary>
sealed class LiquidOutput(LiquidExpression expression, TemplateSource source, int position) : LiquidNode(source, position)
{
    protected override void RenderHere(LiquidContext context, TextWriter result) => LiquidWriting.Write(context, result, expression.Evaluate(context));
}

/// <summary>A tag at its place.</summary>
sealed class LiquidTag(Tag tag, TemplateSource source, int position) : LiquidNode(source, position)
{
    internal Tag Tag => tag;

    protected override void RenderHere(LiquidContext context, TextWriter result) => tag.Render(context, result);
}
