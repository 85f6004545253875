namespace Modular.Templating.Jinja;

/// <summary><c>{% macro input(name, size=20) %} … {% endmacro %}</c>. Also the body of a <c>call</c> block, which has no name.</summary>
sealed class MacroNode(string name, (string Name, Expression? Default)[] parameters, BodyNode body, bool isAnonymous = false) : Statement
{
    readonly NameTarget _target = new(name);
    readonly int[] _slots = new int[parameters.Length];
    Scope _scope = null!;

    internal string Name => name;
    internal bool IsAnonymous => isAnonymous;
    internal IEnumerable<string> Parameters => parameters.Select(parameter => parameter.Name);
    internal BodyNode Body => body;
    internal Unit Unit => _scope.Unit;
    internal bool CatchesNames => _scope.MacroSlots.ContainsKey("kwargs");
    internal bool CatchesMore => _scope.MacroSlots.ContainsKey("varargs");
    internal bool UsesCaller => _scope.MacroSlots.ContainsKey("caller") || Parameters.Contains("caller");

    internal override void Resolve(Scope scope)
    {
        if (!isAnonymous) _target.Resolve(scope);
        scope.Defer(() =>
        {
            _scope = scope.Inner(ScopeKind.Macro, isUnit: true);
            for (var i = 0; i < _slots.Length; i++) _slots[i] = _scope.Give(parameters[i].Name);
            foreach (var (_, value) in parameters) value?.Resolve(_scope);
            body.Resolve(_scope);
            _scope.Close();
        });
    }

    internal override Flow Render(Frame frame)
    {
        _target.Assign(frame, new Macro(this, frame));
        return Flow.Next;
    }

    /// <summary>Puts the arguments into the slots of the macro.</summary>
    internal void Bind(Frame frame, Arguments arguments)
    {
        _scope.Enter(frame);
        var positional = arguments.Positional;
        if (positional.Length > _slots.Length && !CatchesMore)
            throw new JinjaError($"macro {Py.Repr(name)} takes not more than {_slots.Length} argument(s)");
        for (var i = 0; i < _slots.Length; i++) frame.Slots[_slots[i]] = i < positional.Length ? positional[i] : Marker.Missing;
        PyDict? names = null;
        object? caller = Marker.Missing;
        var takesCaller = _scope.MacroSlots.TryGetValue("caller", out var callerSlot);
        foreach (var (argument, value) in arguments.Named)
        {
            var at = Array.FindIndex(parameters, parameter => parameter.Name == argument);
            if (at >= positional.Length) frame.Slots[_slots[at]] = value;
            else if (argument == "caller" && takesCaller) caller = value;
            else if (CatchesNames) (names ??= new())[argument] = value;
            else if (at >= 0) throw new JinjaError($"macro {Py.Repr(name)} got multiple values for the argument {Py.Repr(argument)}");
            else if (argument == "caller") throw new JinjaError(
                $"macro {Py.Repr(name)} was called by a call block but doesn't use caller(). Write {{{{ caller() }}}} in the macro.");
            else throw new JinjaError($"macro {Py.Repr(name)} takes no keyword argument {Py.Repr(argument)}");
        }
        if (takesCaller)
            frame.Slots[callerSlot] = ReferenceEquals(caller, Marker.Missing)
                ? Undefined.OfHint(frame.State.Undefined, "No caller defined", "caller") : caller;
        if (_scope.MacroSlots.TryGetValue("kwargs", out var namesSlot)) frame.Slots[namesSlot] = names ?? new PyDict();
        if (_scope.MacroSlots.TryGetValue("varargs", out var moreSlot))
            frame.Slots[moreSlot] = positional.Length > _slots.Length ? new PyTuple(positional[_slots.Length..]) : PyTuple.Empty;
    }

    /// <summary>Evaluates the defaults of the parameters that got no argument.</summary>
    internal void FillDefaults(Frame frame)
    {
        for (var i = 0; i < _slots.Length; i++)
            if (ReferenceEquals(frame.Slots[_slots[i]], Marker.Missing))
                frame.Slots[_slots[i]] = parameters[i].Default is { } value ? value.Evaluate(frame)
                    : Undefined.OfHint(frame.State.Undefined, $"parameter {Py.Repr(parameters[i].Name)} was not provided",
                        parameters[i].Name);
    }
}

/// <summary><c>{% call(item) list(items) %} … {% endcall %}</c>.</summary>
sealed class CallBlockNode(CallNode call, MacroNode caller) : Statement
{
    internal override void Resolve(Scope scope)
    {
        call.Resolve(scope);
        caller.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        if (frame.IsMuted) return Flow.Next;
        frame.State.Position = Position;
        Text.Write(call.Evaluate(frame, ("caller", new Macro(caller, frame))), frame.State);
        return Flow.Next;
    }
}
