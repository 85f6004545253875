namespace Modular.Login.Tests;

public sealed class LoginTests
{
    readonly Users _users = new();

    [Fact]
    public async Task A_user_logs_in_and_out_and_is_the_current_user_between()
    {
        await using var client = Apps.New(_users).TestClient();

        var before = await client.GetAsync("/who");
        var login = await client.PostAsync("/login/1");
        var after = await client.GetAsync("/who");
        var me = await client.GetAsync("/me");
        await client.PostAsync("/logout");
        var end = await client.GetAsync("/who");

        Assert.Equal(("nobody", "True", "Ada", "Ada", "nobody"), (before.Text, login.Text, after.Text, me.Text, end.Text));
    }

    [Fact]
    public async Task The_user_who_logs_in_is_the_current_user_of_the_same_request()
    {
        var app = Apps.New(_users);
        app.Post("/swap", () =>
        {
            LoginUser(_users["1"]);
            var first = Current.User<User>();
            LogoutUser();
            var second = Current.User<User>();
            LoginUser(_users["2"]);
            return $"{first?.Name} {second?.Name} {Current.User<User>()?.Name} {Current.HasFreshLogin}";
        }, endpoint: "swap");
        await using var client = app.TestClient();

        Assert.Equal("Ada  Bob True", (await client.PostAsync("/swap")).Text);
        Assert.Equal("Bob", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task Two_visitors_are_two_users()
    {
        var app = Apps.New(_users);
        await using var ada = app.TestClient();
        await using var bob = app.TestClient();

        await ada.PostAsync("/login/1");
        await bob.PostAsync("/login/2");

        Assert.Equal(("Ada", "Bob"), ((await ada.GetAsync("/me")).Text, (await bob.GetAsync("/me")).Text));
    }

    [Fact]
    public async Task Pages_that_do_not_read_the_user_do_not_touch_the_session()
    {
        await using var client = Apps.New(_users).TestClient();
        await client.PostAsync("/login/1");
        var loads = _users.Loads;

        var page = await client.GetAsync("/public");

        Assert.Equal((0, 0, 0), (page.Headers.Vary.Count, page.Headers.SetCookie.Count, page.Headers.CacheControl.Count));
        Assert.Equal(loads, _users.Loads);
    }

    [Fact]
    public async Task A_page_of_a_user_varies_by_cookie_and_is_not_stored()
    {
        await using var client = Apps.New(_users).TestClient();

        var anonymous = await client.GetAsync("/who");
        await client.PostAsync("/login/1");
        var page = await client.GetAsync("/who");

        Assert.Equal(("Cookie", ""), ($"{anonymous.Headers.Vary}", $"{anonymous.Headers.CacheControl}"));
        Assert.Equal(("Cookie", "no-store"), ($"{page.Headers.Vary}", $"{page.Headers.CacheControl}"));
    }

    [Fact]
    public async Task A_view_that_sets_its_own_cache_header_keeps_it()
    {
        var app = Apps.New(_users);
        app.Get("/avatar", () =>
        {
            var response = new Response("image");
            response.Headers.CacheControl = "private, max-age=60";
            return response;
        }, endpoint: "avatar").LoginRequired();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal("private, max-age=60", $"{(await client.GetAsync("/avatar")).Headers.CacheControl}");
    }

    [Fact]
    public async Task A_request_loads_its_user_once()
    {
        var app = Apps.New(_users);
        app.Get("/twice", async () => $"{(await Current.UserAsync<User>())!.Name}{Current.User<User>()!.Name}", endpoint: "twice").LoginRequired();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");
        var loads = _users.Loads;

        await client.GetAsync("/twice");

        Assert.Equal(loads + 1, _users.Loads);
    }

    [Fact]
    public async Task Two_tasks_of_a_request_share_one_load()
    {
        var app = Apps.NewAsync(_users);
        app.Get("/both", async () =>
        {
            var users = await Task.WhenAll(Current.UserAsync<User>().AsTask(), Current.UserAsync<User>().AsTask());
            return $"{ReferenceEquals(users[0], users[1])}";
        }, endpoint: "both");
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");
        var loads = _users.Loads;

        Assert.Equal("True", (await client.GetAsync("/both")).Text);
        Assert.Equal(loads + 1, _users.Loads);
    }

    [Fact]
    public async Task With_an_asynchronous_function_the_user_is_there_where_it_was_awaited_or_required()
    {
        var app = Apps.NewAsync(_users);
        app.Get("/early", () => Current.User<User>()?.Name ?? "nobody", endpoint: "early");
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal(("Ada", "Ada"), ((await client.GetAsync("/me")).Text, (await client.GetAsync("/who")).Text));
        var problem = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/early"));
        Assert.Equal("The current user was read before it was loaded, and loading it is asynchronous. " +
            "Write await Current.UserAsync<User>(), add LoginRequired() to the rule, or set LoadAlways = true in LoginOptions.", problem.Message);
    }

    [Fact]
    public async Task With_LoadAlways_an_asynchronous_user_is_there_in_every_view()
    {
        var app = Apps.NewAsync(_users, new() { LoadAlways = true });
        app.Get("/early", () => Current.User<User>()?.Name ?? "nobody", endpoint: "early");
        await using var client = app.TestClient();

        var before = await client.GetAsync("/early");
        await client.PostAsync("/login/1");

        Assert.Equal(("nobody", "Ada"), (before.Text, (await client.GetAsync("/early")).Text));
    }

    [Fact]
    public async Task The_function_that_loads_users_can_use_the_services_of_the_request()
    {
        var app = Apps.Plain();
        app.Services.AddSingleton(_users);
        app.UseLogin(async (context, id, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await context.Services.GetRequiredService<Users>().FindAsync(id);
        });
        await using var client = app.WithPages(_users).TestClient();

        await client.PostAsync("/login/2");

        Assert.Equal("Bob", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_function_that_returns_a_ValueTask_loads_users_too()
    {
        var app = Apps.Plain();
        app.UseLogin<User>(id => new ValueTask<User?>(_users.Find(id)));
        await using var client = app.WithPages(_users).TestClient();

        await client.PostAsync("/login/2");

        Assert.Equal("Bob", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task An_error_of_the_function_is_the_error_of_the_request()
    {
        var app = Apps.Plain();
        app.UseLogin(Fail);
        app.WithPages(_users);
        app.Get("/sync", () => Current.User<User>()?.Name!, endpoint: "sync");
        await using var client = app.TestClient();
        await client.PostAsync("/login/2");

        foreach (var path in (string[])["/sync", "/who", "/me"])
            Assert.Equal("no database for 2", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync(path))).Message);

        static User? Fail(string id) => throw new InvalidOperationException($"no database for {id}");
    }

    [Fact]
    public async Task A_user_who_is_not_active_cannot_log_in_and_a_login_ends_when_its_user_is_locked_or_deleted()
    {
        await using var client = Apps.New(_users).TestClient();
        var locked = await client.PostAsync("/login/3");
        Assert.Equal(("False", "nobody"), (locked.Text, (await client.GetAsync("/who")).Text));

        await client.PostAsync("/login/1");
        _users["1"] = _users["1"] with { IsActive = false };
        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
        _users["1"] = _users["1"] with { IsActive = true };
        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);        // it has ended for good

        await client.PostAsync("/login/2");
        _users.Remove("2");
        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task A_user_of_another_type_is_an_error_with_the_type_to_write()
    {
        var app = Apps.New(_users);
        app.Get("/other", () => Current.User<OtherUser>()?.Id!, endpoint: "other");
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        var problem = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/other"));

        Assert.Equal("The current user is of type User, not OtherUser. Write Current.User<User>().", problem.Message);
    }

    [Fact]
    public async Task A_user_without_an_id_cannot_log_in()
    {
        var app = Apps.New(_users);
        app.Post("/new", () => $"{LoginUser(new User("", "New"))}", endpoint: "new");
        await using var client = app.TestClient();

        var problem = await Assert.ThrowsAsync<ModularException>(() => client.PostAsync("/new"));

        Assert.Equal("A User without an id can't log in. Save the user first, or return its id in IUser.Id.", problem.Message);
    }

    [Fact]
    public async Task Without_the_plugin_the_words_say_which_line_is_missing()
    {
        var app = Apps.Plain();
        app.Get("/", () => Current.User<User>()?.Name!, endpoint: "index");
        await using var client = app.TestClient();

        var problem = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/"));

        Assert.Equal("Slot login (LoginState) was read, but Modular.Login is not installed. " +
            "Write app.UseLogin(…) before app.Run() and before the first request.", problem.Message);
    }

    [Fact]
    public async Task A_login_is_reported_to_tests_and_observers()
    {
        await using var client = Apps.New(_users).TestClient();

        var login = await client.PostAsync("/login/1");
        var logout = await client.PostAsync("/logout");
        var refused = await client.GetAsync("/me");

        Assert.Equal([new LoginEvent(LoginEventKind.LoggedIn, "1")], login.Captured<LoginEvent>());
        Assert.Equal([new LoginEvent(LoginEventKind.LoggedOut, "1")], logout.Captured<LoginEvent>());
        Assert.Equal([new LoginEvent(LoginEventKind.Unauthorized, null)], refused.Captured<LoginEvent>());
    }

    [Fact]
    public async Task A_test_logs_a_client_in_without_the_form()
    {
        await using var client = Apps.New(_users, new() { SessionProtection = SessionProtection.Strong }).TestClient();

        await client.SessionTransactionAsync(() => LoginUser(_users["1"]));

        Assert.Equal(("Ada", "fresh"), ((await client.GetAsync("/me")).Text, (await client.GetAsync("/secret")).Text));
    }

    [Fact]
    public async Task A_function_that_always_returns_null_is_a_function_of_users()
    {
        var app = Apps.Plain();
        app.UseLogin<User>(id => null, new() { LoginView = "login" });
        await using var client = app.WithPages(_users).TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal("nobody", (await client.GetAsync("/who")).Text);
    }

    [Fact]
    public async Task With_LoadAlways_the_error_page_of_a_path_without_a_rule_has_the_user_too()
    {
        var app = Apps.NewAsync(_users, new() { LoginView = "login", LoadAlways = true });
        app.ErrorHandler(404, _ => ($"not found, {Current.User<User>()?.Name}", 404));
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal("not found, Ada", (await client.GetAsync("/nowhere")).Text);
    }

    [Fact]
    public async Task The_error_page_of_a_user_who_could_not_be_loaded_has_none()
    {
        var app = Apps.Plain();
        app.UseLogin<User>(async id =>
        {
            await Task.Yield();
            throw new HttpException(503);
        }, new() { LoadAlways = true });
        app.ErrorHandler(503, _ => ($"unavailable, {Current.User<User>()?.Name ?? "visitor"}", 503));
        await using var client = app.WithPages(_users).TestClient();
        await client.SessionTransactionAsync(() => Current.Session["_user_id"] = "1");

        Assert.Equal("unavailable, visitor", (await client.GetAsync("/public")).Text);
    }

    [Fact]
    public async Task An_error_page_can_ask_for_the_user_that_has_been_loaded()
    {
        var app = Apps.NewAsync(_users);
        app.ErrorHandler(404, _ => ($"{Current.FindUser<User>()?.Name ?? "not loaded"}", 404));
        app.Get("/gone", async () => await Current.UserAsync<User>() is null ? "no user" : throw new HttpException(404), endpoint: "gone");
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal(("not loaded", "Ada"), ((await client.GetAsync("/nowhere")).Text, (await client.GetAsync("/gone")).Text));
    }

    [Fact]
    public async Task With_LoadAlways_the_error_page_of_a_request_that_failed_before_has_no_user()
    {
        var app = Apps.NewAsync(_users, new() { LoadAlways = true });
        app.UseCsrf();
        app.ErrorHandler(400, _ => ($"refused, {Current.User<User>()?.Name}", 400));
        app.Use(new RefusingPlugin());
        await using var client = app.TestClient();

        Assert.Equal("refused, ", (await client.GetAsync("/public")).Text);
    }

    sealed class RefusingPlugin : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Tests.Refusing", core: "[0.2,1.0)") { Before = ["Modular.Login"] };

        public void Install(PluginBuilder builder) => builder.App.BeforeRequest(() => { Abort(400); });
    }

    [Fact]
    public async Task A_request_can_name_its_user_itself()
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find, new()
        {
            LoginView = "login",
            RequestLoader = (context, _) => new(context.Request.Authorization is not { } sent ? null
                : sent.Parameter == "bobs" ? _users["2"] : throw new HttpException(401, "unknown token")),
        });
        app.Get("/cacheable", async () => new Response((await Current.UserAsync<User>())?.Name ?? "nobody") { Headers = { CacheControl = "max-age=60" } }, endpoint: "cacheable");
        await using var client = app.WithPages(_users).TestClient();
        await client.PostAsync("/login/1");
        Task<TestResponse> Ask(string path, string? token) => client.GetAsync(path, new() { Headers = token is null ? [] : [("Authorization", $"Bearer {token}")] });

        Assert.Equal(("Bob", "Ada", 401), ((await Ask("/who", "bobs")).Text, (await Ask("/who", null)).Text, (await Ask("/who", "wrong")).Status));
        Assert.Equal(("Bob", "fresh"), ((await Ask("/me", "bobs")).Text, (await Ask("/secret", "bobs")).Text));
        var own = await Ask("/cacheable", "bobs");
        Assert.Equal(("max-age=60,private", "max-age=60"), ($"{own.Headers.CacheControl}", $"{(await Ask("/cacheable", null)).Headers.CacheControl}"));
        Assert.Equal(("", "Cookie"), ($"{own.Headers.Vary}", $"{(await Ask("/cacheable", null)).Headers.Vary}"));
    }

    [Fact]
    public async Task An_application_context_has_no_user()
    {
        await using var app = Apps.New(_users);
        using var scope = app.AppContext();

        Assert.Null(Current.User<User>());
        Assert.Null(await Current.UserAsync<User>());
    }

    [Fact]
    public async Task A_stream_reads_its_user_after_the_headers_were_sent()
    {
        var app = Apps.New(_users);
        app.Get("/stream", () => new Response(Lines()), endpoint: "stream");
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal("first Ada", (await client.GetAsync("/stream")).Text);

        static async IAsyncEnumerable<string> Lines()
        {
            yield return "first ";
            await Task.Yield();
            yield return Current.User<User>()!.Name;
        }
    }

    sealed record OtherUser(string Id) : IUser;
}
