namespace Modular.Templating.Jinja;

/// <summary><c>{% trans user=user.name %}Hello {{ user }}!{% pluralize %} … {% endtrans %}</c>.</summary>
/// <param name="context">The context of the message, or null.</param>
/// <param name="singular">The message, with <c>%(name)s</c> for variables and doubled percent signs.</param>
/// <param name="plural">The message for other numbers, or null.</param>
/// <param name="count">The number that selects the message.</param>
/// <param name="variables">The variables of both messages.</param>
sealed class TransNode(string? context, string singular, string? plural, Expression? count, (string Name, Expression Value)[] variables)
    : Statement
{
    readonly NameNode _function = new((context is null ? "" : "p") is var prefix && plural is null ? $"{prefix}gettext"
        : $"n{prefix}gettext");

    internal override void Resolve(Scope scope)
    {
        _function.Resolve(scope);
        count?.Resolve(scope);
        foreach (var (_, value) in variables) value.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        if (frame.IsMuted) return Flow.Next;
        var state = frame.State;
        state.Position = Position;
        List<object?> arguments = context is null ? [Message(singular)] : [context, Message(singular)];
        if (plural is not null)
        {
            arguments.Add(Message(plural));
            arguments.Add(count!.Evaluate(frame));
        }
        var translated = CallNode.Call(_function.Evaluate(frame), new([.. arguments], []), state);
        var text = state.Autoescape && translated is string plain ? new Markup(plain) : translated;
        if (variables.Length > 0)
        {
            PyDict values = new();
            foreach (var (name, value) in variables) values[name] = value.Evaluate(frame);
            text = PercentFormat.Format(text is Markup or string ? text : Py.Str(text, state), values, state);
        }
        Text.Write(text, state);
        return Flow.Next;
    }

    // Without variables the message isn't a format.
    string Message(string message) => variables.Length > 0 ? message : message.Replace("%%", "%", StringComparison.Ordinal);
}
