using System.Collections;
using System.Runtime.CompilerServices;

namespace Modular.Templating.Jinja;

/// <summary>Reads members and items of values: <c>a.b</c> and <c>a['b']</c>.</summary>
static class Members
{
    /// <summary><c>target.name</c>: an attribute, otherwise the item of a dictionary.</summary>
    internal static object? Attribute(object? target, string name, RenderState state)
    {
        switch (target)
        {
            case Undefined undefined: return undefined.Member();
            case Dictionary<string, object?> entries when !DictMethods.Has(name):
                return entries.TryGetValue(name, out var entry) ? Py.Plain(entry) : state.Missing(target, name);
        }
        return TryAttribute(target, name, state, out var value) || TryItem(target, name, state, out value) ? Py.Plain(value)
            : state.Missing(target, name);
    }

    /// <summary><c>target[key]</c>: an item, otherwise an attribute.</summary>
    internal static object? Item(object? target, object? key, RenderState state)
    {
        if (target is Undefined undefined) return undefined.Member();
        if (key is Undefined { Kind: JinjaUndefined.Strict } strict) throw strict.Fail();
        return TryItem(target, key, state, out var value)
            || (key as string ?? (key as Markup)?.ToString()) is { } name && TryAttribute(target, name, state, out value) ? Py.Plain(value)
            : state.Missing(target, key);
    }

    internal static bool TryItem(object? target, object? key, RenderState state, out object? value)
    {
        value = null;
        if (target is null) return false;
        if (target is not (string or Markup or PyList or PyTuple) && Mapping.Of(target) is { } mapping) return mapping.TryGet(key,
            out value);
        if (Num.TryLong(key, out var index)) return Py.TryIndex(target, index, out value);
        if (target is BlockNames names && key is string block) return names.TryGet(state, block, out value);
        return false;
    }

    /// <summary>An attribute of the object, without the items of dictionaries.</summary>
    internal static bool TryAttribute(object? target, string name, RenderState state, out object? value)
    {
        value = null;
        switch (target)
        {
            case null: return false;
            case IAttributes own: return own.TryGet(state, name, out value);
            case Undefined undefined:
                value = undefined.Member();
                return true;
            case string or Markup: return TextMethods.TryGet(target, name, out value);
            case PyGroup group when name is "grouper" or "list":
                value = group.Items[name == "list" ? 1 : 0];
                return true;
            case PyTuple or ITuple: return ListMethods.TryGet(target, name, out value);
            case PyView or PyGenerator or PyRange: return false;
            case MultiDict values when name == "getlist":
                value = new Method(Signature.Of("getlist(key)"), values,
                    (_, form, a) => new PyList(((MultiDict)form!).GetAll(Py.Str(a[0]))));
                return true;
        }
        if (Mapping.Of(target) is { } mapping)
            return DictMethods.TryGet(target, mapping, name, out value)
                || TemplateData.HasOwnMembers(target.GetType()) && state.TryMember(target, name, out value);
        if (target is IList) return ListMethods.TryGet(target, name, out value);
        if (Num.IsNumber(target)) return NumberMethods.TryGet(target, name, out value);
        return Dates.TryMember(target, name, out value) || state.TryMember(target, name, out value);
    }
}
