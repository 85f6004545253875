namespace Modular.Login.Tests;

/// <summary>A log-in together with a cache and with CSRF protection.</summary>
public sealed class TogetherTests
{
    readonly Users _users = new();
    int _runs;

    ModularApp App(bool cacheFirst)
    {
        var app = Apps.Plain();
        if (cacheFirst) app.UseCaching();
        app.UseLogin(_users.Find, new() { LoginView = "login" });
        if (!cacheFirst) app.UseCaching();
        app.Get("/members", () => $"run {++_runs} for {Current.User<User>()!.Name}", endpoint: "members").LoginRequired().Cached(TimeSpan.FromMinutes(1));
        app.Get("/mine", () => $"run {++_runs} for {Current.User<User>()!.Name}", endpoint: "mine").LoginRequired()
            .Cached(TimeSpan.FromMinutes(1), options => options.PerUser = true);
        app.Get("/both", async () => $"run {++_runs} for {(await Current.UserAsync<User>())?.Name}", endpoint: "both").Cached(TimeSpan.FromMinutes(1));
        app.Get("/open", () => $"run {++_runs}", endpoint: "open").Cached(TimeSpan.FromMinutes(1));
        return app.WithPages(_users);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cached_page_of_a_user_is_never_that_of_a_visitor_or_of_another_user(bool cacheFirst)
    {
        var app = App(cacheFirst);
        await using var ada = app.TestClient();
        await using var bob = app.TestClient();
        await using var visitor = app.TestClient();
        await ada.PostAsync("/login/1");
        await bob.PostAsync("/login/2");

        foreach (var path in (string[])["/members", "/mine", "/both", "/members", "/mine", "/both"])
        {
            Assert.EndsWith(" for Ada", (await ada.GetAsync(path)).Text, StringComparison.Ordinal);
            Assert.EndsWith(" for Bob", (await bob.GetAsync(path)).Text, StringComparison.Ordinal);
            var refused = await visitor.GetAsync(path);
            if (path == "/both") Assert.EndsWith(" for ", refused.Text, StringComparison.Ordinal);
            else Assert.Equal($"/login?next={path}", refused.Location);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_is_cached_per_user_runs_once_for_each_and_is_not_stored_by_browsers(bool cacheFirst)
    {
        var app = App(cacheFirst);
        await using var ada = app.TestClient();
        await using var bob = app.TestClient();
        await ada.PostAsync("/login/1");
        await bob.PostAsync("/login/2");

        var texts = new List<string>();
        foreach (var client in (TestClient[])[ada, bob, ada, bob]) texts.Add((await client.GetAsync("/mine")).Text);

        Assert.Equal(["run 1 for Ada", "run 2 for Bob", "run 1 for Ada", "run 2 for Bob"], texts);
        Assert.Equal("no-store", $"{(await ada.GetAsync("/mine")).Headers.CacheControl}");
    }

    [Fact]
    public async Task A_page_without_a_user_is_cached_for_users_and_visitors()
    {
        var app = App(cacheFirst: false);
        await using var ada = app.TestClient();
        await using var visitor = app.TestClient();
        await ada.PostAsync("/login/1");

        Assert.Equal(("run 1", "run 1"), ((await ada.GetAsync("/open")).Text, (await visitor.GetAsync("/open")).Text));
    }

    [Fact]
    public async Task A_page_that_shows_the_user_is_cached_for_requests_without_cookies_alone()
    {
        var app = App(cacheFirst: false);
        await using var visitor = app.TestClient();
        await using var other = app.TestClient();
        await using var ada = app.TestClient();
        await ada.PostAsync("/login/1");

        string[] texts = [(await visitor.GetAsync("/both")).Text, (await ada.GetAsync("/both")).Text, (await other.GetAsync("/both")).Text, (await ada.GetAsync("/both")).Text];
        await other.SessionTransactionAsync(() => Current.Session["cart"] = "tea");

        Assert.Equal(["run 1 for ", "run 2 for Ada", "run 1 for ", "run 3 for Ada"], texts);
        Assert.Equal("run 4 for ", (await other.GetAsync("/both")).Text);
    }

    [Fact]
    public async Task A_form_of_a_user_whose_login_has_ended_leads_to_the_log_in_page()
    {
        var app = Apps.Plain();
        app.UseCsrf();
        app.UseLogin(_users.Find, new() { LoginView = "login" });
        app.WithPages(_users).Post("/change", () => "changed", endpoint: "change").LoginRequired();
        await using var client = app.TestClient();

        Assert.Equal((303, "/login"), (await client.PostAsync("/change") is var refused ? (refused.Status, refused.Location) : default));
    }

    [Fact]
    public async Task A_CSRF_token_from_before_the_log_in_is_not_valid_after_it()
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find).UseCsrf();
        app.Get("/token", () => CsrfToken(), endpoint: "token");
        app.WithPages(_users);
        await using var client = app.TestClient();
        async Task<TestResponse> Post(string path, string token) => await client.PostAsync(path, new() { Headers = [("X-CSRF-Token", token)] });

        var before = (await client.GetAsync("/token")).Text;
        var login = await Post("/login/1", before);
        var old = await Post("/cart", before);
        var renewed = await Post("/cart", (await client.GetAsync("/token")).Text);

        Assert.Equal((200, 400, 200), (login.Status, old.Status, renewed.Status));
    }
}
