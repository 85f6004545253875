using Toy.Visits;

namespace Toy.Audit;

sealed class AuditPlugin(AuditOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Toy.Audit", core: "[0.1,1.0)") { Dependencies = [new("Toy.Visits", "app.UseVisits()")] };

    public void Install(PluginBuilder builder)
    {
        var write = options.Write ?? (line => Log.Line(builder.Logger, line));
        builder.App.BeforeRequest(context =>
        {
            write($"{context.Request.Method} {context.Request.Path} by {Current.Visitor.Name}");
            return default;
        });
        builder.App.AfterRequest(response => write($"answered {response.Status}"));
        builder.App.TeardownRequest(error => write(error is null ? "done" : $"failed: {error.Message}"));
        if (options.Regulars is { } regulars) Guard(builder.ForBlueprint(regulars), write);
    }

    void Guard(RouteGroup regulars, Action<string> write)
    {
        regulars.BeforeRequest(context =>
        {
            var visits = Current.Visits.Count;
            return visits >= options.RegularFrom ? default : throw new NotARegularException(visits);
        });
        regulars.ErrorHandler<NotARegularException>(error =>
        {
            write($"refused: {error.Message}");
            return ("Regulars only.", 403);
        });
        regulars.AfterRequest(response => response.Headers.CacheControl = "no-store");
        regulars.TeardownRequest(_ => write("left the regulars"));
        regulars.Route("/rules", () => $"From {options.RegularFrom} visits on.", endpoint: "rules");
    }
}
