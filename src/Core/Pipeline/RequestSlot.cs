namespace Modular;

/// <summary>A slot of one request for those who don't know its plugin, such as an error page.</summary>
public sealed class RequestSlot
{
    readonly Func<object>? _open;

    internal RequestSlot(object slot, object? value, Func<object>? open = null) =>
        (Name, Type, Value, _open) = (((ISlot)slot).Name, ((ISlot)slot).Type, value, open);

    /// <summary>As its plugin named it: <c>session</c>. Two slots may have one name.</summary>
    public string Name { get; }

    /// <summary>The type of its value.</summary>
    public Type Type { get; }

    /// <summary>Its value; null until it is read or set in this request.</summary>
    public object? Value { get; private set; }

    /// <summary>Reads it as its plugin does, which fills it. What the plugin throws is thrown.</summary>
    /// <exception cref="ModularException">The request has ended.</exception>
    public object Open() => Value ??= _open!();
}
