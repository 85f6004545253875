using StackExchange.Redis;

namespace Modular.Caching.Tests;

/// <summary>With a real Redis, and instances of an application in separate processes.</summary>
public sealed class StoreTests : IAsyncLifetime
{
    Redis _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await Redis.Start();

    public async ValueTask DisposeAsync() => await _redis.DisposeAsync();

    ServedProcess Instance() => ServedProcess.Start("SharedPages.dll", [], ("REDIS", _redis.Address));

    [NeedsFact(Tool.Redis, Tool.Coreutils)]
    public async Task Two_instances_share_pages_and_removals_and_one_continues_when_the_other_is_killed()
    {
        using var browser = new HttpClient();
        await using var first = Instance();
        await using var second = Instance();
        var (one, two) = (await first.Url(), await second.Url());
        // Without proxies: the host is part of the key, and the instances have different ports.
        async Task<string> Page(Uri instance)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(instance, "/page")) { Headers = { Host = "site.test" } };
            using var response = await browser.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        }

        var made = await Page(one);
        Assert.Equal(made, await Page(two));
        await browser.PostAsync(new Uri(two, "/remove"), null, TestContext.Current.CancellationToken);
        var again = await Page(one);
        Assert.NotEqual(made, again);
        await first.Signal("KILL");

        Assert.Equal(again, await Page(two));
    }

    [NeedsFact(Tool.Redis)]
    public async Task While_Redis_is_down_every_request_is_answered_by_its_view_and_the_log_says_so_once()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { _redis.Address },
            AbortOnConnectFail = false,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(100),
            AsyncTimeout = 3000,
            ConnectTimeout = 3000,
        });
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionRestored += (_, restoring) =>
        {
            if (restoring.ConnectionType == ConnectionType.Interactive) restored.TrySetResult();
        };
        var counting = new CountingApp();
        counting.App.Services.AddStackExchangeRedisCache(redis => redis.ConnectionMultiplexerFactory = () => Task.FromResult<IConnectionMultiplexer>(connection));
        counting.App.Get("/", () => counting.Next(), endpoint: "page").Cached(configure: o => o.Tags = ["t"]);
        await using var client = counting.App.TestClient();

        Assert.Equal(("page 1", "page 1"), (await client.TextAsync("/"), await client.TextAsync("/")));
        await _redis.Stop();
        Assert.Equal(("page 2", "page 3"), (await client.TextAsync("/"), await client.TextAsync("/")));
        await _redis.StartAgain();
        await restored.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(("page 1", "page 1"), (await client.TextAsync("/"), await client.TextAsync("/")));

        Assert.Single(counting.Log.Lines, line => line.Contains("The cache isn't available. Pages are made for each request until it is again.", StringComparison.Ordinal));
        Assert.Single(counting.Log.Lines, line => line.Contains("The cache is available again.", StringComparison.Ordinal));
    }
}
