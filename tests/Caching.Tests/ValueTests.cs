namespace Modular.Caching.Tests;

public sealed class ValueTests
{
    [Fact]
    public async Task A_value_is_made_once_in_its_lifetime_and_can_be_removed()
    {
        var (counting, cancellationToken) = (new CountingApp(), TestContext.Current.CancellationToken);
        using var scope = counting.App.TestRequestContext("/");
        ValueTask<Rate> Get() => Current.Cache.GetOrCreateAsync("rate", _ => new ValueTask<Rate>(new Rate(counting.Next(), 1.5m)), TimeSpan.FromMinutes(1), ["rates"]);

        var first = await Get();
        Assert.Equal(first, await Get());
        counting.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("page 2", (await Get()).Name);
        await Current.Cache.RemoveAsync("rate", cancellationToken);
        Assert.Equal("page 3", (await Get()).Name);
        await Current.Cache.RemoveByTagAsync("rates", cancellationToken);
        Assert.Equal(new("page 4", 1.5m), await Get());
    }

    sealed record Rate(string Name, decimal Value);

    [Fact]
    public async Task A_value_that_is_null_is_a_value()
    {
        var (counting, runs) = (new CountingApp(), 0);
        using var scope = counting.App.TestRequestContext("/");

        for (var i = 0; i < 2; i++) Assert.Null(await Current.Cache.GetOrCreateAsync("none", _ => { runs++; return new ValueTask<string?>((string?)null); }));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_hundred_callers_share_one_run_and_an_error_is_not_stored()
    {
        var (counting, open) = (new CountingApp(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var scope = counting.App.TestRequestContext("/");
        var cache = Current.Cache;

        var values = Enumerable.Range(0, 100).Select(_ => cache.GetOrCreateAsync("key", async _ => { await open.Task; return counting.Next(); }).AsTask()).ToList();
        open.SetResult();
        Assert.All(await Task.WhenAll(values), value => Assert.Equal("page 1", value));

        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetOrCreateAsync<string>("bad", _ => throw new InvalidOperationException()).AsTask());
        Assert.Equal("good", await cache.GetOrCreateAsync("bad", _ => new ValueTask<string>("good")));
    }

    [Fact]
    public async Task A_function_is_memoised_by_its_argument_in_every_culture()
    {
        var counting = new CountingApp();
        var square = Memoize("square", (double number, CancellationToken _) => new ValueTask<string>($"{number * number} {counting.Next()}"));
        using var scope = counting.App.TestRequestContext("/");

        var first = await square(1.5);

        Assert.Equal(first, await square(1.5));
        Assert.NotEqual(first, await square(15));
        await Current.Cache.RemoveByTagAsync("square", TestContext.Current.CancellationToken);
        Assert.NotEqual(first, await square(1.5));
    }
}
