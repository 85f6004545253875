using System.Collections;
using System.Globalization;

namespace Modular.Flashing;

sealed class FlashPlugin(FlashOptions options) : IPlugin
{
    internal static readonly Slot<FlashedMessages> Slot = new("flashed messages", "app.UseFlash()");
    internal static readonly Slot<FlashEvent> Flashed = new("message flashed", "app.UseFlash()");

    public PluginManifest Manifest { get; } = new("Modular.Flash", core: BuiltFor.Core)
    {
        Dependencies = [new PluginDependency("Modular.Sessions", "app.UseSessions(…)")],
    };

    public void Install(PluginBuilder builder)
    {
        var (own, logger) = (builder.Options("Flash", options with { }), builder.Logger);
        builder.AddAppSlot(Flashed, new FlashEvent());
        builder.AddRequestSlot(Slot, context => new FlashedMessages(context, own, logger));
        builder.App.Contribute<Func<RequestContext, IReadOnlyList<object?>, IReadOnlyList<(string Name, object? Value)>, object?>>(
            "get_flashed_messages", ForTemplate, "TemplateFunction");
    }

    // Flask's arguments. A pair is a list of two items, because every engine can index a list.
    static List<object?> ForTemplate(
        RequestContext context, IReadOnlyList<object?> positional, IReadOnlyList<(string Name, object? Value)> named)
    {
        var withCategories = Convert.ToBoolean(Argument(0, "with_categories"), CultureInfo.InvariantCulture);
        var filter = Categories(Argument(1, "category_filter"));
        var result = new List<object?>();
        foreach (var (category, message) in FlashFunctions.Take(context, filter))
            result.Add(withCategories ? new object?[] { category, message } : message);
        return result;

        object? Argument(int position, string name) =>
            position < positional.Count ? positional[position] : named.FirstOrDefault(argument => argument.Name == name).Value;
    }

    static List<string> Categories(object? filter)
    {
        if (filter is null) return [];
        var names = new List<string>();
        if (filter is IEnumerable and not string)
            foreach (var name in (IEnumerable)filter) names.Add(Convert.ToString(name, CultureInfo.InvariantCulture) ?? "");
        else names.Add(Convert.ToString(filter, CultureInfo.InvariantCulture) ?? "");
        return names;
    }
}
