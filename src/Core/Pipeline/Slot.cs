namespace Modular;

/// <summary>A typed key for one value. Two slots are never equal, even under the same name, so plugins cannot collide.</summary>
/// <param name="name">Shown in errors only.</param>
/// <param name="install">The line that installs its plugin, for errors: <c>app.UseSessions(…)</c>.</param>
public sealed class Slot<T>(string name, string? install = null) : ISlot where T : class
{
    string ISlot.Name => name;
    Type ISlot.Type => typeof(T);

    internal ModularException NotInstalled(string otherwise) => new(install is null ? otherwise
        : $"Slot {this} was read, but {typeof(T).Assembly.GetName().Name} is not installed."
            + $" Write {install} before app.Run() and before the first request.");

    /// <inheritdoc/>
    public override string ToString() => $"{name} ({TypeName.Of(typeof(T))})";
}

interface ISlot
{
    string Name { get; }
    Type Type { get; }
}

// A few values. Readers don't need a lock, because each change creates a new array.
struct SlotValues
{
    volatile (object Slot, object Value)[]? _entries;

    internal readonly (object Slot, object Value)[] Entries => _entries ?? [];

    internal readonly T? Find<T>(Slot<T> slot) where T : class => (T?)Find((object)slot);

    readonly object? Find(object slot)
    {
        if (_entries is not { } entries) return null;
        foreach (var entry in entries) if (ReferenceEquals(entry.Slot, slot)) return entry.Value;
        return null;
    }

    // The caller holds a lock, here and below.
    internal void Set(object slot, object value) =>
        _entries = [.. Entries.Where(entry => !ReferenceEquals(entry.Slot, slot)), (slot, value)];

    internal object GetOrSet(object slot, object value)
    {
        if (Find(slot) is null) Set(slot, value);
        return Find(slot)!;
    }
}
