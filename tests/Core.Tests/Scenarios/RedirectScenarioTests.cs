namespace Modular.Tests.Scenarios;

public sealed class RedirectScenarioTests(ITestOutputHelper output)
{
    [Fact]
    public Task The_test_client_follows_redirects_as_flasks() => new ScenarioRun("client-follow-redirects", App)
    {
        Deviations = new Dictionary<string, (string, string)>
        {
            ["GET /loop"] = (
                "raises ClientRedirectError: GET /loop was redirected in a loop: the 302 to /loop occurred before. Fix the loop, or set FollowRedirects = false.",
                "the message says what to do"),
        },
    }.Run(output);

    static ModularApp App()
    {
        var app = new ModularApp();
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
            app.Route($"/r{status}", () => Redirect("/t", status), methods: ["GET", "POST", "PUT"]);
        app.Route("/t", () => $"{Current.Request.Method}:{Current.Request.GetText()}", methods: ["GET", "POST", "PUT"]);
        app.Route("/loop", () => Redirect("/loop"));
        return app;
    }
}
