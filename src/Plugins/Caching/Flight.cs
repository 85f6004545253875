using System.Collections.Concurrent;

namespace Modular.Caching;

/// <summary>One run that others wait for. It ends with an entry for them, or they make their own.</summary>
/// <param name="IsShared">False: the page belongs to the request that made it, so that waiting again would be in vain.</param>
/// <param name="Key">The key of the entry, with the headers that it varies by.</param>
readonly record struct Landing(CacheEntry? Entry, bool IsShared, string? Key = null);

/// <summary>The runs of one application, by key.</summary>
sealed class Flights
{
    readonly ConcurrentDictionary<string, Flight> _running = new();

    /// <summary>True when the caller runs it, and then ends it in any case.</summary>
    internal bool TryStart(string key, out Flight flight)
    {
        var mine = new Flight(this, key);
        flight = _running.GetOrAdd(key, mine);
        return flight == mine;
    }

    internal sealed class Flight(Flights all, string key)
    {
        readonly TaskCompletionSource<Landing> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<Landing> WaitAsync(CancellationToken cancellationToken) => _end.Task.WaitAsync(cancellationToken);

        /// <summary>Gives the entry to those that wait.</summary>
        internal void Share(CacheEntry entry, string key) => End(new(entry, IsShared: true, key));

        /// <summary>Those that wait all make their own, at once.</summary>
        internal void Keep() => End(new(null, IsShared: false));

        /// <summary>The run failed or was cancelled. One of those that wait starts another.</summary>
        internal void Fail() => End(new(null, IsShared: true));

        void End(Landing landing)
        {
            all._running.TryRemove(new(key, this));
            _end.TrySetResult(landing);
        }
    }
}
