using System.Net;

namespace Modular.Login.Tests;

public sealed class ThrottleTests
{
    readonly Users _users = new();
    readonly TestClock _clock = new();

    ModularApp New(ThrottleOptions? throttle = null)
    {
        var app = Apps.New(_users, new() { LoginView = "login", Throttle = throttle ?? new() }, clock: _clock);
        app.Post("/try", () =>
        {
            var form = Current.Request.Form;
            ThrottleLogin(form["name"]);
            return form["password"] == "right" && LoginUser(_users["1"]) ? "in" : "wrong";
        }, endpoint: "try");
        return app;
    }

    static Task<TestResponse> Try(TestClient client, string name, string password = "wrong") =>
        client.PostAsync("/try", new() { Form = [("name", name), ("password", password)] });

    [Fact]
    public async Task After_the_free_attempts_the_delay_for_a_name_doubles()
    {
        await using var client = New(new() { FreePerName = 3 }).TestClient();
        for (var i = 0; i < 3; i++) Assert.Equal("wrong", (await Try(client, "ada")).Text);

        foreach (var delay in (int[])[1, 2, 4, 8])
        {
            var refused = await Try(client, "ada", "right");
            Assert.Equal((429, $"{delay}"), (refused.Status, $"{refused.Headers.RetryAfter}"));
            _clock.Advance(TimeSpan.FromSeconds(delay));
            Assert.Equal("wrong", (await Try(client, "ada")).Text);
        }
    }

    [Fact]
    public async Task A_refused_attempt_is_reported_and_does_not_count()
    {
        await using var client = New(new() { FreePerName = 1 }).TestClient();
        await Try(client, "ada");

        for (var i = 0; i < 5; i++) Assert.Equal([new LoginEvent(LoginEventKind.Throttled, null)], (await Try(client, "ada")).Captured<LoginEvent>());
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("in", (await Try(client, "ada", "right")).Text);
    }

    [Fact]
    public async Task The_delay_has_a_maximum_and_is_forgotten()
    {
        await using var client = New(new() { FreePerName = 1, MaxDelay = TimeSpan.FromSeconds(5), ForgetAfter = TimeSpan.FromMinutes(1) }).TestClient();
        for (var i = 0; i < 60; i++)
        {
            await Try(client, "ada");
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
        await Try(client, "ada");
        Assert.Equal("5", $"{(await Try(client, "ada")).Headers.RetryAfter}");

        _clock.Advance(TimeSpan.FromMinutes(1));
        await Try(client, "ada");

        Assert.Equal("1", $"{(await Try(client, "ada")).Headers.RetryAfter}");
    }

    [Fact]
    public async Task A_login_resets_the_count_of_its_name()
    {
        await using var client = New(new() { FreePerName = 2 }).TestClient();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("wrong", (await Try(client, "ada")).Text);
            Assert.Equal("in", (await Try(client, "ada", "right")).Text);
        }
    }

    [Fact]
    public async Task Names_that_differ_in_case_and_blanks_are_one_name_and_others_are_not()
    {
        await using var client = New(new() { FreePerName = 1 }).TestClient();
        await Try(client, "Ada");

        Assert.Equal(429, (await Try(client, " aDA ")).Status);
        Assert.Equal(200, (await Try(client, "adam")).Status);
    }

    [Fact]
    public async Task An_address_that_tries_many_names_has_to_wait_and_others_do_not()
    {
        var app = New(new() { FreePerAddress = 4 });
        await using var attacker = app.TestClient(new() { RemoteAddress = IPAddress.Parse("203.0.113.9") });
        await using var other = app.TestClient(new() { RemoteAddress = IPAddress.Parse("203.0.113.10") });
        for (var i = 0; i < 4; i++) Assert.Equal(200, (await Try(attacker, $"user{i}")).Status);

        Assert.Equal(429, (await Try(attacker, "user5")).Status);
        Assert.Equal(200, (await Try(other, "user5")).Status);
    }

    [Fact]
    public async Task An_attacker_with_an_account_does_not_reset_the_count_of_the_address()
    {
        await using var client = New(new() { FreePerAddress = 3 }).TestClient();

        await Try(client, "user1");
        await Try(client, "mine", "right");
        await Try(client, "user2");
        await Try(client, "mine", "right");
        await Try(client, "user3");

        Assert.Equal(429, (await Try(client, "user4")).Status);
    }

    [Fact]
    public async Task The_addresses_of_one_IPv6_network_count_as_one()
    {
        var app = New(new() { FreePerAddress = 1 });
        await using var first = app.TestClient(new() { RemoteAddress = IPAddress.Parse("2001:db8:1:2::1") });
        await using var second = app.TestClient(new() { RemoteAddress = IPAddress.Parse("2001:db8:1:2:ffff::9") });
        await using var third = app.TestClient(new() { RemoteAddress = IPAddress.Parse("2001:db8:1:3::1") });
        await Try(first, "a");

        Assert.Equal((429, 200), ((await Try(second, "b")).Status, (await Try(third, "c")).Status));
    }

    [Fact]
    public async Task Attempts_at_the_same_time_count_before_the_password_is_checked()
    {
        var (all, go) = (new CountdownEvent(3), new TaskCompletionSource());
        var app = Apps.New(_users, new() { Throttle = new() { FreePerName = 3 } }, clock: _clock);
        app.Post("/slow", async () =>
        {
            ThrottleLogin("ada");
            all.Signal();
            await go.Task;
            return "wrong";
        }, endpoint: "slow");
        await using var client = app.TestClient();
        var running = Enumerable.Range(0, 3).Select(_ => client.PostAsync("/slow")).ToList();
        await Task.Run(all.Wait);

        var fourth = await client.PostAsync("/slow");
        go.SetResult();
        await Task.WhenAll(running);

        Assert.Equal(429, fourth.Status);
    }

    [Fact]
    public async Task The_memory_is_bounded_and_the_names_with_the_most_attempts_are_kept()
    {
        var app = New(new() { MaxEntries = 20, FreePerName = 3, FreePerAddress = 100_000 });
        await using var client = app.TestClient();
        for (var i = 0; i < 3; i++) await Try(client, "victim");

        for (var i = 0; i < 200; i++) await Try(client, $"random{i}");

        Assert.InRange(app.Get(LoginPlugin.Service).Throttle.Count, 1, 20);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Try(client, "victim");
        Assert.Equal("2", $"{(await Try(client, "victim")).Headers.RetryAfter}");
    }

    [Fact]
    public async Task Counted_for_each_address_a_user_does_not_wait_for_attempts_from_elsewhere()
    {
        var app = New(new() { FreePerName = 2, NamesByAddress = true });
        await using var attacker = app.TestClient(new() { RemoteAddress = IPAddress.Parse("203.0.113.9") });
        await using var user = app.TestClient(new() { RemoteAddress = IPAddress.Parse("203.0.113.10") });
        for (var i = 0; i < 2; i++) await Try(attacker, "ada");

        Assert.Equal((429, "in"), ((await Try(attacker, "ADA")).Status, (await Try(user, "ada", "right")).Text));
    }

    [Fact]
    public async Task A_page_can_say_itself_how_long_to_wait_and_forget_the_attempts_without_a_login()
    {
        var app = Apps.New(_users, new() { Throttle = new() { FreePerName = 1, FirstDelay = TimeSpan.FromSeconds(90) } }, clock: _clock);
        app.Post("/token", () =>
        {
            if (!TryBeginLogin(Current.Request.Form["name"], out var wait)) return $"wait {wait.TotalSeconds}";
            if (Current.Request.Form["password"] != "right") return "wrong";
            ForgetLoginAttempts();
            return "token";
        }, endpoint: "token");
        await using var client = app.TestClient();
        async Task<string> Ask(string password) => (await client.PostAsync("/token", new() { Form = [("name", "ada"), ("password", password)] })).Text;

        Assert.Equal(["token", "token", "token"], [await Ask("right"), await Ask("right"), await Ask("right")]);
        Assert.Equal(["wrong", "wait 90"], [await Ask("guess"), await Ask("right")]);
    }

    [Fact]
    public void Wrong_limits_are_refused_with_their_name()
    {
        Assert.StartsWith("FreePerName must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new ThrottleOptions { FreePerName = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("MaxDelay must be greater than zero.", Assert.Throws<ArgumentOutOfRangeException>(() => new ThrottleOptions { MaxDelay = TimeSpan.Zero }).Message, StringComparison.Ordinal);
    }
}
