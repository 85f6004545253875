namespace Modular.Templating.Jinja;

/// <summary>The value of a name, a member or an item that doesn't exist.</summary>
sealed class Undefined
{
    readonly string? _message;
    readonly string _name;
    readonly string? _owner;

    Undefined(JinjaUndefined kind, string name, string? owner, string? message) =>
        (Kind, _name, _owner, _message) = (kind, name, owner, message);

    internal JinjaUndefined Kind { get; }

    internal static Undefined OfName(JinjaUndefined kind, string name) => new(kind, name, null, null);

    internal static Undefined OfMember(JinjaUndefined kind, object? target, object? key) => new(kind, Py.Str(key),
        $"{Owner(target)}[{Py.Repr(key)}]",
        key is string or Markup
            ? $"{Py.Repr(Owner(target))} has no attribute {Py.Repr(key)}"
            : $"{Owner(target)} has no element {Py.Repr(key)}");

    internal static Undefined OfHint(JinjaUndefined kind, string hint, string name = "") => new(kind, name, null, hint);

    internal string Name => _name;

    /// <summary>The error when the value is used where it must exist.</summary>
    internal JinjaError Fail() => new(_message ?? $"{Py.Repr(_name)} is undefined", ErrorKind.Undefined);

    internal object? Member() => Kind == JinjaUndefined.Chainable ? this : throw Fail();

    /// <summary>The text in a page.</summary>
    internal string Text() => Kind switch
    {
        JinjaUndefined.Strict => throw Fail(),
        JinjaUndefined.Debug when _owner is not null => $"{{{{ no such element: {_owner} }}}}",
        JinjaUndefined.Debug when _message is not null => $"{{{{ undefined value printed: {_message} }}}}",
        JinjaUndefined.Debug => $"{{{{ {_name} }}}}",
        _ => "",
    };

    internal bool IsTrue => Kind == JinjaUndefined.Strict ? throw Fail() : false;

    internal void CheckIterable()
    {
        if (Kind == JinjaUndefined.Strict) throw Fail();
    }

    static string Owner(object? target) => target is null ? "None" : $"{Py.TypeName(target)} object";
}
