using System.Collections;

namespace Modular.Templating.Jinja;

/// <summary><c>{% for item in items if condition recursive %} … {% else %} … {% endfor %}</c>.</summary>
sealed class ForNode(Target target, Expression items, Expression? condition, bool isRecursive, BodyNode body, BodyNode? otherwise)
    : Statement
{
    readonly Target? _filterTarget = condition is null ? null : target.Copy();
    Scope _scope = null!;
    Scope? _filterScope;
    Scope? _elseScope;

    internal override void Resolve(Scope scope)
    {
        items.Resolve(scope);
        scope.Defer(() =>
        {
            if (condition is not null)
            {
                _filterScope = scope.Inner();
                _filterTarget!.Resolve(_filterScope, isGiven: true);
                condition.Resolve(_filterScope);
                _filterScope.Close();
            }
            _scope = scope.Inner(ScopeKind.Loop, isUnit: isRecursive);
            target.Resolve(_scope, isGiven: true);
            if (isRecursive) _scope.Read("loop");
            body.Resolve(_scope);
            _scope.Close();
            if (otherwise is null) return;
            _elseScope = scope.Inner();
            otherwise.Resolve(_elseScope);
            _elseScope.Close();
        });
    }

    internal override Flow Render(Frame frame)
    {
        frame.State.Position = Position;
        return Run(frame, items.Evaluate(frame), 0);
    }

    Flow Run(Frame outer, object? values, long depth)
    {
        Py.CheckStack();
        var state = outer.State;
        var frame = isRecursive ? new Frame(state, outer.Context, _scope.Unit.Slots, outer) { IsMuted = outer.IsMuted } : outer;
        using var iterator = condition is null ? Py.Raw(values) : Filtered(outer, values);
        var loop = _scope.LoopSlot < 0 ? null
            : new LoopObject(iterator, condition is null ? KnownLength(values) : null, depth, isRecursive ? Recursion(outer) : null);
        var isDone = false;
        while (loop is null ? iterator.MoveNext() : loop.MoveNext(out _))
        {
            state.Render.Step();
            if (_scope.HasEntry) _scope.Enter(frame);
            if (loop is not null) frame.Slots[_scope.LoopSlot] = loop;
            target.Assign(frame, Py.Plain(loop is null ? iterator.Current : loop.Current));
            var flow = body.Render(frame);
            if (flow == Flow.Break) break;
            if (flow == Flow.Next) isDone = true;
        }
        if (isDone || otherwise is null) return Flow.Next;
        _elseScope!.Enter(outer);
        return otherwise.Render(outer);
    }

    IEnumerator<object?> Filtered(Frame frame, object? values)
    {
        using var all = Py.Raw(values);
        while (all.MoveNext())
        {
            frame.State.Render.Step();
            _filterScope!.Enter(frame);
            var item = Py.Plain(all.Current);
            _filterTarget!.Assign(frame, item);
            if (Py.Truth(condition!.Evaluate(frame))) yield return item;
        }
    }

    static long? KnownLength(object? values) => values switch
    {
        PyRange range => range.Count,
        PyTuple tuple => tuple.Count,
        PyView view => view.Count,
        ICollection all => all.Count,
        _ => null,
    };

    Func<RenderState, object?, long, object?> Recursion(Frame outer) => (state, values, depth) =>
    {
        state.EnterCall();
        var text = state.Capture((Node: this, Outer: outer, values, depth), call =>
        {
            var isMuted = call.Outer.IsMuted;
            call.Outer.IsMuted = false;
            call.Node.Run(call.Outer, call.values, call.depth);
            call.Outer.IsMuted = isMuted;
        });
        state.LeaveCall();
        return state.Result(text);
    };
}
