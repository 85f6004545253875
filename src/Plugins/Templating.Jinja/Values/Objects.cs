namespace Modular.Templating.Jinja;

/// <summary>A macro, or the body of a <c>call</c> block.</summary>
sealed class Macro(MacroNode node, Frame frame) : ICallable, IAttributes
{
    readonly bool _escapes = frame.State.Autoescape;
    readonly JinjaTemplate? _template = frame.State.Template;

    public object? Call(RenderState state, Arguments arguments)
    {
        state.EnterCall();
        var (template, position, escapes) = (state.Template, state.Position, state.Autoescape);
        var inner = new Frame(state, frame.Context, node.Unit.Slots, frame);
        node.Bind(inner, arguments);
        (state.Template, state.Autoescape) = (_template, _escapes);
        node.FillDefaults(inner);
        var text = state.Capture((Node: node, Frame: inner), call => call.Node.Body.Render(call.Frame));
        (state.Template, state.Position, state.Autoescape) = (template, position, escapes);
        state.LeaveCall();
        return state.Result(text);
    }

    public bool TryGet(RenderState state, string name, out object? value)
    {
        value = name switch
        {
            "name" => node.IsAnonymous ? null : node.Name,
            "arguments" => new PyTuple([.. node.Parameters]),
            "catch_kwargs" => node.CatchesNames,
            "catch_varargs" => node.CatchesMore,
            "caller" => node.UsesCaller,
            _ => Marker.Missing,
        };
        return !ReferenceEquals(value, Marker.Missing);
    }

    public override string ToString() => node.IsAnonymous ? "<Macro anonymous>" : $"<Macro {Py.Repr(node.Name)}>";
}

/// <summary>What a template exports: <c>{% import 'forms.html' as forms %}</c>.</summary>
sealed class Module(JinjaTemplate template, string text, IReadOnlyDictionary<string, object?> exports) : IAttributes
{
    internal string Text => text;

    internal string Name => template.Source.Name;

    public bool TryGet(RenderState state, string name, out object? value)
    {
        if (!name.StartsWith('_') && exports.TryGetValue(name, out value)) return true;
        value = null;
        return false;
    }

    public override string ToString() => $"<TemplateModule {Py.Repr(Name)}>";
}

/// <summary><c>self</c>: the blocks of the page.</summary>
sealed class BlockNames(JinjaContext context, JinjaTemplate template) : IAttributes
{
    public bool TryGet(RenderState state, string name, out object? value)
    {
        value = context.Blocks.TryGetValue(name, out var chain) ? new BlockReference(context, name, chain, 0) : null;
        return value is not null;
    }

    public override string ToString() =>
        $"<TemplateReference {(template.Source.Name == "<string>" ? "None" : Py.Repr(template.Source.Name))}>";
}

/// <summary>One level of a block: <c>super</c>, <c>self.title</c>.</summary>
sealed class BlockReference(JinjaContext context, string name, List<BlockNode> chain, int level) : ICallable, IAttributes
{
    public object? Call(RenderState state, Arguments arguments)
    {
        if (arguments.Positional.Length + arguments.Named.Length > 0) throw new JinjaError($"The block \"{name}\" takes no arguments.");
        var text = state.Capture((Block: chain[level], Context: context, State: state), call =>
            call.Block.RenderLevel(call.State, call.Context));
        return state.Result(text);
    }

    public bool TryGet(RenderState state, string member, out object? value)
    {
        value = member == "super" ? Above(state) : null;
        return value is not null;
    }

    public override string ToString() => "<jinja2.runtime.BlockReference object>";

    object Above(RenderState state) => level + 1 < chain.Count ? new BlockReference(context, name, chain, level + 1)
        : Undefined.OfHint(state.Undefined, $"there is no parent block called {Py.Repr(name)}.", "super");

    internal static object Super(RenderState state, JinjaContext context, BlockNode block)
    {
        var chain = context.Blocks.GetValueOrDefault(block.Name) ?? [];
        var level = chain.IndexOf(block);
        return new BlockReference(context, block.Name, chain, level).Above(state);
    }
}

/// <summary><c>cycler('odd', 'even')</c>.</summary>
sealed class Cycler(object?[] items) : IAttributes
{
    int _at;

    public bool TryGet(RenderState state, string name, out object? value)
    {
        value = name switch
        {
            "next" => new Method("next()", (_, _, _) =>
            {
                var item = items[_at];
                _at = (_at + 1) % items.Length;
                return item;
            }),
            "current" => items[_at],
            "pos" => Num.Box((long)_at),
            "items" => new PyTuple(items),
            "reset" => new Method("reset()", (_, _, _) =>
            {
                _at = 0;
                return null;
            }),
            _ => Marker.Missing,
        };
        return !ReferenceEquals(value, Marker.Missing);
    }

    public override string ToString() => "<jinja2.utils.Cycler object>";
}

/// <summary><c>joiner(', ')</c>: empty the first time, then the separator.</summary>
sealed class Joiner(object? separator) : ICallable, IAttributes
{
    bool _isUsed;

    public object? Call(RenderState state, Arguments arguments)
    {
        if (_isUsed) return separator;
        _isUsed = true;
        return "";
    }

    public bool TryGet(RenderState state, string name, out object? value)
    {
        value = name switch
        {
            "sep" => separator,
            "used" => _isUsed,
            _ => Marker.Missing,
        };
        return !ReferenceEquals(value, Marker.Missing);
    }

    public override string ToString() => "<jinja2.utils.Joiner object>";
}

/// <summary><c>namespace(found=false)</c>, whose attributes can be set in inner scopes.</summary>
sealed class Namespace(PyDict values) : IAttributes
{
    internal void Set(string name, object? value) => values[name] = value;

    public bool TryGet(RenderState state, string name, out object? value) => values.TryGet(name, out value);

    public override string ToString() => $"<Namespace {Py.Repr(values)}>";
}
