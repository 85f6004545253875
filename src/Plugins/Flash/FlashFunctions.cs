namespace Modular.Flashing;

/// <summary>The verbs that this package adds: bare names by a global <c>using static</c>.</summary>
public static class FlashFunctions
{
    const string DefaultCategory = "message";

    /// <summary>Leaves a message for the next page that shows messages: <c>Flash("You were logged in")</c>.</summary>
    /// <param name="message">Pages escape it.</param>
    /// <param name="category">For the page's style. Default <c>message</c>.</param>
    /// <exception cref="ModularException">Flash is not installed, or the response was sent already.</exception>
    public static void Flash(string message, string category = DefaultCategory) => Add(message, category);

    /// <summary>As the other overload, with HTML that is not escaped again: <c>Flash(Html($"Sent to &lt;b&gt;{name}&lt;/b&gt;"))</c>.</summary>
    /// <param name="message">Stays markup on its way through the cookie.</param>
    /// <param name="category">For the page's style. Default <c>message</c>.</param>
    /// <exception cref="ModularException">Flash is not installed, or the response was sent already.</exception>
    public static void Flash(Markup message, string category = DefaultCategory) => Add(message, category);

    /// <summary>The messages that wait for this visitor, text or <see cref="Markup"/>. They are taken out of the session at the first call; later calls in the request give the same again.</summary>
    /// <param name="categoryFilter">Only these are given; all are taken out nevertheless. None: all.</param>
    /// <exception cref="ModularException">Flash is not installed.</exception>
    public static IReadOnlyList<object> GetFlashedMessages(params IReadOnlyList<string> categoryFilter)
    {
        var found = new List<object>();
        foreach (var (_, message) in Take(Current.Context, categoryFilter)) found.Add(message);
        return found;
    }

    /// <summary>As <see cref="GetFlashedMessages"/>, with their categories: <c>foreach (var (category, message) in GetFlashedMessagesWithCategories())</c>.</summary>
    /// <param name="categoryFilter">Only these are given; all are taken out nevertheless. None: all.</param>
    /// <exception cref="ModularException">Flash is not installed.</exception>
    public static IReadOnlyList<FlashedMessage> GetFlashedMessagesWithCategories(params IReadOnlyList<string> categoryFilter) => Take(Current.Context, categoryFilter);

    internal static IReadOnlyList<FlashedMessage> Take(RequestContext context, IReadOnlyList<string> categoryFilter)
    {
        var all = context.Get(FlashPlugin.Slot).Take();
        if (categoryFilter.Count == 0) return all;
        var found = new List<FlashedMessage>();
        foreach (var message in all)
            if (categoryFilter.Contains(message.Category)) found.Add(message);
        return found;
    }

    static void Add(object message, string category)
    {
        ArgumentNullException.ThrowIfNull(message);
        var context = Current.Context;
        context.Get(FlashPlugin.Slot).Add(message, category);
        var flashed = new FlashedMessage(category, message);
        context.App.Get(FlashPlugin.Flashed).Raise(context, flashed);
        context.Notify(flashed);
    }
}
