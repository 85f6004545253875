namespace Modular.Flashing;

/// <summary>The functions that this package adds. A global <c>using static</c> makes them available by name.</summary>
public static class FlashFunctions
{
    const string DefaultCategory = "message";

    /// <summary>Stores a message for the next page that shows messages: <c>Flash("You were logged in")</c>.</summary>
    /// <param name="message">The text. Pages escape it.</param>
    /// <param name="category">The category, for the page's style. Default <c>message</c>.</param>
    /// <exception cref="ModularException">Flash isn't installed, or the response has already been sent.</exception>
    public static void Flash(string message, string category = DefaultCategory) => Add(message, category);

    /// <summary>Stores a message in HTML, which pages don't escape: <c>Flash(Html($"Sent to &lt;b&gt;{name}&lt;/b&gt;"))</c>.</summary>
    /// <param name="message">The HTML. It stays <see cref="Markup"/> in the session.</param>
    /// <param name="category">The category, for the page's style. Default <c>message</c>.</param>
    /// <exception cref="ModularException">Flash isn't installed, or the response has already been sent.</exception>
    public static void Flash(Markup message, string category = DefaultCategory) => Add(message, category);

    /// <summary>
    /// The waiting messages of this visitor with their categories. The first call removes them from the session. Later calls in the same
    /// request return the same messages.
    /// </summary>
    /// <param name="categoryFilter">The categories to return. All messages are removed from the session in any case. Empty: all
    /// categories.</param>
    /// <exception cref="ModularException">Flash isn't installed.</exception>
    /// <example><code>
    /// foreach (var (category, message) in GetFlashedMessages())
    ///     page += Html($"&lt;p class='{category}'&gt;{message}&lt;/p&gt;");
    /// </code></example>
    public static IReadOnlyList<FlashedMessage> GetFlashedMessages(params IReadOnlyList<string> categoryFilter) =>
        Take(Current.Context, categoryFilter);

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
