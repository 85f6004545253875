namespace Modular.Testing.Tests;

public sealed class ClockTests
{
    [Fact]
    public async Task Moving_the_clock_ends_a_session_and_its_cookie()
    {
        var clock = new TestClock();
        var app = new ModularApp().UseSessions(new() { SecretKey = "a key for these tests", PermanentLifetime = TimeSpan.FromDays(31), RefreshEachRequest = false });
        app.Services.AddSingleton<TimeProvider>(clock);
        app.Route("/", () => Current.Session.Get("user", "nobody"), endpoint: "index");
        app.Route("/login", () => { Current.Session.Permanent = true; Current.Session["user"] = "peter"; return ""; }, endpoint: "login");
        await using var client = app.TestClient();

        await client.GetAsync("/login");
        var expires = client.Cookies.Find("session")?.Expires;
        clock.Advance(TimeSpan.FromDays(30));
        var young = await client.GetAsync("/");
        clock.Advance(TimeSpan.FromDays(2));
        var old = await client.GetAsync("/");

        Assert.Equal(("peter", "nobody"), (young.Text, old.Text));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), expires);
        Assert.Empty(client.Cookies.All);
    }

    [Fact]
    public async Task Timers_fire_at_their_own_times_when_the_clock_moves()
    {
        var clock = new TestClock(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        List<string> rung = [];
        using var every = clock.CreateTimer(_ => rung.Add($"every {clock.GetUtcNow():mm:ss}"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var once = clock.CreateTimer(_ => rung.Add($"once {clock.GetUtcNow():mm:ss}"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        var stopped = clock.CreateTimer(_ => rung.Add("stopped"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await stopped.DisposeAsync();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock);
        var start = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromSeconds(5));
        var waits = delay.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(55));
        await delay;

        Assert.Equal(["every 00:02", "once 00:03", "every 00:04"], rung[..3]);
        Assert.Equal((false, TimeSpan.FromMinutes(1)), (waits, clock.GetElapsedTime(start)));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromSeconds(-1)));
    }
}
