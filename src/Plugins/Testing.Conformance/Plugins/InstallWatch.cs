using System.Diagnostics.Tracing;

namespace Modular.Testing.Conformance;

/// <summary>Sees what this thread starts while a plugin is installed, by the runtime's own events. It can't see everything.</summary>
sealed class InstallWatch : EventListener
{
    static readonly Dictionary<string, (EventKeywords Keywords, string? Event, string Seen)> Sources = new()
    {
        ["Microsoft-Extensions-DependencyInjection"] = (EventKeywords.All, "ServiceProviderBuilt", "a service provider was built"),
        ["System.Threading.Tasks.TplEventSource"] = ((EventKeywords)3, "TaskScheduled", "a task was started"),
        ["System.Net.NameResolution"] = (EventKeywords.All, null, "a host name was resolved"),
        ["System.Net.Sockets"] = (EventKeywords.All, null, "a socket was used"),
        ["System.Net.Http"] = (EventKeywords.All, null, "an HTTP request was sent"),
    };

    readonly HashSet<string> _seen = [];
    int _thread = -1;

    internal IReadOnlyCollection<string> Seen => _seen;

    internal void Run(Action install)
    {
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            install();
        }
        finally
        {
            _thread = -1;
        }
    }

    protected override void OnEventSourceCreated(EventSource source)
    {
        if (Sources.TryGetValue(source.Name, out var known)) EnableEvents(source, EventLevel.Informational, known.Keywords);
    }

    // Called on the thread of the event.
    protected override void OnEventWritten(EventWrittenEventArgs seen)
    {
        if (Environment.CurrentManagedThreadId != _thread || seen.EventId <= 0) return;
        var (_, name, text) = Sources[seen.EventSource.Name];
        if (name is null || seen.EventName == name) _seen.Add(text);
    }
}
