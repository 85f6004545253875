namespace Modular.Templating.Jinja;

sealed class ConstantNode(object? value) : Expression
{
    internal object? Value => value;

    internal override void Resolve(Scope scope)
    {
    }

    internal override object? Evaluate(Frame frame) => value;
}

sealed class ListNode(Expression[] items) : Expression
{
    internal override void Resolve(Scope scope)
    {
        foreach (var item in items) item.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        PyList list = new() { Capacity = items.Length };
        foreach (var item in items) list.Add(item.Evaluate(frame));
        return list;
    }
}

sealed class TupleNode(Expression[] items) : Expression
{
    internal IReadOnlyList<Expression> Items => items;

    internal override void Resolve(Scope scope)
    {
        foreach (var item in items) item.Resolve(scope);
    }

    internal override object? Evaluate(Frame frame)
    {
        var values = new object?[items.Length];
        for (var i = 0; i < values.Length; i++) values[i] = items[i].Evaluate(frame);
        return new PyTuple(values);
    }
}

sealed class DictNode((Expression Key, Expression Value)[] entries) : Expression
{
    internal override void Resolve(Scope scope)
    {
        foreach (var (key, value) in entries)
        {
            key.Resolve(scope);
            value.Resolve(scope);
        }
    }

    internal override object? Evaluate(Frame frame)
    {
        PyDict dict = new();
        foreach (var (key, value) in entries) dict[key.Evaluate(frame)] = value.Evaluate(frame);
        return dict;
    }
}
