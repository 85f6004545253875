using System.Globalization;
using DotLiquid;

namespace Modular.Templating.Liquid;

// Replacements for DotLiquid's tags that don't escape values, capture HTML as text, or don't accept functions.

/// <summary><c>{% assign total = price | times: 2 %}</c></summary>
sealed class LiquidAssign : Tag
{
    string _name = "";
    LiquidExpression _value = null!;

    protected override void Parse(List<string> tokens)
    {
        var liquid = (LiquidTokens)tokens;
        var cursor = new LiquidCursor(Markup, liquid);
        _name = cursor.Word() ?? throw liquid.Error("\"assign\" has no variable. Write {% assign name = value %}.");
        if (!cursor.Take('=')) throw liquid.Error("\"assign\" has no \"=\". Write {% assign name = value %}.");
        _value = cursor.Expression();
        cursor.End();
    }

    public override void Render(Context context, TextWriter result) =>
        context.Scopes[^1][_name] = _value.Evaluate((LiquidContext)context);
}

/// <summary><c>{% capture card %}…{% endcapture %}</c>: the result is markup, so it isn't escaped twice.</summary>
sealed class LiquidCapture : LiquidBlockTag
{
    string _name = "";

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
        var cursor = new LiquidCursor(markup.Trim('"', '\''), tokens);
        _name = cursor.Word() ?? throw tokens.Error("\"capture\" has no variable. Write {% capture name %}.");
        cursor.End();
    }

    protected override void RenderHere(LiquidContext context, TextWriter result) => context.Scopes[^1][_name] = Captured(context);
}

/// <summary><c>{% ifchanged %}…{% endifchanged %}</c></summary>
sealed class LiquidIfChanged : LiquidBlockTag
{
    const string Register = "ifchanged";

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
    }

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        var text = Captured(context).ToString();
        if (text == context.Registers[Register] as string) return;
        context.Registers[Register] = text;
        result.Write(text);
    }
}

/// <summary><c>{% cycle 'odd', 'even' %}</c>, or with a name: <c>{% cycle 'rows': 'odd', 'even' %}</c></summary>
sealed class LiquidCycle : Tag
{
    readonly List<LiquidExpression> _values = [];
    LiquidExpression? _group;

    protected override void Parse(List<string> tokens)
    {
        var liquid = (LiquidTokens)tokens;
        var cursor = new LiquidCursor(Markup, liquid);
        var first = cursor.Operand();
        if (cursor.Take(':')) _group = first;
        else _values.Add(first);
        while (_values.Count == 0 || cursor.Take(',')) _values.Add(cursor.Operand());
        cursor.End();
    }

    public override void Render(Context context, TextWriter result)
    {
        var liquid = (LiquidContext)context;
        var group = _group is null ? Markup : $"{TemplateData.Text(_group.Evaluate(liquid))}:";
        var turns = context.Registers["cycle"] as Dictionary<string, int> ?? [];
        context.Registers["cycle"] = turns;
        var turn = turns.GetValueOrDefault(group);
        turns[group] = turn + 1;
        LiquidWriting.Write(liquid, result, _values[turn % _values.Count].Evaluate(liquid));
    }
}

/// <summary><c>&lt;table&gt;{% tablerow item in items cols: 3 %}…{% endtablerow %}&lt;/table&gt;</c></summary>
sealed class LiquidTableRow : LiquidBlockTag
{
    string _name = "";
    LiquidExpression _items = null!;
    Dictionary<string, LiquidExpression> _options = [];

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
        var cursor = new LiquidCursor(markup, tokens);
        _name = cursor.Word() ?? throw tokens.Error("\"tablerow\" has no variable. Write {% tablerow item in items cols: 3 %}.");
        if (cursor.Word() != "in") throw tokens.Error("\"tablerow\" has no \"in\". Write {% tablerow item in items cols: 3 %}.");
        _items = cursor.Operand(without: "tablerow");
        _options = cursor.Options("tablerow", "cols", "limit", "offset");
        cursor.End();
    }

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        var items = LiquidSegment.Of(context, _items.Evaluate(context), Option(context, "offset") ?? 0, Option(context, "limit"));
        var columns = Math.Max(1, Option(context, "cols") ?? items.Count);
        result.Write("<tr class=\"row1\">\n");
        context.InScope(() =>
        {
            for (var i = 0L; i < items.Count; i++) Cell(context, result, items, i, columns);
        });
        result.Write("</tr>\n");
    }

    long? Option(LiquidContext context, string name) =>
        _options.TryGetValue(name, out var option) && option.Evaluate(context) is { } value
            ? LiquidArithmetic.Whole(value, $"\"tablerow\" for its \"{name}\"")
            : null;

    void Cell(LiquidContext context, TextWriter result, LiquidSegment items, long index, long columns)
    {
        if (!items.IsCounted) context.Page.Step();
        var (row, column) = (index / columns + 1, index % columns);
        if (column == 0 && row > 1) result.Write(string.Create(CultureInfo.InvariantCulture, $"</tr>\n<tr class=\"row{row}\">"));
        context.Scopes[0][_name] = items[index];
        context.Scopes[0]["tablerowloop"] = new Dictionary<string, object?>
        {
            ["length"] = items.Count, ["index"] = index + 1, ["index0"] = index,
            ["rindex"] = items.Count - index, ["rindex0"] = items.Count - index - 1,
            ["first"] = index == 0, ["last"] = index == items.Count - 1, ["row"] = row, ["col"] = column + 1, ["col0"] = column,
            ["col_first"] = column == 0, ["col_last"] = column == columns - 1,
        };
        result.Write(string.Create(CultureInfo.InvariantCulture, $"<td class=\"col{column + 1}\">"));
        RenderAll(NodeList, context, result);
        result.Write("</td>");
    }
}

/// <summary>Writes values from tags.</summary>
static class LiquidWriting
{
    /// <summary>Writes an escaped value to the writer of a tag.</summary>
    internal static void Write(LiquidContext context, TextWriter result, object? value)
    {
        if (result is TemplateWriter page)
        {
            page.WriteValue(value);
            return;
        }
        using var nested = context.Page.Nest();
        nested.WriteValue(value);
        result.Write(nested.ToString());
    }
}
