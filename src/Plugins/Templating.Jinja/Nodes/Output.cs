namespace Modular.Templating.Jinja;

/// <summary>The template's own text.</summary>
sealed class TextNode(string text) : Statement
{
    internal string Text => text;

    internal override void Resolve(Scope scope)
    {
    }

    internal override Flow Render(Frame frame)
    {
        if (!frame.IsMuted) frame.State.Out.Write(text.AsSpan());
        return Flow.Next;
    }
}

/// <summary><c>{{ value }}</c>.</summary>
sealed class PrintNode(Expression value) : Statement
{
    internal override void Resolve(Scope scope) => value.Resolve(scope);

    internal override Flow Render(Frame frame)
    {
        if (frame.IsMuted) return Flow.Next;
        frame.State.Position = Position;
        Text.Write(value.Evaluate(frame), frame.State);
        return Flow.Next;
    }
}

/// <summary><c>{% print a, b %}</c>: the values in a row.</summary>
sealed class PrintAllNode(PrintNode[] values) : Statement
{
    internal override void Resolve(Scope scope)
    {
        foreach (var value in values) value.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        foreach (var value in values) value.Render(frame);
        return Flow.Next;
    }
}

/// <summary><c>{% do list.append(1) %}</c>.</summary>
sealed class DoNode(Expression value) : Statement
{
    internal override void Resolve(Scope scope) => value.Resolve(scope);

    internal override Flow Render(Frame frame)
    {
        frame.State.Position = Position;
        value.Evaluate(frame);
        return Flow.Next;
    }
}

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
sealed class JumpNode(Flow flow) : Statement
{
    internal override void Resolve(Scope scope)
    {
    }

    internal override Flow Render(Frame frame) => flow;
}

/// <summary><c>{% debug %}</c>: the names, the filters and the tests.</summary>
sealed class DebugNode : Statement
{
    internal override void Resolve(Scope scope)
    {
    }

    internal override Flow Render(Frame frame)
    {
        if (frame.IsMuted) return Flow.Next;
        var engine = frame.State.Engine;
        PyDict context = new(), all = new();
        foreach (var (name, value) in frame.Context.All(frame.State))
            context[name] = value is Delegate or null || !TemplateData.IsRuntime(value) ? value is Delegate ? $"<function {name}>" : value
                : $"<{value.GetType().Name}>";
        all["context"] = context;
        all["filters"] = new PyList(engine.FilterNames.Order(StringComparer.Ordinal));
        all["tests"] = new PyList(engine.TestNames.Distinct().Order(StringComparer.Ordinal));
        Text.Write(PrettyPrint.Of(all, frame.State), frame.State);
        return Flow.Next;
    }
}
