namespace Modular;

/// <summary>Looks at one request from outside: a test client, a debugger. <c>app.Watch(…)</c> hands it to requests.</summary>
/// <remarks>Thread: for one request; several pieces of its code may tell at once.</remarks>
public abstract class RequestWatcher
{
    /// <summary>The core or a plugin tells what it did: a template that was rendered, a flashed message, a mail that was sent.</summary>
    /// <param name="context">The request's.</param>
    /// <param name="what">Of a public type of whoever tells.</param>
    public virtual void See(RequestContext context, object what)
    {
    }

    /// <summary>The answer was written. Until this has been awaited, the teardown hooks do not run and the context stays alive. Not called for an exception that goes on to the host.</summary>
    public virtual ValueTask Answered(RequestContext context) => default;
}

/// <summary>Who watches requests; empty almost always.</summary>
sealed class RequestWatchers
{
    readonly Lock _gate = new();
    Entry[] _entries = [];

    /// <summary>Gives the watcher of a request, or null; null itself when nobody looks.</summary>
    internal Func<HttpContext, RequestWatcher?>? Find { get; set; }

    /// <summary>The first one that finds a watcher is the one.</summary>
    internal IDisposable Add(Func<HttpContext, RequestWatcher?> find)
    {
        var entry = new Entry(this, find);
        lock (_gate) _entries = [.. _entries, entry];
        Compose();
        return entry;
    }

    void Compose()
    {
        lock (_gate)
        {
            var entries = _entries;
            Find = entries.Length == 0 ? null : http =>
            {
                foreach (var entry in entries)
                    if (entry.Look(http) is { } watcher) return watcher;
                return null;
            };
        }
    }

    sealed class Entry(RequestWatchers all, Func<HttpContext, RequestWatcher?> find) : IDisposable
    {
        internal RequestWatcher? Look(HttpContext http) => find(http);

        public void Dispose()
        {
            lock (all._gate) all._entries = [.. all._entries.Where(entry => entry != this)];
            all.Compose();
        }
    }
}
