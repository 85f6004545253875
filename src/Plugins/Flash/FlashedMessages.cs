using Microsoft.Extensions.Logging;
using Modular.Sessions;

namespace Modular.Flashing;

/// <summary>The messages of one request: those waiting in the session, and those removed from it to show.</summary>
sealed class FlashedMessages(RequestContext context, FlashOptions options, ILogger logger)
{
    // Flask's name and shape: a list of (category, message).
    const string Key = "_flashes";

    IReadOnlyList<FlashedMessage>? _taken;

    internal void Add(object message, string category)
    {
        var session = context.Session;
        var waiting = Waiting(session);
        // A new list, so that the session notices the change.
        var all = new List<object?>(waiting.Count + 1);
        var start = FirstToKeep(waiting, message, category);
        if (start > 0) FlashLog.Dropped(logger, start, options.MaxMessages, options.MaxCharacters);
        for (var i = start; i < waiting.Count; i++) all.Add(waiting[i]);
        all.Add(new SessionTuple(category, message));
        session[Key] = all;
    }

    /// <summary>All messages. The first call removes them from the session; later calls in the request return the same messages.</summary>
    internal IReadOnlyList<FlashedMessage> Take()
    {
        if (_taken is not null) return _taken;
        var taken = new List<FlashedMessage>();
        foreach (var item in context.Session.Pop(Key) as IReadOnlyList<object?> ?? [])
            if (Read(item) is { } message) taken.Add(message);
        return _taken = taken;
    }

    static IReadOnlyList<object?> Waiting(Session session) => session.Find(Key) as IReadOnlyList<object?> ?? [];

    // Items of any other shape aren't messages.
    static FlashedMessage? Read(object? item) =>
        item is IReadOnlyList<object?> and [string category, (string or Markup) and { } message] ? new(category, message) : null;

    int FirstToKeep(IReadOnlyList<object?> waiting, object message, string category)
    {
        var start = Math.Max(0, waiting.Count + 1 - options.MaxMessages);
        var characters = Characters(message, category);
        for (var i = waiting.Count - 1; i >= start; i--)
        {
            characters += Read(waiting[i]) is { } known ? Characters(known.Message, known.Category) : 0;
            if (characters > options.MaxCharacters) return i + 1;
        }
        return start;
    }

    static int Characters(object message, string category) => category.Length + (message.ToString()?.Length ?? 0);
}
