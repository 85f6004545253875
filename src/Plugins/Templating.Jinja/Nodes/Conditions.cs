namespace Modular.Templating.Jinja;

/// <summary><c>{% if %} … {% elif %} … {% else %} … {% endif %}</c>.</summary>
sealed class IfNode((Expression Condition, BodyNode Body)[] branches, BodyNode? otherwise) : Statement
{
    internal override void Resolve(Scope scope)
    {
        scope.Conditions++;
        branches[0].Condition.Resolve(scope);
        scope.Branches(
        [
            .. branches.Select((branch, index) => (Action)(() =>
            {
                if (index > 0) branch.Condition.Resolve(scope);
                branch.Body.Resolve(scope);
            })),
            () => otherwise?.Resolve(scope),
        ]);
        scope.Conditions--;
    }

    internal override Flow Render(Frame frame)
    {
        foreach (var (condition, body) in branches)
        {
            frame.State.Position = Position;
            if (Py.Truth(condition.Evaluate(frame))) return body.Render(frame);
        }
        return otherwise?.Render(frame) ?? Flow.Next;
    }
}

/// <summary><c>{% with a=1, b=2 %} … {% endwith %}</c>.</summary>
sealed class WithNode((Target Target, Expression Value)[] variables, BodyNode body) : Statement
{
    Scope _scope = null!;

    internal override void Resolve(Scope scope)
    {
        foreach (var (_, value) in variables) value.Resolve(scope);
        scope.Defer(() =>
        {
            _scope = scope.Inner();
            foreach (var (target, _) in variables) target.Resolve(_scope, isGiven: true);
            body.Resolve(_scope);
            _scope.Close();
        });
    }

    internal override Flow Render(Frame frame)
    {
        Py.CheckStack();
        frame.State.Position = Position;
        var values = new object?[variables.Length];
        for (var i = 0; i < values.Length; i++) values[i] = variables[i].Value.Evaluate(frame);
        _scope.Enter(frame);
        for (var i = 0; i < values.Length; i++) variables[i].Target.Assign(frame, values[i]);
        return body.Render(frame);
    }
}

/// <summary><c>{% autoescape true %} … {% endautoescape %}</c>.</summary>
sealed class AutoescapeNode(Expression isOn, BodyNode body) : Statement
{
    Scope _scope = null!;

    internal override void Resolve(Scope scope)
    {
        isOn.Resolve(scope);
        scope.Defer(() =>
        {
            _scope = scope.Inner();
            body.Resolve(_scope);
            _scope.Close();
        });
    }

    internal override Flow Render(Frame frame)
    {
        var outer = frame.State.Autoescape;
        frame.State.Autoescape = Py.Truth(isOn.Evaluate(frame));
        _scope.Enter(frame);
        var flow = body.Render(frame);
        frame.State.Autoescape = outer;
        return flow;
    }
}
