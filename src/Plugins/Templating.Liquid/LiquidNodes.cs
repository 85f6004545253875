using DotLiquid;
using DotLiquid.Exceptions;

namespace Modular.Templating.Liquid;

/// <summary>A node with a position. Its errors contain the line and column.</summary>
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

    // DotLiquid unwraps its own exceptions and would lose the position.
    TemplateException At(Exception error)
    {
        var (line, column) = source.Locate(position);
        return new(error.Message, source, line, column, error as LiquidException is null ? error : null);
    }
}

/// <summary>A value that is written: <c>{{ user.name | upcase }}</c>. All values are written, and so escaped, here.</summary>
sealed class LiquidOutput(LiquidExpression expression, TemplateSource source, int position) : LiquidNode(source, position)
{
    protected override void RenderHere(LiquidContext context, TextWriter result) =>
        LiquidWriting.Write(context, result, expression.Evaluate(context));
}

/// <summary>A tag with its position.</summary>
sealed class LiquidTag(Tag tag, TemplateSource source, int position) : LiquidNode(source, position)
{
    internal Tag Tag => tag;

    protected override void RenderHere(LiquidContext context, TextWriter result) => tag.Render(context, result);
}
