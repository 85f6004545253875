using System.Collections;
using DotLiquid;

namespace Modular.Templating.Liquid;

/// <summary>
/// <c>{% include 'row.html' %}</c>; <c>with item</c> or <c>for items</c> sets a variable with the template's name (<c>row</c>), <c>size:
/// 3, title: 'x'</c> sets others.
/// </summary>
sealed class LiquidInclude : Tag
{
    LiquidExpression _template = null!;
    LiquidExpression? _value;
    bool _isForEach;
    LiquidArguments _arguments = null!;

    protected override void Parse(List<string> tokens)
    {
        var cursor = new LiquidCursor(Markup, (LiquidTokens)tokens);
        _template = cursor.Operand();
        if (cursor.TakeWord("with")) _value = cursor.Operand();
        else if (cursor.TakeWord("for")) (_value, _isForEach) = (cursor.Operand(), true);
        _arguments = cursor.NamedArguments();
        cursor.End();
    }

    public override void Render(Context context, TextWriter result)
    {
        var liquid = (LiquidContext)context;
        var template = LiquidIncludes.Template(liquid, _template, "include");
        var value = _value?.Evaluate(liquid);
        var name = Path.GetFileNameWithoutExtension(template.Source.Name);
        var outer = liquid.Blocks;
        liquid.Blocks = [];                 // the included template can have its own layout
        liquid.InScope(() =>
        {
            foreach (var (argument, given) in _arguments.Evaluate(liquid).Named) liquid.Scopes[0][argument] = given;
            if (_value is not null) liquid.Scopes[0][name] = value;
            if (!_isForEach || value is not IEnumerable items || value is string) template.Render(liquid, result);
            else
                foreach (var item in items is LiquidNumbers ? items : liquid.Page.Counted(items))
                {
                    liquid.Scopes[0][name] = item;
                    template.Render(liquid, result);
                }
        });
        liquid.Blocks = outer;
    }
}

static class LiquidIncludes
{
    /// <summary>The template whose name an expression gives.</summary>
    internal static LiquidTemplate Template(LiquidContext context, LiquidExpression name, string tag) => name.Evaluate(context) switch
    {
        Modular.Markup or string => (LiquidTemplate)context.Engine.Library.Get(name.Evaluate(context)!.ToString()!),
        var other => throw new ModularException(
            $"\"{tag}\" needs the name of a template but got {(other is null ? "nothing" : other.GetType().Name)}. " +
            "Write the name in quotes, or a variable with the name."),
    };
}
