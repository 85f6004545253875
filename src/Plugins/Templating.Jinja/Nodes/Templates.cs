using System.Collections;
using System.Runtime.CompilerServices;

namespace Modular.Templating.Jinja;

/// <summary>Finds the templates that others include, import or extend.</summary>
static class TemplateNames
{
    /// <summary>The template of a name, or the first that exists of a list. Null when none exists and that is allowed.</summary>
    internal static JinjaTemplate? Find(object? value, RenderState state, bool mayMiss = false, bool canBeList = false)
    {
        if (value is Undefined undefined) throw undefined.Fail();
        var library = state.Engine.Library;
        if (Py.AsText(value) is { } name) return mayMiss && !library.Exists(name) ? null : state.Engine.Get(name);
        if (canBeList ? !Py.Truth(value) && value is not (IList or PyTuple or ITuple) : value is null || Num.IsNumber(value))
            return mayMiss ? null : throw new TemplateNotFoundException(
                $"The name of a template is {Py.Repr(value)}. Write the name in quotes, or a variable with the name.",
                    Py.Str(value, state));
        if (!canBeList || value is not (IList or PyTuple or ITuple)) throw new JinjaError(
            $"The name of a template is a {Py.TypeName(value)}. Write the name in quotes, or a variable with the name.");
        List<string> names = [.. Py.Items(value, state).Select(item => Py.Str(item, state))];
        if (names.Find(library.Exists) is { } found) return state.Engine.Get(found);
        return mayMiss ? null : throw new TemplateNotFoundException(names.Count == 0
            ? "A template includes an empty list of templates. Write at least one name."
            : $"None of these templates exists: {string.Join(", ", names.Select(item => $"\"{item}\""))}.", names.FirstOrDefault() ?? "");
    }

    /// <summary>The context of an included or imported template.</summary>
    internal static JinjaContext Context(Frame frame, (string Name, SlotRef Slot)[]? names)
    {
        if (names is null) return new(null, null, seesPage: false);
        Dictionary<string, object?> locals = new(names.Length);
        foreach (var (name, slot) in names)
            if (frame.Up(slot.Hops).Slots[slot.Slot] is var value and not Marker) locals[name] = value;
        return new(frame.Context, locals);
    }
}

/// <summary><c>{% include ['a.html', 'b.html'] ignore missing without context %}</c>.</summary>
sealed class IncludeNode(Expression name, bool mayMiss, bool withContext) : Statement
{
    (string Name, SlotRef Slot)[]? _names;

    internal override void Resolve(Scope scope)
    {
        name.Resolve(scope);
        if (withContext) scope.Defer(() => _names = scope.Stored());
    }

    // Also after "extends", where other text isn't written: as in Jinja.
    internal override Flow Render(Frame frame)
    {
        var state = frame.State;
        state.Position = Position;
        if (TemplateNames.Find(name.Evaluate(frame), state, mayMiss, canBeList: true) is not { } template) return Flow.Next;
        template.Render(state, TemplateNames.Context(frame, _names));
        state.Position = Position;
        return Flow.Next;
    }
}

/// <summary>The template of <c>import</c> and <c>from</c>.</summary>
sealed class ImportedNode(Expression name, bool withContext)
{
    (string Name, SlotRef Slot)[]? _names;

    internal void Resolve(Scope scope)
    {
        name.Resolve(scope);
        if (withContext) scope.Defer(() => _names = scope.Stored());
    }

    internal Module Evaluate(Frame frame, int position)
    {
        var state = frame.State;
        state.Position = position;
        var template = TemplateNames.Find(name.Evaluate(frame), state)!;
        if (!withContext && state.Modules.TryGetValue(template, out var known)) return known;
        var context = TemplateNames.Context(frame, _names);
        var text = state.Capture((template, state, context), call => call.template.Render(call.state, call.context));
        var module = new Module(template, text, context.Vars);
        if (!withContext) state.Modules[template] = module;
        state.Position = position;
        return module;
    }
}

/// <summary><c>{% import 'forms.html' as forms %}</c>.</summary>
sealed class ImportNode(ImportedNode imported, NameTarget target) : Statement
{
    internal override void Resolve(Scope scope)
    {
        imported.Resolve(scope);
        target.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        target.Assign(frame, imported.Evaluate(frame, Position));
        return Flow.Next;
    }
}

/// <summary><c>{% from 'forms.html' import input as field %}</c>.</summary>
sealed class FromImportNode(ImportedNode imported, (string Name, NameTarget Target)[] names) : Statement
{
    internal override void Resolve(Scope scope)
    {
        imported.Resolve(scope);
        foreach (var (_, target) in names) target.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        var module = imported.Evaluate(frame, Position);
        foreach (var (name, target) in names)
            target.Assign(frame, module.TryGet(frame.State, name, out var value) ? value : Undefined.OfHint(frame.State.Undefined,
                $"the template {Py.Repr(module.Name)} (imported on line {frame.State.Template!.Locate(Position).Line} in " +
                $"{Py.Repr(frame.State.Template.Source.Name)}) does not export the requested name {Py.Repr(name)}", name));
        return Flow.Next;
    }
}

/// <summary><c>{% extends 'layout.html' %}</c>.</summary>
sealed class ExtendsNode(Expression name) : Statement
{
    internal override void Resolve(Scope scope)
    {
        if (!scope.IsTopLevel) throw scope.Template.Error(
            "\"extends\" is inside of another statement. Write it at the top of the template.", Position);
        name.Resolve(scope);
    }

    internal override Flow Render(Frame frame)
    {
        var state = frame.State;
        state.Position = Position;
        if (frame.Context.Layout is not null) throw new JinjaError("extended multiple times");
        frame.Context.Layout = TemplateNames.Find(name.Evaluate(frame), state);
        frame.IsMuted = true;
        return Flow.Next;
    }
}

/// <summary><c>{% block title %} … {% endblock %}</c>.</summary>
sealed class BlockNode(JinjaTemplate template, string name, bool isScoped, bool isRequired, BodyNode body) : Statement
{
    (string Name, SlotRef Slot)[]? _names;
    Scope _scope = null!;

    internal string Name => name;

    internal override void Resolve(Scope scope)
    {
        if (isScoped)
        {
            scope.GiveLoops();
            scope.Defer(() => _names = scope.Stored());
        }
        _scope = new Scope(null, new Unit(null), ScopeKind.Block, template, scope.Engine);
        body.Resolve(_scope);
        _scope.Close();
    }

    internal override Flow Render(Frame frame)
    {
        if (frame.IsMuted) return Flow.Next;
        var (state, context) = (frame.State, frame.Context);
        var chain = context.Blocks[name];
        if (isRequired && chain.Count <= 1)
        {
            state.Position = Position;
            throw new JinjaError($"Required block {Py.Repr(name)} not found");
        }
        if (_names is not null)
        {
            Dictionary<string, object?> locals = [];
            foreach (var (local, slot) in _names)
                if (frame.Up(slot.Hops).Slots[slot.Slot] is var value and not Marker) locals[local] = value;
            context = new(context, locals) { Blocks = context.Blocks };
        }
        chain[0].RenderLevel(state, context);
        state.Position = Position;
        return Flow.Next;
    }

    /// <summary>Writes the block of this template.</summary>
    internal void RenderLevel(RenderState state, JinjaContext context)
    {
        state.EnterCall();
        var (outer, position, escapes) = (state.Template, state.Position, state.Autoescape);
        (state.Template, state.Autoescape) = (template, state.DefaultAutoescape);
        var frame = new Frame(state, context, _scope.Unit.Slots, null);
        _scope.Enter(frame);
        if (_scope.SelfSlot >= 0) frame.Slots[_scope.SelfSlot] = new BlockNames(context, template);
        if (_scope.SuperSlot >= 0) frame.Slots[_scope.SuperSlot] = BlockReference.Super(state, context, this);
        body.Render(frame);
        (state.Template, state.Position, state.Autoescape) = (outer, position, escapes);
        state.LeaveCall();
    }
}
