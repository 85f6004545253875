using System.Globalization;

namespace Toy.Visits;

sealed class VisitsPlugin(VisitsOptions options) : IPlugin
{
    internal static readonly Slot<Visits> Visits = new("visits");
    internal static readonly Slot<Visitor> Visitor = new("visitor");
    internal static readonly Slot<VisitTotals> Totals = new("visit totals");

    public PluginManifest Manifest { get; } = new("Toy.Visits", core: "[0.1,1.0)");

    public void Install(PluginBuilder builder)
    {
        var totals = new VisitTotals();
        builder.AddAppSlot(Totals, totals);
        builder.Services.AddSingleton<IHostedService>(new TotalsLoader(totals, options));

        builder.AddRequestSlot(Visits, Read);
        builder.AddRequestSlot(Visitor, Find, _ => Toy.Visits.Visitor.Unknown);
        builder.BeforeSend((context, response) => Save(context, response, totals));

        builder.Converter("visitor", _ => new VisitorConverter());
        builder.ResponseConverter<VisitTotals>((_, value) => new Response($"{value.All} visits\n", contentType: "text/plain; charset=utf-8"));
        builder.App.TemplateGlobal("visits", context => context.Get(Visits).Count);
        builder.App.Contribute<Func<int, string>>("ordinal", Ordinal, "TemplateFilter");
        builder.Command(new("visits", "Prints how many visits were counted.", call => call.Output.WriteLine($"{totals.All} visits")));
        builder.App.Route(options.Url, () => totals.All.ToString(CultureInfo.InvariantCulture), endpoint: "visits");
    }

    Visits Read(RequestContext context) =>
        new(int.TryParse(context.Request.Cookies.Find(options.CookieName), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0);

    async ValueTask<Visitor?> Find(RequestContext context) =>
        context.Request.Cookies.Find("visitor") is { } number ? await options.FindVisitor(number) : null;

    ValueTask Save(RequestContext context, Response response, VisitTotals totals)
    {
        if (context.Find(Visits) is not { IsChanged: true } visits) return default;
        response.SetCookie(options.CookieName, visits.Count.ToString(CultureInfo.InvariantCulture), new() { HttpOnly = true });
        totals.Add(1);
        return default;
    }

    static string Ordinal(int number) => (number % 100, number % 10) switch
    {
        ( >= 11 and <= 13, _) => $"{number}th",
        (_, 1) => $"{number}st",
        (_, 2) => $"{number}nd",
        (_, 3) => $"{number}rd",
        _ => $"{number}th",
    };
}
