using System.Security.Cryptography;

namespace Modular.Debugger;

/// <summary>The console sessions of the most recent pages, each under an unguessable name, and one session without a failure.</summary>
sealed class ConsoleSessions(ModularApp app, IServiceProvider services, TimeSpan limit)
{
    /// <summary>The name of the session of <c>/console</c>.</summary>
    internal const string Console = "console";

    const int Most = 10;

    readonly Lock _gate = new();
    readonly Dictionary<string, ConsoleSession> _sessions = new() { [Console] = new(app, services, null, limit) };
    readonly Queue<string> _order = new();

    /// <summary>Adds a session for a failure and returns its name. Closes the oldest session if necessary.</summary>
    internal string Add(Failure failure)
    {
        var name = RandomNumberGenerator.GetHexString(16, lowercase: true);
        ConsoleSession? old = null;
        lock (_gate)
        {
            _sessions[name] = new(app, services, failure, limit);
            _order.Enqueue(name);
            if (_order.Count > Most) _sessions.Remove(_order.Dequeue(), out old);
        }
        if (old is not null) _ = old.DisposeAsync().AsTask();
        return name;
    }

    /// <summary>The session, or null when it was closed.</summary>
    internal ConsoleSession? Find(string? name)
    {
        lock (_gate) return name is not null && _sessions.TryGetValue(name, out var session) ? session : null;
    }

    /// <summary>Closes all sessions.</summary>
    internal async Task CloseAsync()
    {
        List<ConsoleSession> all;
        lock (_gate)
        {
            all = [.. _sessions.Values];
            _sessions.Clear();
            _order.Clear();
        }
        foreach (var session in all) await session.DisposeAsync();
    }
}
