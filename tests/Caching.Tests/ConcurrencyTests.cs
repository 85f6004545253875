namespace Modular.Caching.Tests;

public sealed class ConcurrencyTests
{
    static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Waits until a number of requests has passed the hooks, so that they are in the cache's filter or about to enter it.
    sealed class Turnstile(ModularApp app, int count)
    {
        readonly TaskCompletionSource _full = Signal();
        int _passed;

        internal Turnstile Install()
        {
            app.BeforeRequest(() =>
            {
                if (Interlocked.Increment(ref _passed) == count) _full.SetResult();
            });
            return this;
        }

        internal Task Full => _full.Task;
    }

    [Fact]
    public async Task One_run_of_the_view_answers_a_hundred_requests_that_miss_at_once()
    {
        var (counting, open) = (new CountingApp(), Signal());
        var turnstile = new Turnstile(counting.App, 100).Install();
        counting.App.Get("/", async () =>
        {
            await open.Task;
            return counting.Next();
        }, endpoint: "page").Cached();
        await using var client = counting.App.TestClient();

        var requests = Enumerable.Range(0, 100).Select(_ => client.TextAsync("/")).ToList();
        await turnstile.Full;
        open.SetResult();

        Assert.All(await Task.WhenAll(requests), text => Assert.Equal("page 1", text));
    }

    [Fact]
    public async Task A_page_that_is_not_for_everyone_is_never_given_to_those_that_wait()
    {
        var (counting, open) = (new CountingApp(), Signal());
        counting.App.UseSessions(new() { SecretKey = "caching-tests-0123456789" });
        var turnstile = new Turnstile(counting.App, 50).Install();
        counting.App.Get("/", async () =>
        {
            await open.Task;
            return $"{Current.Request.Headers["X-Name"]} {Current.Session["name"] = counting.Next()}";
        }, endpoint: "page").Cached();
        await using var client = counting.App.TestClient(new() { UseCookies = false });

        var requests = Enumerable.Range(0, 50).Select(async n => (n, Text: await client.TextAsync("/", ("X-Name", $"n{n}")))).ToList();
        await turnstile.Full;
        open.SetResult();
        var texts = await Task.WhenAll(requests);

        Assert.All(texts, one => Assert.StartsWith($"n{one.n} ", one.Text, StringComparison.Ordinal));
        Assert.Equal(50, texts.Select(one => one.Text).Distinct().Count());
    }

    [Fact]
    public async Task Those_that_wait_for_a_page_that_varies_get_their_own()
    {
        var (counting, open) = (new CountingApp(), Signal());
        var turnstile = new Turnstile(counting.App, 60).Install();
        counting.App.Get("/", async () =>
        {
            await open.Task;
            return new Response($"{Current.Request.Headers["X-Theme"]} {counting.Next()}") { Headers = { Vary = "X-Theme" } };
        }, endpoint: "page").Cached();
        await using var client = counting.App.TestClient();

        var requests = Enumerable.Range(0, 60).Select(async n => (Theme: $"t{n % 3}", Text: await client.TextAsync("/", ("X-Theme", $"t{n % 3}")))).ToList();
        await turnstile.Full;
        open.SetResult();
        var pages = await Task.WhenAll(requests);

        Assert.All(pages, page => Assert.StartsWith($"{page.Theme} ", page.Text, StringComparison.Ordinal));
        Assert.Equal(3, pages.Select(page => page.Text).Distinct().Count());
    }

    [Fact]
    public async Task When_the_client_of_the_run_leaves_another_request_runs_the_view()
    {
        var (counting, started) = (new CountingApp(), Signal());
        var turnstile = new Turnstile(counting.App, 2).Install();
        var runs = 0;
        counting.App.Get("/", async () =>
        {
            if (Interlocked.Increment(ref runs) > 1) return "second";
            started.SetResult();
            await Task.Delay(Timeout.Infinite, Current.Context.RequestAborted);
            return "first";
        }, endpoint: "page").Cached();
        await using var server = await Served.StartAsync(counting.App);
        using var leaving = new CancellationTokenSource();

        var first = server.Client.GetStringAsync(server.Url, leaving.Token);
        await started.Task;
        var waiting = server.Client.GetStringAsync(server.Url, TestContext.Current.CancellationToken);
        await turnstile.Full;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("second", await waiting);
    }

    [Fact]
    public async Task A_request_that_waits_can_be_cancelled_alone()
    {
        var (counting, started, open) = (new CountingApp(), Signal(), Signal());
        var ended = Signal();
        counting.App.TeardownRequest(_ => { if (Current.Request.Headers.ContainsKey("X-Leaves")) ended.SetResult(); });
        var turnstile = new Turnstile(counting.App, 2).Install();
        counting.App.Get("/", async () =>
        {
            started.TrySetResult();
            await open.Task;
            return counting.Next();
        }, endpoint: "page").Cached();
        await using var server = await Served.StartAsync(counting.App);
        using var leaving = new CancellationTokenSource();

        var first = server.Client.GetStringAsync(server.Url, TestContext.Current.CancellationToken);
        await started.Task;
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url) { Headers = { { "X-Leaves", "1" } } };
        var waiting = server.Client.SendAsync(request, leaving.Token);
        await turnstile.Full;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        open.SetResult();

        Assert.Equal("page 1", await first);
    }

    [Fact]
    public async Task When_the_view_fails_those_that_wait_run_it_themselves()
    {
        var (counting, open) = (new CountingApp(), Signal());
        var turnstile = new Turnstile(counting.App, 10).Install();
        counting.App.ErrorHandler<InvalidOperationException>(error => (Response)error.Message);
        counting.App.Get("/", (Func<Task<string>>)(async () =>
        {
            await open.Task;
            throw new InvalidOperationException(counting.Next());
        }), endpoint: "page").Cached();
        await using var client = counting.App.TestClient();

        var requests = Enumerable.Range(0, 10).Select(_ => client.TextAsync("/")).ToList();
        await turnstile.Full;
        open.SetResult();

        Assert.Equal(10, (await Task.WhenAll(requests)).Distinct().Count());
    }
}
