// What every plugin promises. Each check is a test.
public class ConformanceTests
{
    static readonly PluginConformance Kit = new(app => app.UseVisits())
    {
        With = [app => app.UseSessions(new() { SecretKey = "a key for the tests, which is long enough" })],
        Uses = app => app.Get("/visits", () => $"{Current.Visits.Count}", endpoint: "visits"),
        Paths = ["/visits"],
        WrongOptions =
        [
            ("a pause of zero", app => app.UseVisits(new() { Pause = TimeSpan.Zero })),
            ("a setting that isn't a time", app =>
            {
                app.Config["Visits:Pause"] = "soon";
                app.UseVisits();
            }),
        ],
    };

    public static TheoryData<string> Names => [.. Kit.Checks.Select(check => check.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task The_plugin_keeps_its_promises(string name) => Kit.RunAsync(name, TestContext.Current.CancellationToken);
}
