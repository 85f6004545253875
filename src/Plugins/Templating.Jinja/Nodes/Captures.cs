namespace Modular.Templating.Jinja;

/// <summary>A body whose text becomes a value, through filters.</summary>
sealed class CaptureNode(BodyNode body, FilterNode[] filters, bool keepsText)
{
    Scope _scope = null!;

    internal void Resolve(Scope scope)
    {
        var conditions = scope.Conditions;
        scope.Conditions = 0;
        foreach (var filter in filters) filter.Resolve(scope);
        scope.Conditions = conditions;
        scope.Defer(() =>
        {
            _scope = scope.Inner();
            body.Resolve(_scope);
            _scope.Close();
        });
    }

    /// <summary>Captures the text. A <c>break</c> inside of it leaves the loop, and then there is no value.</summary>
    internal Flow Run(Frame frame, out object? value)
    {
        var isMuted = frame.IsMuted;
        frame.IsMuted = false;
        var flow = Flow.Next;
        var text = frame.State.Capture(frame, inner =>
        {
            _scope.Enter(inner);
            flow = body.Render(inner);
        });
        frame.IsMuted = isMuted;
        value = flow == Flow.Next ? Filtered(frame, text) : null;
        return flow;
    }

    object? Filtered(Frame frame, string text)
    {
        var state = frame.State;
        var value = state.Result(text);
        foreach (var filter in filters) value = filter.Apply(frame, value)!;
        // The text is the template's own HTML. Only a filter that resolves character references makes plain text of it.
        return state.Autoescape && filters.Length > 0 && (value is string || keepsText)
            && !Array.Exists(filters, filter => filter.Name == "striptags")
            ? new Markup(Py.Str(value, state)) : value;
    }
}

/// <summary><c>{% filter upper %} … {% endfilter %}</c>.</summary>
sealed class FilterBlockNode(CaptureNode capture) : Statement
{
    internal override void Resolve(Scope scope) => capture.Resolve(scope);

    internal override Flow Render(Frame frame)
    {
        if (frame.IsMuted) return Flow.Next;
        var flow = capture.Run(frame, out var value);
        if (flow == Flow.Next) Text.Write(value, frame.State);
        return flow;
    }
}

/// <summary><c>{% set title %} … {% endset %}</c>.</summary>
sealed class SetBlockNode(Target target, CaptureNode capture) : Statement
{
    internal override void Resolve(Scope scope)
    {
        capture.Resolve(scope);
        target.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        var flow = capture.Run(frame, out var value);
        if (flow == Flow.Next) target.Assign(frame, value);
        return flow;
    }
}

/// <summary><c>{% set title = value %}</c>.</summary>
sealed class SetNode(Target target, Expression value) : Statement
{
    internal override void Resolve(Scope scope)
    {
        value.Resolve(scope);
        target.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        frame.State.Position = Position;
        target.Assign(frame, value.Evaluate(frame));
        return Flow.Next;
    }
}
