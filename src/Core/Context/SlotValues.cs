namespace Modular;

/// <summary>Values by slot. A handful at most, so a walk over an array beats a dictionary; emptied, it keeps the array.</summary>
struct SlotValues
{
    (object Slot, object Value)[]? _entries;
    int _count;

    internal readonly T? Find<T>(Slot<T> slot) where T : class
    {
        for (var i = 0; i < _count; i++)
            if (ReferenceEquals(_entries![i].Slot, slot)) return _entries[i].Value as T;      // a stale reader may meet another slot's value here
        return null;
    }

    /// <summary>All that is there, in the order in which it came.</summary>
    internal readonly ReadOnlySpan<(object Slot, object Value)> Entries => _entries.AsSpan(0, _count);

    internal void Set(object slot, object value)
    {
        for (var i = 0; i < _count; i++)
            if (ReferenceEquals(_entries![i].Slot, slot))
            {
                _entries[i].Value = value;
                return;
            }
        if (_entries is null) _entries = new (object, object)[4];
        else if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
        _entries[_count++] = (slot, value);
    }

    internal void Clear()
    {
        if (_count > 0) Array.Clear(_entries!, 0, _count);
        _count = 0;
    }
}
