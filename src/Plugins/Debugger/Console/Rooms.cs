using System.Security.Cryptography;

namespace Modular.Debugger;

/// <summary>The rooms of the pages that were shown last, each under a name that cannot be guessed; and one that belongs to no failure.</summary>
sealed class Rooms(ModularApp app, IServiceProvider services, TimeSpan limit)
{
    /// <summary>The name of the room of <c>/console</c>.</summary>
    internal const string Console = "console";

    const int Most = 10;

    readonly Lock _gate = new();
    readonly Dictionary<string, Room> _rooms = new() { [Console] = new(app, services, null, limit) };
    readonly Queue<string> _order = new();

    /// <summary>A room for a failure, whose name it gives. An old one is closed for it.</summary>
    internal string Add(Failure failure)
    {
        var name = RandomNumberGenerator.GetHexString(16, lowercase: true);
        Room? old = null;
        lock (_gate)
        {
            _rooms[name] = new(app, services, failure, limit);
            _order.Enqueue(name);
            if (_order.Count > Most) _rooms.Remove(_order.Dequeue(), out old);
        }
        if (old is not null) _ = old.DisposeAsync().AsTask();
        return name;
    }

    /// <summary>Null when it was closed already.</summary>
    internal Room? Find(string? name)
    {
        lock (_gate) return name is not null && _rooms.TryGetValue(name, out var room) ? room : null;
    }

    /// <summary>Closes them all.</summary>
    internal async Task CloseAsync()
    {
        List<Room> all;
        lock (_gate)
        {
            all = [.. _rooms.Values];
            _rooms.Clear();
            _order.Clear();
        }
        foreach (var room in all) await room.DisposeAsync();
    }
}
