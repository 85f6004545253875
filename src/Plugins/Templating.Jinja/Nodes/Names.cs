namespace Modular.Templating.Jinja;

/// <summary>A variable that is read.</summary>
sealed class NameNode(string name) : Expression
{
    int _hops;
    int _slot;

    internal string Name => name;

    internal override void Resolve(Scope scope) => (_hops, _slot) = scope.Read(name);

    internal override object? Evaluate(Frame frame)
    {
        for (var hops = _hops; hops > 0; hops--) frame = frame.Outer!;
        var value = frame.Slots[_slot];
        if (value is not Marker) return value;
        if (ReferenceEquals(value, Marker.Unresolved))
            frame.Slots[_slot] = frame.Context.TryResolve(name, frame.State, out value) ? value : value = Marker.Missing;
        return value is Marker ? Undefined.OfName(frame.State.Undefined, name) : value;
    }
}

sealed class NameTarget(string name) : Target
{
    int _slot;
    bool _isExported;

    internal string Name => name;

    internal override void Resolve(Scope scope, bool isGiven = false)
    {
        _slot = isGiven ? scope.Give(name) : scope.Store(name);
        _isExported = scope.IsTopLevel;
    }

    internal override void Assign(Frame frame, object? value)
    {
        frame.Slots[_slot] = value;
        if (_isExported) frame.Context.Export(name, value);
    }

    internal override Target Copy() => new NameTarget(name) { Position = Position };
}

/// <summary><c>{% set ns.found = true %}</c>.</summary>
sealed class NamespaceTarget(NameNode name, string attribute) : Target
{
    internal override void Resolve(Scope scope, bool isGiven = false) => name.Resolve(scope);

    internal override void Assign(Frame frame, object? value)
    {
        if (name.Evaluate(frame) is not Namespace space) throw new JinjaError("cannot assign attribute on non-namespace object");
        space.Set(attribute, value);
    }

    internal override Target Copy() =>
        new NamespaceTarget(new NameNode(name.Name) { Position = name.Position }, attribute) { Position = Position };
}

/// <summary><c>{% for key, value in pairs %}</c>.</summary>
sealed class TupleTarget(Target[] targets) : Target
{
    internal IReadOnlyList<Target> Targets => targets;

    internal override void Resolve(Scope scope, bool isGiven = false)
    {
        foreach (var target in targets) target.Resolve(scope, isGiven);
    }

    internal override void Assign(Frame frame, object? value)
    {
        if (value is PyTuple tuple && tuple.Count == targets.Length)
        {
            for (var i = 0; i < targets.Length; i++) targets[i].Assign(frame, tuple.Items[i]);
            return;
        }
        if (value is Undefined undefined) undefined.CheckIterable();
        var items = IsPair(value, frame.State, out var key, out var item) ? [key, item]
            : Py.Items(value, frame.State).Take(targets.Length + 1).ToList();
        if (items.Count > targets.Length) throw new JinjaError($"too many values to unpack (expected {targets.Length})");
        if (items.Count < targets.Length)
            throw new JinjaError($"not enough values to unpack (expected {targets.Length}, got {items.Count})");
        for (var i = 0; i < targets.Length; i++) targets[i].Assign(frame, items[i]);
    }

    // An entry of a dictionary of .NET is a pair.
    static bool IsPair(object? value, RenderState state, out object? key, out object? item)
    {
        (key, item) = (null, null);
        return value is not null && !Py.IsIterable(value) && value.GetType() is { IsGenericType: true, Name: "KeyValuePair`2" }
            && state.TryMember(value, "0", out key) && state.TryMember(value, "1", out item);
    }

    internal override Target Copy() => new TupleTarget([.. targets.Select(target => target.Copy())]) { Position = Position };
}
