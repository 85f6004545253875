namespace Modular;

/// <summary>Values by slot. A handful at most, so a walk over an array beats a dictionary. Readers need no lock: a change makes another array.</summary>
struct SlotValues
{
    volatile (object Slot, object Value)[]? _entries;

    internal readonly (object Slot, object Value)[] Entries => _entries ?? [];

    internal readonly T? Find<T>(Slot<T> slot) where T : class
    {
        if (_entries is not { } entries) return null;
        foreach (var entry in entries)
            if (ReferenceEquals(entry.Slot, slot)) return (T)entry.Value;
        return null;
    }

    // The caller holds a lock.
    internal void Set(object slot, object value) =>
        _entries = [.. Entries.Where(entry => !ReferenceEquals(entry.Slot, slot)), (slot, value)];

    // The value that is there, or this one, put there. The caller holds a lock.
    internal object GetOrSet(object slot, object value)
    {
        foreach (var entry in Entries)
            if (ReferenceEquals(entry.Slot, slot)) return entry.Value;
        Set(slot, value);
        return value;
    }
}
