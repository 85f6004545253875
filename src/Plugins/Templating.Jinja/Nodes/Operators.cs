using System.Text;

namespace Modular.Templating.Jinja;

sealed class BinaryNode(BinaryOp op, Expression left, Expression right) : Expression
{
    internal override void Resolve(Scope scope)
    {
        left.Resolve(scope);
        right.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame) => Ops.Binary(op, left.Evaluate(frame), right.Evaluate(frame), frame.State);
}

sealed class SignNode(bool isMinus, Expression value) : Expression
{
    internal override void Resolve(Scope scope) => value.Resolve(scope);

    internal override object? Evaluate(Frame frame) => isMinus ? Ops.Negate(value.Evaluate(frame)) : Ops.Plus(value.Evaluate(frame));
}

sealed class NotNode(Expression value) : Expression
{
    internal override void Resolve(Scope scope) => value.Resolve(scope);

    internal override object? Evaluate(Frame frame) => !Py.Truth(value.Evaluate(frame));
}

/// <summary><c>and</c> and <c>or</c>, which give one of their operands.</summary>
sealed class LogicNode(bool isAnd, Expression left, Expression right) : Expression
{
    internal override void Resolve(Scope scope)
    {
        left.Resolve(scope);
        right.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return Py.Truth(value) == isAnd ? right.Evaluate(frame) : value;
    }
}

/// <summary><c>a if condition else b</c>.</summary>
sealed class ConditionalNode(Expression condition, Expression yes, Expression? no) : Expression
{
    internal override void Resolve(Scope scope)
    {
        condition.Resolve(scope);
        scope.Conditions++;
        yes.Resolve(scope);
        no?.Resolve(scope);
        scope.Conditions--;
    }

    internal override object? Evaluate(Frame frame) => Py.Truth(condition.Evaluate(frame)) ? yes.Evaluate(frame)
        : no is not null ? no.Evaluate(frame)
        : Undefined.OfHint(JinjaUndefined.Default, "the inline if-expression " +
            $"on line {frame.State.Template!.Locate(Position).Line} evaluated to false and no else section was defined.");
}

/// <summary><c>a ~ b ~ c</c>.</summary>
sealed class ConcatNode(Expression[] parts) : Expression
{
    internal override void Resolve(Scope scope)
    {
        foreach (var part in parts) part.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        var state = frame.State;
        var values = new object?[parts.Length];
        for (var i = 0; i < parts.Length; i++) values[i] = parts[i].Evaluate(frame);
        var isHtml = state.Autoescape && Array.Exists(values, value => value is Markup or Module);
        var builder = new StringBuilder();
        foreach (var value in values)
        {
            var text = isHtml ? Text.Html(value is Module module ? new Markup(module.Text) : value, state) : Py.Str(value, state);
            state.Made(text.Length);
            builder.Append(text);
        }
        return isHtml ? new Markup(builder.ToString()) : builder.ToString();
    }
}

/// <summary><c>a &lt; b &lt;= c</c>, <c>a in b</c>.</summary>
sealed class CompareNode(Expression first, (string Op, Expression Value)[] rest) : Expression
{
    internal override void Resolve(Scope scope)
    {
        first.Resolve(scope);
        foreach (var (_, value) in rest) value.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (op, value) in rest)
        {
            var right = value.Evaluate(frame);
            if (!Holds(op, left, right, frame.State)) return false;
            left = right;
        }
        return true;
    }

    internal static bool Holds(string op, object? left, object? right, RenderState state) => op switch
    {
        "==" => Py.AreEqual(left, right),
        "!=" => !Py.AreEqual(left, right),
        "<" => Py.Compare(left, right, op) < 0,
        "<=" => Py.Compare(left, right, op) <= 0,
        ">" => Py.Compare(left, right, op) > 0,
        ">=" => Py.Compare(left, right, op) >= 0,
        "in" => Py.Contains(right, left, state),
        _ => !Py.Contains(right, left, state),
    };
}
