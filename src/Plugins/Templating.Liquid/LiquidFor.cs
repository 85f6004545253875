using DotLiquid.Exceptions;

namespace Modular.Templating.Liquid;

/// <summary><c>{% for item in items reversed limit: 3 offset: 2 %}…{% else %}…{% endfor %}</c></summary>
sealed class LiquidFor : LiquidBranchTag
{
    const string Register = "for";
    string _name = "", _loop = "";
    LiquidExpression _items = null!;
    Dictionary<string, LiquidExpression> _options = [];
    bool _isReversed, _continues;
    List<object> _body = [];

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
        const string Remedy = "Write {% for item in items %}.";
        var cursor = new LiquidCursor(markup, tokens);
        _name = cursor.Word() ?? throw tokens.Error($"\"for\" has no variable. {Remedy}");
        if (cursor.Take(',')) throw tokens.Error(
            "\"for\" has two variables, and a loop in Liquid has only one. " +
            $"Write {{% for pair in {(cursor.Word() is not null && cursor.TakeWord("in") ? cursor.Rest() : "items")} %}}, and pair[0] " +
            "and pair[1] inside it.");
        if (!cursor.TakeWord("in")) throw tokens.Error($"\"for\" has no \"in\" after \"{_name}\". {Remedy}");
        var start = cursor.Position;
        _items = cursor.Operand(without: "for");
        _loop = $"{_name}-{markup[start..cursor.Position].Trim()}";
        _isReversed = cursor.TakeWord("reversed");
        _options = cursor.Options("for", "limit", "offset");
        _isReversed |= cursor.TakeWord("reversed");
        cursor.End();
        _continues = _options.GetValueOrDefault("offset") is LiquidPath { Name: "continue", Members.Count: 0 };
        if (_continues && !tokens.Loops.Contains(_loop)) throw tokens.Error(
            $"\"offset: continue\" continues an earlier loop, and there is no loop over \"{_loop[(_name.Length + 1)..]}\" with the " +
            $"variable \"{_name}\" before it. Write that loop first, or use another offset.");
        tokens.Loops.Add(_loop);
        _body = NodeList;
    }

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        var ends = context.Registers[Register] as Dictionary<string, long> ?? [];
        context.Registers[Register] = ends;
        var offset = _continues ? ends.GetValueOrDefault(_loop) : Option(context, "offset") ?? 0;
        var items = LiquidSegment.Of(context, _items.Evaluate(context), offset, Option(context, "limit"));
        ends[_loop] = offset + items.Count;
        if (items.Count > 0) context.InScope(() => Turns(context, result, items));
        else if (Else is not null) RenderAll(Else, context, result);
    }

    void Turns(LiquidContext context, TextWriter result, LiquidSegment items)
    {
        var loop = new Loop(_loop, items.Count, context.Find("forloop"));
        context.Scopes[0]["forloop"] = loop;
        for (; loop.Index < items.Count; loop.Index++)
        {
            if (!items.IsCounted) context.Page.Step();
            context.Scopes[0][_name] = items[_isReversed ? items.Count - 1 - loop.Index : loop.Index];
            try
            {
                RenderAll(_body, context, result);
            }
            catch (BreakInterrupt)
            {
                break;
            }
            catch (ContinueInterrupt)
            {
                // The next iteration.
            }
        }
    }

    long? Option(LiquidContext context, string name) =>
        _options.TryGetValue(name, out var option) && option.Evaluate(context) is { } value
            ? LiquidArithmetic.Whole(value, $"\"for\" for its \"{name}\"")
            : null;

    /// <summary>The variable <c>forloop</c>. All iterations share it.</summary>
    sealed class Loop(string name, long length, object? parent) : ITemplateObject
    {
        internal long Index { get; set; }

        public bool TryGetMember(string member, out object? value)
        {
            value = member switch
            {
                "index" => Index + 1,
                "index0" => Index,
                "rindex" => length - Index,
                "rindex0" => length - Index - 1,
                "length" => length,
                "first" => Index == 0,
                "last" => Index == length - 1,
                "name" => name,
                "parentloop" => parent as Loop,
                _ => null,
            };
            return value is not null;
        }

        public override string ToString() => "";
    }
}
