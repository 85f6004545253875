using Microsoft.AspNetCore.Authorization;

namespace Modular.Login.Tests;

public sealed class GuardTests
{
    readonly Users _users = new();

    [Fact]
    public async Task A_visitor_is_redirected_to_the_login_page_and_back()
    {
        await using var client = Apps.New(_users).TestClient();

        var response = await client.GetAsync("/me?tab=2&q=a%20b");

        Assert.Equal((302, "/login?next=/me?tab%3D2%26q%3Da%2520b"), (response.Status, response.Location));
        Assert.Equal("Cookie", $"{response.Headers.Vary}");
    }

    [Fact]
    public async Task The_next_page_is_the_path_as_it_was_encoded_with_the_root_of_a_mounted_application()
    {
        var app = Apps.New(_users);
        app.Get("/wiki/<name>", (string name) => name, endpoint: "wiki").LoginRequired();
        await using var client = app.TestClient(new() { BaseUrl = "http://localhost/shop" });

        var location = (await client.GetAsync("/wiki/caf%C3%A9%3F")).Location!;

        Assert.EndsWith("/login?next=/shop/wiki/caf%25C3%25A9%253F", location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_is_redirected_without_a_next_page()
    {
        var app = Apps.New(_users);
        app.Post("/save", () => "saved", endpoint: "save").LoginRequired();
        await using var client = app.TestClient();

        var response = await client.PostAsync("/save", new() { Form = [("a", "b")] });

        Assert.Equal((303, "/login"), (response.Status, response.Location));
    }

    [Theory]
    [InlineData("Accept", "application/json")]
    [InlineData("X-Requested-With", "XMLHttpRequest")]
    [InlineData("Content-Type", "application/json")]
    public async Task Scripts_and_programs_get_a_401(string header, string value)
    {
        await using var client = Apps.New(_users).TestClient();

        var response = await client.GetAsync("/me", new() { Headers = [(header, value)] });

        Assert.Equal((401, null), (response.Status, response.Location));
    }

    [Fact]
    public async Task Without_a_login_page_a_visitor_gets_a_401_which_error_handlers_see()
    {
        var app = Apps.New(_users, new());
        app.ErrorHandler(401, () => ("please log in", 401));
        await using var client = app.TestClient();

        var response = await client.GetAsync("/me");

        Assert.Equal((401, "please log in"), (response.Status, response.Text));
    }

    [Fact]
    public async Task The_login_page_can_be_a_path_or_another_site()
    {
        await using var path = Apps.New(_users, new() { LoginView = "/sign-in?lang=en" }).TestClient();
        await using var site = Apps.New(_users, new() { LoginView = "https://login.example.org/" }).TestClient();

        Assert.Equal("/sign-in?lang=en&next=%2Fme", (await path.GetAsync("/me")).Location);
        Assert.Equal("https://login.example.org/?next=%2Fme", (await site.GetAsync("/me")).Location);
    }

    [Fact]
    public async Task The_application_can_write_the_response_for_visitors()
    {
        await using var client = Apps.New(_users, new()
        {
            Unauthorized = context => new(new Response($"not you, {context.Endpoint}", 403)),
            NeedsRefresh = async context =>
            {
                await Task.Yield();
                return new Response("again", 403);
            },
        }).TestClient();

        Assert.Equal("not you, me", (await client.GetAsync("/me")).Text);
        await client.SessionTransactionAsync(() => LoginUser(_users["1"], fresh: false));
        Assert.Equal("again", (await client.GetAsync("/secret")).Text);
    }

    [Fact]
    public async Task The_attribute_on_a_view_protects_it_too()
    {
        var app = Apps.New(_users);
        app.Get("/attributed", [LoginRequired] () => "in", endpoint: "attributed");
        app.Get("/fresh-attributed", [FreshLoginRequired] () => "in", endpoint: "fresh_attributed");
        app.Route<Pages>("/pages", endpoint: "pages");
        await using var client = app.TestClient();

        foreach (var path in (string[])["/attributed", "/fresh-attributed", "/pages"]) Assert.Equal(302, (await client.GetAsync(path)).Status);
        await client.PostAsync("/login/1");
        foreach (var path in (string[])["/attributed", "/fresh-attributed", "/pages"]) Assert.Equal("in", (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_login_is_checked_before_the_hooks_of_the_application_and_before_the_body_is_read()
    {
        var app = Apps.New(_users);
        var seen = new List<string?>();
        app.BeforeRequest(context =>
        {
            seen.Add($"{context.Endpoint} {(context.Endpoint == "save" ? Current.User<User>()?.Name : "")}");
            return null;
        });
        app.Post("/save", () => $"{Current.Request.Form["a"]}", endpoint: "save").LoginRequired();
        await using var client = app.TestClient();

        // Too large, which is only known to who reads the body.
        await client.PostAsync("/save", new() { Form = [("a", new string('x', 2_000_000))] });
        Assert.Empty(seen);
        await client.PostAsync("/login/1");
        await client.PostAsync("/save", new() { Form = [("a", "x")] });

        Assert.Equal(["do_login ", "save Ada"], seen);
    }

    [Fact]
    public async Task The_methods_of_a_protected_rule_are_not_secret_but_a_view_for_OPTIONS_is_protected()
    {
        var app = Apps.New(_users);
        app.Route("/own", () => "own", endpoint: "own", methods: ["GET", "OPTIONS"]).LoginRequired();
        await using var client = app.TestClient();

        var automatic = await client.OptionsAsync("/me");
        var own = await client.OptionsAsync("/own");

        Assert.Equal((200, 303), (automatic.Status, own.Status));
        Assert.Equal("GET, HEAD, OPTIONS", string.Join(", ", $"{automatic.Headers.Allow}".Split(", ").Order()));
        Assert.Equal(302, (await client.HeadAsync("/me")).Status);
    }

    [Fact]
    public async Task Paths_without_a_rule_and_other_methods_need_no_login()
    {
        await using var client = Apps.New(_users).TestClient();

        Assert.Equal((404, 405), ((await client.GetAsync("/nowhere")).Status, (await client.DeleteAsync("/me")).Status));
    }

    [Fact]
    public async Task A_web_socket_that_needs_a_login_is_refused_with_a_401()
    {
        var app = Apps.New(_users).UseWebSockets();
        app.WebSocket("/chat", async socket => await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, default), endpoint: "chat").LoginRequired();
        await using var client = app.TestClient();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.WebSocketAsync("/chat"));
        await client.PostAsync("/login/1");
        await using var socket = await client.WebSocketAsync("/chat");

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_login_is_one_with_a_password_in_this_session()
    {
        await using var client = Apps.New(_users, new() { LoginView = "login", RefreshView = "/again" }).TestClient();

        Assert.Equal("/login?next=/secret", (await client.GetAsync("/secret")).Location);
        await client.SessionTransactionAsync(() => LoginUser(_users["1"], fresh: false));
        Assert.Equal(("Ada", "False"), ((await client.GetAsync("/me")).Text, (await client.GetAsync("/fresh")).Text));
        Assert.Equal("/again?next=%2Fsecret", (await client.GetAsync("/secret")).Location);
        await client.PostAsync("/confirm");

        Assert.Equal(("fresh", "True"), ((await client.GetAsync("/secret")).Text, (await client.GetAsync("/fresh")).Text));
    }

    [Fact]
    public async Task A_visitor_cannot_confirm_a_login()
    {
        await using var client = Apps.New(_users).TestClient();

        var problem = await Assert.ThrowsAsync<ModularException>(() => client.PostAsync("/confirm"));

        Assert.Equal("ConfirmLogin was called for a visitor who isn't logged in. Call LoginUser(user) instead.", problem.Message);
    }

    [Theory]
    [InlineData("login")]
    [InlineData("/login")]
    public async Task A_login_page_that_requires_a_login_stops_the_start(string view)
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find, new() { LoginView = view });
        app.Get("/login", () => "the form", endpoint: "login");
        app.Post("/login", () => "done", endpoint: "do_login").AllowAnonymous();
        app.LoginRequired();

        var problem = await Assert.ThrowsAsync<ModularException>(() => app.RunAsync("127.0.0.1", 0));

        Assert.Equal($"The log-in page \"{view}\" requires a login, so visitors can't open it. Add AllowAnonymous() to its rule.", problem.Message);
    }

    [Fact]
    public async Task A_page_that_asks_for_the_password_again_can_be_for_users_but_not_for_fresh_ones()
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find, new() { RefreshView = "again" });
        app.Get("/again", () => "the form", endpoint: "again").FreshLoginRequired();
        var right = Apps.Plain();
        right.UseLogin(_users.Find, new() { RefreshView = "again" });
        right.Get("/again", () => "the form", endpoint: "again").LoginRequired();
        using var end = new CancellationTokenSource();
        await end.CancelAsync();

        var problem = await Assert.ThrowsAsync<ModularException>(() => app.RunAsync("127.0.0.1", 0));
        var started = await Record.ExceptionAsync(() => right.RunAsync("127.0.0.1", 0, cancellationToken: end.Token));

        Assert.StartsWith("The log-in page \"again\" requires a login", problem.Message, StringComparison.Ordinal);
        Assert.IsNotType<ModularException>(started);
    }

    [Fact]
    public async Task A_function_for_visitors_can_use_the_default_response()
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find, new() { LoginView = "login", Unauthorized = context =>
        {
            context.Session["refused"] = true;
            return new(RedirectToLogin());
        } });
        app.WithPages(_users);
        await using var client = app.TestClient();

        var refused = await client.GetAsync("/me?a=1");
        var script = await client.GetAsync("/me", new() { Headers = [("Accept", "application/json")] });

        Assert.Equal((302, "/login?next=/me?a%3D1", 401), (refused.Status, refused.Location, script.Status));
        await client.SessionTransactionAsync(() => Assert.True(Current.Session.ContainsKey("refused")));
    }

    [Fact]
    public async Task A_rule_says_that_it_needs_no_login_with_the_word_of_ASP_NET()
    {
        var app = Apps.New(_users);
        app.Get("/exempt", () => "open", endpoint: "exempt").LoginRequired().AllowAnonymous();
        app.Get("/required", () => "closed", endpoint: "required").AllowAnonymous().LoginRequired();
        app.Get("/attributed", [AllowAnonymous] () => "closed", endpoint: "attributed").LoginRequired();
        await using var client = app.TestClient();

        Assert.Equal((200, 302, 302), ((await client.GetAsync("/exempt")).Status, (await client.GetAsync("/required")).Status, (await client.GetAsync("/attributed")).Status));
    }

    [LoginRequired]
    sealed class Pages : MethodView
    {
        public string Get() => "in";
    }
}
