namespace Modular;

/// <summary>A slot of one request, for code that doesn't know the plugin, such as an error page.</summary>
public sealed class RequestSlot
{
    readonly Func<object>? _open;

    internal RequestSlot(object slot, object? value, Func<object>? open = null) =>
        (Name, Type, Value, _open) = (((ISlot)slot).Name, ((ISlot)slot).Type, value, open);

    /// <summary>The plugin's name for it, such as <c>session</c>. Names aren't unique.</summary>
    public string Name { get; }

    /// <summary>The type of its value.</summary>
    public Type Type { get; }

    /// <summary>Its value; null until it is read or set in this request.</summary>
    public object? Value { get; private set; }

    /// <summary>Reads and fills it, as its plugin does. The plugin's exceptions are thrown.</summary>
    /// <exception cref="ModularException">The request has ended.</exception>
    public object Open() => Value ??= _open!();
}
