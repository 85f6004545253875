namespace Modular.Flash;

sealed class FlashPlugin(FlashOptions options) : IPlugin
{
    internal static readonly Slot<FlashedMessages> Slot = new("flashed messages");
    internal static readonly Slot<FlashEvent> Flashed = new("message flashed");

    public PluginCard Card { get; } = new("Modular.Flash", core: "[0.1,1.0)")
    {
        Needs = [new PluginNeed("Modular.Sessions", "app.UseSessions(…)")],
    };

    public void Install(IPluginHost host)
    {
        var logger = host.Logger;
        host.Provide(Flashed, new FlashEvent());
        host.Open(Slot, context => new FlashedMessages(context, options, logger));
        host.TemplateGlobal("get_flashed_messages", context => new Func<IReadOnlyList<object?>, object?>(arguments => ForTemplate(context, arguments)));
    }

    // get_flashed_messages(with_categories, category_filter): pairs are lists of two, which every engine can take apart.
    static List<object?> ForTemplate(RequestContext context, IReadOnlyList<object?> arguments)
    {
        var withCategories = arguments is [true, ..];
        var filter = arguments is [_, IEnumerable<object?> categories, ..] ? categories.Select(category => $"{category}").ToArray() : [];
        var result = new List<object?>();
        foreach (var (category, message) in FlashVerbs.Take(context, filter)) result.Add(withCategories ? new object?[] { category, message } : message);
        return result;
    }
}
