using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Modular.Sessions.Tests;

/// <summary>A session on the server that has ended stays ended, whatever concurrent requests do.</summary>
public sealed class EndedSessionTests : IDisposable
{
    const string Lost = "A session was changed after another request had ended it with Clear or Regenerate. The changes are lost.";

    readonly SteppedCache _cache = new();
    readonly LogLines _log = new();
    readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _log.Dispose();

    ModularApp App(bool isPermanent = false)
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, Store = new() { Cache = _cache } })
            .With("/login", () =>
            {
                (Current.Session.Permanent, Current.Session["user"]) = (isPermanent, "peter");
                if (!isPermanent) Current.Session.Remove("_permanent");
                return "in";
            })
            .With("/user", () => Current.Session.Find("user") ?? "nobody");
        foreach (var (name, act) in Acts)
        {
            app.With($"/{name}", () =>
            {
                act();
                return name;
            });
            app.Route($"/slow/{name}", async () =>
            {
                _ = Current.Session;
                _arrived.SetResult();
                await _released.Task;
                act();
                return name;
            }, endpoint: $"slow-{name}");
        }
        app.Services.AddSingleton<ILoggerProvider>(_log);
        return app;
    }

    static readonly Dictionary<string, Action> Acts = new()
    {
        ["clear"] = () => Current.Session.Clear(),
        ["clear-with-a-message"] = () =>
        {
            Current.Session.Clear();
            Current.Session["message"] = "Good-bye";
        },
        ["remove-all"] = () =>
        {
            foreach (var key in Current.Session.Keys.ToList()) Current.Session.Remove(key);
        },
        ["remove-all-with-a-message"] = () =>
        {
            foreach (var key in Current.Session.Keys.ToList()) Current.Session.Remove(key);
            Current.Session["message"] = "Good-bye";
        },
        ["regenerate"] = () => Current.Session.Regenerate(),
        ["set"] = () => Current.Session["seen"] = 1,
        ["mark"] = () => Current.Session.Modified = true,
        ["permanent"] = () => Current.Session.Permanent = true,
        ["remove"] = () =>
        {
            Current.Session["seen"] = 1;
            Current.Session.Remove("seen");
        },
        ["read"] = () => _ = Current.Session.Count,
    };

    static string Id(TestResponse response) => $"{response.Headers.SetCookie}".Split(';')[0];

    public static TheoryData<string, string> EndsAndWrites()
    {
        var data = new TheoryData<string, string>();
        foreach (var end in (string[])["clear", "clear-with-a-message", "remove-all", "remove-all-with-a-message", "regenerate"])
            foreach (var write in (string[])["set", "mark", "permanent", "remove", "regenerate"]) data.Add(end, write);
        return data;
    }

    [Theory]
    [MemberData(nameof(EndsAndWrites))]
    public async Task A_running_request_does_not_restore_a_session_that_has_ended(string end, string write)
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var stolen = Id(await client.GetAsync("/login"));

        var slow = client.GetAsync($"/slow/{write}", stolen);
        await _arrived.Task;
        var ended = await client.GetAsync($"/{end}", stolen);
        _released.SetResult();
        var late = await slow;

        Assert.Equal((200, 0), (late.Status, late.Headers.SetCookie.Count));
        Assert.Equal("nobody", (await client.GetAsync("/user", stolen)).Text);
        Assert.Equal(end == "regenerate" ? "peter" : "nobody", (await client.GetAsync("/user", Id(ended))).Text);
        Assert.Contains(Lost, _log.Lines);
    }

    [Theory]
    [MemberData(nameof(EndsAndWrites))]
    public async Task It_is_not_restored_when_it_ends_between_the_check_and_the_write(string end, string write)
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var stolen = Id(await client.GetAsync("/login"));
        _cache.BeforeSet = _ => client.GetAsync($"/{end}", stolen);

        var late = await client.GetAsync($"/{write}", stolen);

        Assert.Equal((200, 0), (late.Status, late.Headers.SetCookie.Count));
        Assert.Equal("nobody", (await client.GetAsync("/user", stolen)).Text);
        Assert.Equal(end is "regenerate" or "clear-with-a-message" or "remove-all-with-a-message" ? 1 : 0, _cache.Entries.Count());
        Assert.DoesNotContain(_cache.Entries, key => stolen.Contains(key["session:".Length..], StringComparison.Ordinal));
        Assert.Contains(Lost, _log.Lines);
    }

    [Fact]
    public async Task It_is_not_restored_when_the_writer_dies_after_its_write()
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var stolen = Id(await client.GetAsync("/login"));
        _cache.BeforeSet = async _ =>
        {
            await client.GetAsync("/clear", stolen);
            _cache.BeforeGet = _ => throw new IOException("The power is off.");
        };

        var late = await client.GetAsync("/set", stolen);
        var came = _cache.Entries.Count();
        var thief = await client.GetAsync("/user", stolen);

        Assert.Equal((503, 1), (late.Status, came));
        Assert.Equal("nobody", thief.Text);
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public async Task A_session_that_was_deleted_in_the_store_stays_deleted()
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var stolen = Id(await client.GetAsync("/login"));

        var slow = client.GetAsync("/slow/set", stolen);
        await _arrived.Task;
        await _cache.RemoveAsync(_cache.Entries.Single());
        _released.SetResult();
        await slow;

        Assert.Equal("nobody", (await client.GetAsync("/user", stolen)).Text);
        Assert.Empty(_cache.Entries);
    }

    [Theory]
    [InlineData("clear")]
    [InlineData("clear-with-a-message")]
    [InlineData("remove-all")]
    public async Task A_log_out_also_ends_the_new_id_that_another_request_gave_the_session_meanwhile(string end)
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var first = Id(await client.GetAsync("/login"));

        var slow = client.GetAsync($"/slow/{end}", first);
        await _arrived.Task;
        var second = Id(await client.GetAsync("/regenerate", first));
        var third = Id(await client.GetAsync("/regenerate", second));
        var before = (await client.GetAsync("/user", third)).Text;
        _released.SetResult();
        await slow;

        Assert.Equal("peter", before);
        foreach (var cookie in (string[])[first, second, third]) Assert.Equal("nobody", (await client.GetAsync("/user", cookie)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_log_out_at_any_step_of_a_regeneration_leaves_no_session(int step)
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var first = Id(await client.GetAsync("/login"));
        var sets = 0;
        _cache.EachSet = async _ =>
        {
            if (sets++ != step) return;
            _cache.EachSet = null;
            await client.GetAsync("/clear", first);
        };

        var regenerated = await client.GetAsync("/regenerate", first);

        Assert.Null(_cache.EachSet);
        Assert.Equal("nobody", (await client.GetAsync("/user", first)).Text);
        Assert.Equal("nobody", (await client.GetAsync("/user", Id(regenerated))).Text);
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public async Task Of_two_regenerations_one_after_the_other_the_first_gets_the_new_id()
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var first = Id(await client.GetAsync("/login"));

        var slow = client.GetAsync("/slow/regenerate", first);
        await _arrived.Task;
        var second = Id(await client.GetAsync("/regenerate", first));
        _released.SetResult();
        var late = await slow;

        Assert.Equal((0, "peter"), (late.Headers.SetCookie.Count, (await client.GetAsync("/user", second)).Text));
        Assert.Single(_cache.Entries);
    }

    [Theory]
    [InlineData("clear-with-a-message")]
    [InlineData("remove-all-with-a-message")]
    public async Task Values_set_after_a_log_out_belong_to_a_new_session_with_a_new_id(string end)
    {
        await using var client = App().TestClient();
        var before = Id(await client.GetAsync("/login"));

        var after = Id(await client.GetAsync($"/{end}"));

        Assert.NotEqual(before, after);
        Assert.Equal("nobody", (await client.GetAsync("/user")).Text);
        Assert.Single(_cache.Entries);
    }

    [Fact]
    public async Task A_permanent_session_that_has_ended_is_not_refreshed()
    {
        await using var client = App(isPermanent: true).TestClient(new() { UseCookies = false });
        var first = Id(await client.GetAsync("/login"));

        var slow = client.GetAsync("/slow/read", first);
        await _arrived.Task;
        await client.GetAsync("/regenerate", first);
        _released.SetResult();
        var late = await slow;

        Assert.Equal((200, 0), (late.Status, late.Headers.SetCookie.Count));
        Assert.DoesNotContain(Lost, _log.Lines);
    }

    [Fact]
    public async Task A_log_out_counts_also_when_the_browser_was_closed_right_after_it()
    {
        var app = App();
        app.Route("/leave", (HttpContext http) =>
        {
            Current.Session.Clear();
            http.RequestAborted = new(canceled: true);
            return "left";
        }, endpoint: "leave");
        await using var client = app.TestClient(new() { UseCookies = false });
        var stolen = Id(await client.GetAsync("/login"));

        await client.GetAsync("/leave", stolen);

        Assert.Equal("nobody", (await client.GetAsync("/user", stolen)).Text);
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public async Task The_mark_of_an_ended_session_expires()
    {
        await using var client = App().TestClient();

        await client.GetAsync("/login");
        await client.GetAsync("/regenerate");
        await client.GetAsync("/clear");

        Assert.All(_cache.Lives.Where(life => !SteppedCache.IsEntry(life.Key)), life => Assert.Equal(TimeSpan.FromDays(1), life.Value));
        Assert.Equal(3, _cache.Lives.Count(life => !SteppedCache.IsEntry(life.Key)));
    }

    /// <summary>ASP.NET's cache in memory, with an action before one of its steps. Like Redis, it refuses to start when it is cancelled.</summary>
    sealed class SteppedCache : IDistributedCache
    {
        readonly MemoryDistributedCache _inner = new(Options.Create(new MemoryDistributedCacheOptions()));
        readonly ConcurrentDictionary<string, bool> _keys = [];

        /// <summary>Runs once, before the next entry is written.</summary>
        internal Func<string, Task>? BeforeSet { get; set; }

        /// <summary>Runs once, before the next read.</summary>
        internal Func<string, Task>? BeforeGet { get; set; }

        /// <summary>Runs before each write.</summary>
        internal Func<string, Task>? EachSet { get; set; }

        internal IEnumerable<string> Entries => _keys.Keys.Where(IsEntry);

        internal ConcurrentDictionary<string, TimeSpan?> Lives { get; } = [];

        internal static bool IsEntry(string key) => key.IndexOf(':', "session:".Length) < 0;

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            token.ThrowIfCancellationRequested();
            if (BeforeGet is { } act)
            {
                BeforeGet = null;
                await act(key);
            }
            return await _inner.GetAsync(key, token);
        }

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            token.ThrowIfCancellationRequested();
            if (BeforeSet is { } act && IsEntry(key))
            {
                BeforeSet = null;
                await act(key);
            }
            if (EachSet is { } each) await each(key);
            (_keys[key], Lives[key]) = (true, options.AbsoluteExpirationRelativeToNow);
            await _inner.SetAsync(key, value, options, token);
        }

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            token.ThrowIfCancellationRequested();
            _keys.TryRemove(key, out _);
            return _inner.RemoveAsync(key, token);
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => _inner.RefreshAsync(key, token);

        // Never during a request, because it would block.
        public byte[]? Get(string key) => throw new NotSupportedException();
        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();
        public void Refresh(string key) => throw new NotSupportedException();
        public void Remove(string key) => throw new NotSupportedException();
    }
}
