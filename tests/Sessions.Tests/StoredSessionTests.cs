using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Modular.Sessions.Tests;

public sealed class StoredSessionTests
{
    readonly CountingCache _cache = new();

    ModularApp App() => Apps.New(new() { SecretKey = Apps.Key, Store = new() { Cache = _cache } })
        .With("/get", () => Current.Session.Find("user") ?? "nobody")
        .With("/login", () =>
        {
            Current.Session.Regenerate();
            return Current.Session["user"] = "peter";
        })
        .With("/set", () => Current.Session["user"] = "mary")
        .With("/clear", () =>
        {
            Current.Session.Clear();
            return "cleared";
        })
        .With("/permanent", () => Current.Session.Permanent = true)
        .With("/untouched", () => "nothing");

    static string Id(TestResponse response) => $"{response.Headers.SetCookie}".Split(';')[0];

    [Fact]
    public async Task The_values_stay_on_the_server_and_the_cookie_has_a_signed_id()
    {
        await using var client = App().TestClient();

        var set = await client.GetAsync("/set");
        var get = await client.GetAsync("/get");

        var value = Id(set)["session=".Length..].Split('.');
        Assert.Equal((2, 43, "mary"), (value.Length, value[0].Length, get.Text));
        Assert.Equal([$"session:{value[0]}"], _cache.Keys);
        Assert.Equal("Cookie", $"{get.Headers.Vary}");
        Assert.Equal(0, get.Headers.SetCookie.Count);
    }

    [Fact]
    public async Task Middleware_loads_the_session_and_the_view_gets_the_same_one_from_one_read()
    {
        var app = App();
        app.UseMiddleware(async (http, next) =>
        {
            var session = await Current.Context.LoadSessionAsync();
            if (http.Request.Path == "/seen") session["seen"] = session.Find("user");
            await next(http);
        });
        app.With("/seen", () => Current.Session.Find("seen") ?? "");
        await using var client = app.TestClient();

        var empty = await client.GetAsync("/seen");
        await client.GetAsync("/set");
        var seen = await client.GetAsync("/seen");
        var before = _cache.Reads;
        var get = await client.GetAsync("/get");

        Assert.Equal(("", "mary", "mary"), (empty.Text, seen.Text, get.Text));
        Assert.Equal(2, _cache.Reads - before);         // the entry and the mark of its end, once
    }

    [Fact]
    public async Task Of_two_requests_that_change_one_session_at_once_the_last_one_wins()
    {
        var (bothAreIn, firstIsDone) = (new Barrier(2), new TaskCompletionSource());
        var app = App();
        app.Route("/at-once/<name>", async (string name) =>
        {
            Current.Session[name] = 1;
            await Task.Run(bothAreIn.SignalAndWait);
            if (name == "last") await firstIsDone.Task;
            return "set";
        }, endpoint: "at-once");
        app.With("/keys", () => string.Join(' ', Current.Session.Keys.Order()));
        await using var client = app.TestClient();
        await client.GetAsync("/set");

        var last = client.GetAsync("/at-once/last");
        await client.GetAsync("/at-once/first");
        var between = await client.GetAsync("/keys");
        firstIsDone.SetResult();
        await last;

        Assert.Equal("first user", between.Text);
        Assert.Equal("last user", (await client.GetAsync("/keys")).Text);
        bothAreIn.Dispose();
    }

    [Fact]
    public async Task The_store_is_read_only_with_a_cookie_and_written_only_after_changes()
    {
        await using var client = App().TestClient();

        await client.GetAsync("/get");
        await client.GetAsync("/untouched");
        var without = (_cache.Reads, _cache.Writes);
        await client.GetAsync("/set");
        var set = (_cache.Reads, _cache.Writes);
        await client.GetAsync("/get");
        await client.GetAsync("/untouched");

        // Each time the entry, and whether it has ended.
        Assert.Equal(((0, 0), (0, 1), (4, 1)), (without, set, (_cache.Reads, _cache.Writes)));
    }

    [Fact]
    public async Task Clearing_deletes_the_entry_and_the_cookie()
    {
        await using var client = App().TestClient();

        await client.GetAsync("/set");
        var cleared = await client.GetAsync("/clear");

        Assert.Empty(_cache.Entries);
        Assert.StartsWith("session=; Expires=Thu, 01 Jan 1970", $"{cleared.Headers.SetCookie}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_in_changes_the_id_and_the_old_one_is_forgotten()
    {
        await using var client = App().TestClient();
        await using var thief = App().TestClient(new() { UseCookies = false });

        var before = Id(await client.GetAsync("/set"));
        var after = Id(await client.GetAsync("/login"));

        Assert.NotEqual(before, after);
        Assert.Equal(("peter", "nobody", "peter"), ((await client.GetAsync("/get")).Text, (await thief.GetAsync("/get", before)).Text, (await thief.GetAsync("/get", after)).Text));
        Assert.Single(_cache.Entries);
    }

    [Fact]
    public async Task An_id_that_the_store_does_not_know_is_never_used()
    {
        await using var client = App().TestClient(new() { UseCookies = false });
        var chosen = $"session={new Signer(Apps.Key, SessionSerializer.FlaskCookie with { Salt = "modular-session-id" }).Sign("chosen-by-somebody")}";

        var response = await client.GetAsync("/set", chosen);

        Assert.NotEqual(chosen, Id(response));
        Assert.DoesNotContain("session:chosen-by-somebody", _cache.Keys);
    }

    [Theory]
    [InlineData("session=")]
    [InlineData("session=abc")]
    [InlineData("session=abc.def")]
    public async Task An_id_with_an_invalid_signature_is_not_looked_up(string cookie)
    {
        await using var client = App().TestClient(new() { UseCookies = false });

        var response = await client.GetAsync("/get", cookie);
        var flask = await client.GetAsync("/get", Apps.Cookie(new Dictionary<string, object?> { ["user"] = "flask" }));

        Assert.Equal(("nobody", "nobody", 0), (response.Text, flask.Text, _cache.Reads));
    }

    [Fact]
    public async Task A_permanent_session_refreshes_its_cookie_and_not_its_entry()
    {
        await using var client = App().TestClient(new() { UseCookies = false });

        var cookie = Id(await client.GetAsync("/permanent"));
        var refreshed = await client.GetAsync("/get", cookie);
        var untouched = await client.GetAsync("/untouched", cookie);

        Assert.Contains("; Expires=", $"{refreshed.Headers.SetCookie}", StringComparison.Ordinal);
        Assert.Equal((1, 0), (_cache.Writes, untouched.Headers.SetCookie.Count));
    }

    [Fact]
    public async Task An_entry_that_is_not_a_session_gives_an_empty_one()
    {
        await using var client = App().TestClient();
        await client.GetAsync("/set");
        await _cache.SetAsync(_cache.Keys.Single(), "no session"u8.ToArray(), new(), default);

        Assert.Equal("nobody", (await client.GetAsync("/get")).Text);
    }

    [Fact]
    public async Task A_cache_among_the_services_is_found()
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, Store = new() }).With("/set", () => Current.Session["a"] = 1).With("/get", () => Current.Session["a"]);
        app.Services.AddDistributedMemoryCache();
        await using var client = app.TestClient();

        await client.GetAsync("/set");

        Assert.Equal("1", (await client.GetAsync("/get")).Text);
    }

    /// <summary>ASP.NET's cache in memory, which records its calls.</summary>
    sealed class CountingCache : IDistributedCache
    {
        readonly MemoryDistributedCache _inner = new(Options.Create(new MemoryDistributedCacheOptions()));
        readonly HashSet<string> _keys = [];

        internal IReadOnlyCollection<string> Keys => _keys;
        internal IEnumerable<string> Entries => _keys.Where(key => !key.StartsWith("session:ended:", StringComparison.Ordinal) && !key.StartsWith("session:next:", StringComparison.Ordinal));
        internal int Reads { get; private set; }
        internal int Writes { get; private set; }

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Reads++;
            return _inner.GetAsync(key, token);
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Writes++;
            _keys.Add(key);
            return _inner.SetAsync(key, value, options, token);
        }

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            _keys.Remove(key);
            return _inner.RemoveAsync(key, token);
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => _inner.RefreshAsync(key, token);

        // Never in a request, because it would block.
        public byte[]? Get(string key) => throw new NotSupportedException();
        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();
        public void Refresh(string key) => throw new NotSupportedException();
        public void Remove(string key) => throw new NotSupportedException();
    }
}
