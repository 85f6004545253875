namespace Modular.Templating.Jinja;

/// <summary>The variables that one run of code has: a template, a block, a macro, or a recursive loop.</summary>
sealed class Unit(Unit? outer)
{
    internal int Depth { get; } = outer is null ? 0 : outer.Depth + 1;

    internal int Slots { get; set; }
}

/// <summary>Where a variable is: so many units outwards, and the slot there.</summary>
readonly record struct SlotRef(int Hops, int Slot);

enum ScopeKind
{
    Template,
    Block,
    Macro,
    Loop,
    Other,
}

/// <summary>Resolves names to slots when a template is compiled. A scope is what Jinja calls a frame: a loop, a macro, a
/// <c>with</c>.</summary>
sealed class Scope
{
    enum Load
    {
        Given,
        FromContext,
        FromOutside,
        Missing,
    }

    readonly Scope? _outer;
    readonly Dictionary<string, int> _slots = [];
    readonly HashSet<string> _stores = [];
    readonly Dictionary<int, (Load Load, SlotRef Source)> _loads = [];
    readonly List<Action> _deferred = [];
    (int Slot, Load Load, SlotRef Source)[] _entry = [];

    internal Scope(Scope? outer, Unit unit, ScopeKind kind, JinjaTemplate template, JinjaEngine engine) =>
        (_outer, Unit, Kind, Template, Engine) = (outer, unit, kind, template, engine);

    internal Unit Unit { get; }
    internal ScopeKind Kind { get; }
    internal JinjaTemplate Template { get; }
    internal JinjaEngine Engine { get; }

    /// <summary>More than zero inside of <c>if</c>, where an unknown filter is an error only if it is used. A scope inside starts
    /// again.</summary>
    internal int Conditions { get; set; }

    internal bool IsTopLevel => Kind == ScopeKind.Template;

    /// <summary>The slot of <c>self</c> in a template or a block. -1 when it isn't used.</summary>
    internal int SelfSlot { get; private set; } = -1;

    /// <summary>The slot of <c>super</c> in a block. -1 when it isn't used.</summary>
    internal int SuperSlot { get; private set; } = -1;

    /// <summary>The slot of <c>loop</c> in the body of a loop. -1 when it isn't used.</summary>
    internal int LoopSlot { get; private set; } = -1;

    /// <summary>The slots of <c>caller</c>, <c>varargs</c> and <c>kwargs</c> in a macro, by name.</summary>
    internal Dictionary<string, int> MacroSlots { get; } = [];

    /// <summary>A scope inside of this one, in the same unit or in its own.</summary>
    internal Scope Inner(ScopeKind kind = ScopeKind.Other, bool isUnit = false) =>
        new(this, isUnit ? new Unit(Unit) : Unit, kind, Template, Engine);

    /// <summary>Resolves an inner scope after all names of this one are known.</summary>
    internal void Defer(Action resolve)
    {
        var conditions = Conditions;
        _deferred.Add(() =>
        {
            var outer = Conditions;
            Conditions = conditions;
            resolve();
            Conditions = outer;
        });
    }

    /// <summary>Ends the scope: its names are known.</summary>
    internal void Close()
    {
        for (var i = 0; i < _deferred.Count; i++) _deferred[i]();
        _entry = [.. _loads.Where(load => load.Value.Load != Load.Given).Select(load => (load.Key, load.Value.Load, load.Value.Source))];
    }

    /// <summary>True when <see cref="Enter"/> has something to do.</summary>
    internal bool HasEntry => _entry.Length > 0;

    /// <summary>Prepares the slots when the scope is entered.</summary>
    internal void Enter(Frame frame)
    {
        foreach (var (slot, load, source) in _entry)
            frame.Slots[slot] = load switch
            {
                Load.FromContext => Marker.Unresolved,
                Load.FromOutside => frame.Up(source.Hops).Slots[source.Slot],
                _ => Marker.Missing,
            };
    }

    /// <summary>The slot of a name that is read.</summary>
    internal SlotRef Read(string name)
    {
        for (var known = this; known is not null; known = known._outer)
            if (known._slots.TryGetValue(name, out var at) || known.TryGive(name, out at))
            {
                if (known.Kind == ScopeKind.Macro && known.MacroSlots.ContainsKey(name)) known.GiveAround(name);
                return new(Unit.Depth - known.Unit.Depth, at);
            }
        // A name of the page is the same everywhere in a unit, so that it is looked up once.
        var scope = this;
        while (scope._outer is { } outer && outer.Unit == Unit) scope = outer;
        return new(0, scope.Add(name, Load.FromContext, default));
    }

    /// <summary>The slot of a name that is set.</summary>
    internal int Store(string name)
    {
        _stores.Add(name);
        if (_slots.TryGetValue(name, out var slot)) return slot;
        return _outer?.Find(name, Unit) is { } outside ? Add(name, Load.FromOutside, outside) : Add(name, Load.Missing, default);
    }

    /// <summary>The slot of a name that has a value on entry, such as a parameter.</summary>
    internal int Give(string name)
    {
        _stores.Add(name);
        return _slots.TryGetValue(name, out var slot) ? slot : Add(name, Load.Given, default);
    }

    /// <summary>
    /// Resolves the branches of a condition. A name that only some of them set keeps its outer value in the others.
    /// </summary>
    internal void Branches(params Action[] branches)
    {
        HashSet<string> before = [.. _stores];
        Dictionary<string, int> counts = [];
        HashSet<string> all = [.. _stores];
        foreach (var branch in branches)
        {
            _stores.Clear();
            _stores.UnionWith(before);
            branch();
            foreach (var name in _stores.Except(before)) counts[name] = counts.GetValueOrDefault(name) + 1;
            all.UnionWith(_stores);
        }
        _stores.Clear();
        _stores.UnionWith(all);
        foreach (var (name, count) in counts)
            if (count < branches.Length)
                _loads[_slots[name]] = _outer?.Find(name, Unit) is { } outside ? (Load.FromOutside, outside) : (Load.FromContext, default);
    }

    /// <summary>The names that are set here and around, with their slots.</summary>
    internal (string Name, SlotRef Slot)[] Stored()
    {
        Dictionary<string, SlotRef> all = [];
        for (var scope = this; scope is not null; scope = scope._outer)
            foreach (var name in scope._stores)
                all.TryAdd(name, new(Unit.Depth - scope.Unit.Depth, scope._slots[name]));
        return [.. all.Select(pair => (pair.Key, pair.Value))];
    }

    SlotRef? Find(string name, Unit? from = null)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
            if (scope._slots.TryGetValue(name, out var slot)) return new((from ?? Unit).Depth - scope.Unit.Depth, slot);
        return null;
    }

    /// <summary>Gives the variable <c>loop</c> to all loops around, because a scoped block can read it.</summary>
    internal void GiveLoops()
    {
        for (var scope = this; scope is not null; scope = scope._outer)
            if (scope.Kind == ScopeKind.Loop) scope.TryGive("loop", out _);
    }

    // As in Jinja, a macro also takes the caller and the further arguments that only a macro inside of it uses.
    void GiveAround(string name)
    {
        for (var scope = _outer; scope is not null; scope = scope._outer)
            if (scope.Kind == ScopeKind.Macro && !scope._slots.ContainsKey(name)) scope.TryGive(name, out _);
    }

    // The names that a kind of scope gives to those who use them.
    bool TryGive(string name, out int slot)
    {
        switch (name, Kind)
        {
            case ("loop", ScopeKind.Loop): slot = LoopSlot = Give(name); return true;
            case ("self", ScopeKind.Template or ScopeKind.Block): slot = SelfSlot = Give(name); return true;
            case ("super", ScopeKind.Block): slot = SuperSlot = Give(name); return true;
            case ("caller" or "varargs" or "kwargs", ScopeKind.Macro): slot = MacroSlots[name] = Give(name); return true;
            default: slot = -1; return false;
        }
    }

    int Add(string name, Load load, SlotRef source)
    {
        var slot = Unit.Slots++;
        _slots[name] = slot;
        _loads[slot] = (load, source);
        return slot;
    }
}
