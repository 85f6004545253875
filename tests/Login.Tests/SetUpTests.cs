namespace Modular.Login.Tests;

public sealed class SetUpTests
{
    readonly Users _users = new();

    static string Problem(ModularApp app) => Assert.Throws<ModularException>(() => app.AppContext()).Message;

    [Fact]
    public void Without_sessions_the_error_says_what_to_add()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseLogin(_users.Find);

        Assert.Equal("Modular.Login requires Modular.Sessions, which isn't installed. Add the package and call app.UseSessions(…).", Problem(app));
    }

    [Theory]
    [InlineData("lgoin", " Did you mean \"login\"?")]
    [InlineData("sign_in_here", "")]
    public void A_login_page_that_does_not_exist_is_an_error_with_the_nearest_name(string view, string hint) => Assert.Equal(
        $"LoginView of Modular.Login is \"{view}\", but there is no such endpoint.{hint} " +
        "Write the endpoint of the log-in page's rule, or a path that starts with a slash.",
        Problem(Apps.New(_users, new() { LoginView = view })));

    [Fact]
    public void All_problems_are_reported_together() => Assert.Equal(
        """
        The application can't start, for 4 reasons.
        1. Modular.Login has a RememberStore but no cache. Call app.Services.AddStackExchangeRedisCache(…), or set one: RememberStore = new() { Cache = … }.
        2. IdleTimeout of Modular.Login is longer than AbsoluteTimeout, so it has no effect. Make it shorter, or remove it.
        3. LoginView of Modular.Login is "a", but there is no such endpoint. Write the endpoint of the log-in page's rule, or a path that starts with a slash.
        4. RefreshView of Modular.Login is "b", but there is no such endpoint. Write the endpoint of the log-in page's rule, or a path that starts with a slash.
        """,
        Problem(Apps.New(_users, new()
        {
            LoginView = "a", RefreshView = "b", RememberStore = new(), IdleTimeout = TimeSpan.FromHours(2), AbsoluteTimeout = TimeSpan.FromHours(1),
        })));

    [Fact]
    public void A_cookie_name_that_browsers_reject_is_an_error() =>
        Assert.Contains("a b", Problem(Apps.New(_users, new() { RememberCookieName = "a b" })), StringComparison.Ordinal);

    [Fact]
    public void Installed_twice_it_is_an_error()
    {
        var app = Apps.New(_users, new());
        app.UseLogin(_users.Find);

        Assert.Contains("Modular.Login is installed 2 times. Remove all calls but one.", Problem(app), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_times_are_refused_with_their_name()
    {
        Assert.StartsWith("IdleTimeout must be greater than zero.", Assert.Throws<ArgumentOutOfRangeException>(() => new LoginOptions { IdleTimeout = TimeSpan.Zero }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Grace must not be negative.", Assert.Throws<ArgumentOutOfRangeException>(() => new RememberStore { Grace = -TimeSpan.FromSeconds(1) }).Message, StringComparison.Ordinal);
        Assert.StartsWith("RememberFor must be greater than zero.", Assert.Throws<ArgumentOutOfRangeException>(() => new LoginOptions { RememberFor = -TimeSpan.FromDays(1) }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_sessions_and_login_does_not_matter()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseLogin(_users.Find).UseSessions(new() { SecretKey = Apps.Key });
        await using var client = app.WithPages(_users).TestClient();

        await client.PostAsync("/login/1");

        Assert.Equal("Ada", (await client.GetAsync("/me")).Text);
    }

    [Fact]
    public async Task Two_applications_of_one_process_have_their_own_users()
    {
        var others = new Users { ["1"] = new User("1", "Other") };
        await using var one = Apps.New(_users).TestClient();
        await using var two = Apps.New(others).TestClient();

        await one.PostAsync("/login/1");
        await two.PostAsync("/login/1");

        Assert.Equal(("Ada", "Other"), ((await one.GetAsync("/me")).Text, (await two.GetAsync("/me")).Text));
    }

    [Fact]
    public async Task A_template_knows_the_current_user()
    {
        var app = Apps.New(_users);
        app.Get("/global", () => $"{(app.Contributions<Func<RequestContext, object?>>().Single(item => item.Name == "current_user").Value(Current.Context) as User)?.Name}", endpoint: "global");
        await using var client = app.TestClient();

        var anonymous = await client.GetAsync("/global");
        await client.PostAsync("/login/1");

        Assert.Equal(("", "Ada"), (anonymous.Text, (await client.GetAsync("/global")).Text));
    }
}
