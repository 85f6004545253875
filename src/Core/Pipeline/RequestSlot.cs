namespace Modular;

/// <summary>A slot of one request, looked at from outside by whoever does not know the plugin that it belongs to, such as an error page.</summary>
public sealed class RequestSlot
{
    readonly Func<object>? _open;

    internal RequestSlot(ISlot slot, object? value, Func<object>? open) => (Name, Type, Value, _open) = (slot.Name, slot.Type, value, open);

    /// <summary>As its plugin named it: <c>session</c>. Two slots may have one name.</summary>
    public string Name { get; }

    /// <summary>What may lie in it.</summary>
    public Type Type { get; }

    /// <summary>What lies in it; null while nobody has read or set it in this request.</summary>
    public object? Value { get; private set; }

    /// <summary>Reads it as its plugin does, which fills it. What the plugin throws is thrown.</summary>
    /// <exception cref="ModularException">The request has ended.</exception>
    public object Open() => Value ??= _open!();
}
