using StackExchange.Redis;

namespace Modular.Sessions.Tests;

/// <summary>With a real Redis, and instances of an application in separate processes.</summary>
public sealed class RedisTests : IAsyncLifetime
{
    Redis _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await Redis.Start();

    public async ValueTask DisposeAsync() => await _redis.DisposeAsync();

    ServedProcess Instance() => ServedProcess.Start("SharedSessions.dll", [], ("REDIS", _redis.Address), ("SECRET_KEY", Apps.Key));

    [NeedsFact(Tool.Redis, Tool.Coreutils)]
    public async Task Two_instances_share_sessions_and_one_continues_when_the_other_is_killed()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new() });
        await using var first = Instance();
        await using var second = Instance();
        var (one, two) = (await first.Url(), await second.Url());

        var counts = new List<string>();
        foreach (var url in (Uri[])[one, two, one, two]) counts.Add(await browser.GetStringAsync(new Uri(url, "/count")));
        using var hanging = await browser.GetAsync(new Uri(one, "/hang"), HttpCompletionOption.ResponseHeadersRead);
        await first.Signal("KILL");
        counts.Add(await browser.GetStringAsync(new Uri(two, "/count")));

        Assert.Equal(["1", "2", "3", "4", "5"], counts);
    }

    [NeedsTheory(Tool.Redis)]
    [InlineData("clear")]
    [InlineData("regenerate")]
    public async Task A_session_that_one_instance_ended_is_not_restored_by_another(string end)
    {
        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        await using var first = Instance();
        await using var second = Instance();
        var (one, two) = (await first.Url(), await second.Url());
        async Task<(string Text, string Cookie)> Ask(Uri instance, string path, string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(instance, path)) { Headers = { { "Cookie", cookie } } };
            using var response = await thief.SendAsync(request);
            return (await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines.Single().Split(';')[0] : "");
        }
        var stolen = (await Ask(one, "/count", "a=b")).Cookie;

        var slow = Ask(one, "/slow", stolen);
        await Ask(one, "/arrived", "a=b");
        await Ask(two, $"/{end}", stolen);
        await Ask(one, "/release", "a=b");
        var late = await slow;
        var (atOne, atTwo) = (await Ask(one, "/count", stolen), await Ask(two, "/count", stolen));

        Assert.Equal(("written", ""), late);
        Assert.Equal(("1", "1"), (atOne.Text, atTwo.Text));
    }

    [NeedsTheory(Tool.Redis)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_Redis_is_down_requests_get_a_503_or_an_empty_session_and_afterwards_they_work_again(bool isEmpty)
    {
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await Connect();
        connection.ConnectionRestored += (_, restoring) =>
        {
            if (restoring.ConnectionType == ConnectionType.Interactive) restored.TrySetResult();
        };
        var log = new LogLines();
        await using var client = App(connection, isEmpty, log).TestClient(new() { PropagateExceptions = false });

        await client.GetAsync("/set");
        await _redis.Stop();
        var read = await client.GetAsync("/get");
        var untouched = await client.GetAsync("/untouched");
        await _redis.StartAgain();
        await restored.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var after = await client.GetAsync("/get");

        Assert.Equal(isEmpty ? (200, "nobody") : (503, ""), (read.Status, isEmpty ? read.Text : ""));
        Assert.Equal((isEmpty ? 200 : 503, isEmpty ? "" : "5"), (untouched.Status, $"{untouched.Headers.RetryAfter}"));
        Assert.Equal((200, "peter"), (after.Status, after.Text));
        Assert.Contains(log.Lines, line => line.EndsWith("The session couldn't be read from its store.", StringComparison.Ordinal));
    }

    [NeedsTheory(Tool.Redis)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_write_to_the_store_is_a_503(bool isEmpty)
    {
        await using var connection = await Connect();
        var log = new LogLines();
        await using var client = App(connection, isEmpty, log).TestClient();

        await client.GetAsync("/untouched");
        await _redis.Stop();
        var set = await client.GetAsync("/set");

        Assert.Equal((isEmpty ? 200 : 503, 0), (set.Status, set.Headers.SetCookie.Count));
        Assert.Contains(log.Lines, line => line.EndsWith("The session couldn't be written to its store. Its changes are lost.", StringComparison.Ordinal));
    }

    [NeedsFact(Tool.Redis)]
    public async Task A_session_in_Redis_slides_and_expires()
    {
        await using var connection = await Connect();
        await using var client = App(connection, false, new()).TestClient();

        await client.GetAsync("/set");
        var key = connection.GetServers()[0].Keys().Single();
        var life = await connection.GetDatabase().KeyTimeToLiveAsync(key);

        Assert.StartsWith("session:", $"{key}", StringComparison.Ordinal);
        Assert.InRange(life!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    static ModularApp App(ConnectionMultiplexer connection, bool isEmpty, LogLines log)
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, PermanentLifetime = TimeSpan.FromMinutes(10), Store = new() { EmptyWhenUnavailable = isEmpty } })
            .With("/set", () => Current.Session["user"] = "peter")
            .With("/get", () => Current.Session.Find("user") ?? "nobody")
            .With("/untouched", () => "nothing");
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.Services.AddStackExchangeRedisCache(redis => redis.ConnectionMultiplexerFactory = () => Task.FromResult<IConnectionMultiplexer>(connection));
        return app;
    }

    Task<ConnectionMultiplexer> Connect() => ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
    {
        EndPoints = { _redis.Address },
        AbortOnConnectFail = false,
        BacklogPolicy = BacklogPolicy.FailFast,
        ReconnectRetryPolicy = new LinearRetry(100),
        AsyncTimeout = 3000,
        ConnectTimeout = 3000,
    });
}
