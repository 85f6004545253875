// Without a namespace and a using: the names come from the package's global usings, as in an application.
public class VisitsTests
{
    readonly TestClock _clock = new();

    [Fact]
    public async Task Pages_without_a_long_pause_are_one_visit()
    {
        await using var client = Counter(app => app.UseVisits()).TestClient();

        var first = await client.GetAsync("/");
        _clock.Advance(TimeSpan.FromMinutes(29));
        var soon = await client.GetAsync("/");
        _clock.Advance(TimeSpan.FromMinutes(31));
        var later = await client.GetAsync("/");

        Assert.Equal(["1", "1", "2"], [first.Text, soon.Text, later.Text]);
    }

    [Fact]
    public async Task The_configuration_sets_the_pause()
    {
        await using var client = Counter(app =>
        {
            app.Config["Visits:Pause"] = "00:01:00";
            app.UseVisits();
        }).TestClient();

        await client.GetAsync("/");
        _clock.Advance(TimeSpan.FromMinutes(2));
        var later = await client.GetAsync("/");

        Assert.Equal("2", later.Text);
    }

    [Fact]
    public void A_setting_that_is_not_a_time_is_an_error()
    {
        var app = new ModularApp();
        app.Config["Visits:Pause"] = "soon";
        app.UseVisits();

        var error = Assert.Throws<ModularException>(() => app.TestRequestContext("/"));

        Assert.Contains(
            "The setting Visits:Pause is \"soon\", which isn't a time. Write hours, minutes and seconds: 00:30:00.", error.Message);
    }

    [Fact]
    public async Task Options_in_code_are_used_instead_of_the_configuration()
    {
        await using var client = Counter(app =>
        {
            app.Config["Visits:Pause"] = "00:01:00";
            app.UseVisits(new() { Pause = TimeSpan.FromHours(1), SessionKey = "v" });
        }).TestClient();

        await client.GetAsync("/");
        _clock.Advance(TimeSpan.FromMinutes(2));
        var later = await client.GetAsync("/");

        Assert.Equal("1", later.Text);
        await client.SessionTransactionAsync(() => Assert.Equal(["v"], Current.Session.Keys));
    }

    [Fact]
    public async Task Visits_can_be_forgotten()
    {
        await using var client = Counter(app => app.UseVisits()).TestClient();

        await client.GetAsync("/");
        await client.PostAsync("/forget");
        _clock.Advance(TimeSpan.FromHours(1));
        var again = await client.GetAsync("/");

        Assert.Equal("1", again.Text);
    }

    [Fact]
    public void A_pause_must_be_longer_than_zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VisitsOptions { Pause = TimeSpan.Zero });

    [Fact]
    public async Task Without_sessions_the_application_does_not_start()
    {
        var app = new ModularApp().UseVisits();

        var error = await Assert.ThrowsAsync<ModularException>(async () => await app.TestClient().GetAsync("/"));

        Assert.Contains("AcmePluginPackage1 requires Modular.Sessions", error.Message);
    }

    ModularApp Counter(Action<ModularApp> install)
    {
        var app = new ModularApp();
        app.Services.AddSingleton<TimeProvider>(_clock);
        app.UseSessions(new() { SecretKey = "a key for the tests, which is long enough" });
        install(app);
        app.Get("/", () => $"{Current.Visits.Count}");
        app.Post("/forget", () => { ForgetVisits(); return ""; }, endpoint: "forget");
        return app;
    }
}
