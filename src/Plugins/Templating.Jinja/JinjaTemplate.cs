namespace Modular.Templating.Jinja;

/// <summary>A compiled template. Rendering doesn't change it.</summary>
sealed class JinjaTemplate(JinjaEngine engine, TemplateSource source, string text) : ITemplate
{
    BodyNode _body = null!;
    Scope _scope = null!;

    internal TemplateSource Source => source;

    internal Dictionary<string, BlockNode> Blocks { get; } = [];

    /// <summary>The slot of <c>self</c>. -1 when the template doesn't use it.</summary>
    internal void Fill(BodyNode body, Scope scope) => (_body, _scope) = (body, scope);

    public ValueTask RenderAsync(TemplateRender render)
    {
        if (!render.IsAsync)
        {
            Render(render);
            return default;
        }
        return Awaited(render);
    }

    async ValueTask Awaited(TemplateRender render)
    {
        await Awaiting.ValuesAsync(render);
        Render(render);
    }

    void Render(TemplateRender render)
    {
        var state = new RenderState(engine, render);
        try
        {
            Render(state, new JinjaContext(null, null));
        }
        catch (Exception error) when (state.Placed(error) is var placed && !ReferenceEquals(placed, error))
        {
            throw state.Placed(error);
        }
    }

    /// <summary>Renders the template and those that it extends.</summary>
    internal void Render(RenderState state, JinjaContext context)
    {
        context.AddBlocks(this);
        Run(state, context);
    }

    void Run(RenderState state, JinjaContext context)
    {
        state.Render.Enter(source.Name);
        Py.CheckStack();
        var (outer, position, escapes) = (state.Template, state.Position, state.Autoescape);
        (state.Template, state.Autoescape) = (this, state.DefaultAutoescape);
        var frame = new Frame(state, context, _scope.Unit.Slots, null);
        _scope.Enter(frame);
        if (_scope.SelfSlot >= 0) frame.Slots[_scope.SelfSlot] = new BlockNames(context, this);
        _body.Render(frame);
        if (context.Layout is { } layout)
        {
            context.Layout = null;
            context.AddBlocks(layout);
            layout.Run(state, context);
        }
        (state.Template, state.Position, state.Autoescape) = (outer, position, escapes);
        state.Render.Leave();
    }

    /// <summary>Line and column of a position.</summary>
    internal (int Line, int Column) Locate(int position) => new TemplateSource(source.Name, text).Locate(position);

    internal JinjaSyntaxException Error(string problem, int position)
    {
        var (line, column) = Locate(position);
        return new(problem, source, line, column);
    }
}
