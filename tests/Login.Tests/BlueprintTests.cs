using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.FileProviders;

namespace Modular.Login.Tests;

public sealed class BlueprintTests
{
    readonly Users _users = new();

    [Fact]
    public async Task A_blueprint_requires_a_login_for_all_its_rules_also_nested_ones()
    {
        var app = Apps.New(_users);
        var inner = new Blueprint("inner", "/inner");
        inner.Get("/", () => "inner", endpoint: "index");
        var outer = new Blueprint("outer", "/outer").LoginRequired();
        outer.Get("/", () => "outer", endpoint: "index");
        outer.Post("/save", () => "saved", endpoint: "save");
        outer.Register(inner);
        app.Register(outer);
        await using var client = app.TestClient();

        Assert.Equal((302, 303, 302), ((await client.GetAsync("/outer/")).Status, (await client.PostAsync("/outer/save")).Status, (await client.GetAsync("/outer/inner/")).Status));
        await client.PostAsync("/login/1");
        Assert.Equal(("outer", "saved", "inner"), ((await client.GetAsync("/outer/")).Text, (await client.PostAsync("/outer/save")).Text, (await client.GetAsync("/outer/inner/")).Text));
    }

    [Fact]
    public async Task A_rule_and_a_nested_blueprint_make_exceptions_and_may_require_more()
    {
        var app = Apps.New(_users);
        var open = new Blueprint("open", "/open").AllowAnonymous();
        open.Get("/", () => "open", endpoint: "index");
        open.Get("/closed", () => "closed", endpoint: "closed").LoginRequired();
        open.Get("/attributed", [LoginRequired] () => "closed", endpoint: "attributed");
        var account = new Blueprint("account", "/account").LoginRequired();
        account.Get("/help", () => "help", endpoint: "help").AllowAnonymous();
        account.Get("/about", [AllowAnonymous] () => "about", endpoint: "about");
        account.Get("/password", () => "password", endpoint: "password").FreshLoginRequired();
        account.Register(open);
        app.Register(account);
        await using var client = app.TestClient();

        foreach (var path in (string[])["help", "about", "open/"]) Assert.Equal(200, (await client.GetAsync($"/account/{path}")).Status);
        foreach (var path in (string[])["password", "open/closed", "open/attributed"]) Assert.Equal(302, (await client.GetAsync($"/account/{path}")).Status);
        await client.SessionTransactionAsync(() => LoginUser(_users["1"], fresh: false));
        Assert.Equal((302, 200), ((await client.GetAsync("/account/password")).Status, (await client.GetAsync("/account/open/closed")).Status));
    }

    [Fact]
    public async Task A_whole_application_requires_a_login_except_its_login_page()
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find, new() { LoginView = "login" });
        app.LoginRequired();
        app.Get("/login", () => "the form", endpoint: "login").AllowAnonymous();
        app.Get("/", () => "index", endpoint: "index");
        await using var client = app.TestClient();

        Assert.Equal(("/login?next=/", "the form"), ((await client.GetAsync("/")).Location, (await client.GetAsync("/login")).Text));
    }

    [Fact]
    public async Task The_files_of_a_blueprint_that_requires_a_login_require_one_too()
    {
        var app = Apps.New(_users);
        var papers = new Blueprint("papers", "/papers").LoginRequired();
        papers.Static("/files", new PhysicalFileProvider(AppContext.BaseDirectory));
        app.Register(papers);
        await using var client = app.TestClient();
        const string Path = "/papers/files/Modular.Login.dll";

        Assert.Equal(302, (await client.GetAsync(Path)).Status);
        await client.PostAsync("/login/1");
        var file = await client.GetAsync(Path);

        Assert.Equal(200, file.Status);
        Assert.DoesNotContain("public", $"{file.Headers.CacheControl}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_file_is_not_public_with_a_lifetime_either()
    {
        var app = new ModularApp(new() { StaticFolder = null, SendFileMaxAge = TimeSpan.FromHours(1) });
        app.UseSessions(new() { SecretKey = Apps.Key });
        app.UseLogin(_users.Find, new() { LoginView = "login" });
        app.WithPages(_users);
        var papers = new Blueprint("papers", "/papers").LoginRequired();
        papers.Static("/files", new PhysicalFileProvider(AppContext.BaseDirectory));
        app.Register(papers);
        await using var client = app.TestClient();

        await client.PostAsync("/login/1");
        var file = await client.GetAsync("/papers/files/Modular.Login.dll");

        Assert.Equal(["max-age=3600", "private"], $"{file.Headers.CacheControl}".Split(", ").Order());
    }

    [Fact]
    public async Task A_fresh_login_stays_required_whatever_is_nearer()
    {
        var app = Apps.New(_users);
        var account = new Blueprint("account", "/account").FreshLoginRequired();
        account.Get("/", () => "account", endpoint: "index").LoginRequired();
        account.Get("/help", () => "help", endpoint: "help").AllowAnonymous();
        app.Register(account);
        app.Get("/both", () => "both", endpoint: "both").FreshLoginRequired().LoginRequired();
        app.Route<ChangePassword>("/password");
        app.Route<Shop>("/shop");
        await using var client = app.TestClient();

        Assert.Equal((302, 200), ((await client.GetAsync("/shop")).Status, (await client.GetAsync("/account/help")).Status));
        await client.SessionTransactionAsync(() => LoginUser(_users["1"], fresh: false));

        foreach (var path in (string[])["/account/", "/both", "/password"]) Assert.Equal(302, (await client.GetAsync(path)).Status);
        Assert.Equal(200, (await client.GetAsync("/shop")).Status);
    }

    [LoginRequired]
    abstract class AccountPage : MethodView;

    [FreshLoginRequired]
    sealed class ChangePassword : AccountPage
    {
        public string Get() => "password";
    }

    [AllowAnonymous]
    abstract class OpenPage : MethodView;

    [LoginRequired]
    sealed class Shop : OpenPage
    {
        public string Get() => "shop";
    }

    [Fact]
    public void An_application_with_a_protected_rule_does_not_start_without_the_plugin()
    {
        var app = Apps.Plain();
        var account = new Blueprint("account", "/account").LoginRequired();
        account.Get("/", () => "", endpoint: "index");
        app.Register(account);
        app.Get("/me", () => "", endpoint: "me").LoginRequired();
        app.Get("/attributed", [FreshLoginRequired] () => "", endpoint: "attributed");

        var problem = Assert.Throws<ModularException>(() => app.AppContext()).Message;

        foreach (var endpoint in (string[])["account.index", "me", "attributed"]) Assert.Contains($"\"{endpoint}\"", problem, StringComparison.Ordinal);
        Assert.Contains("Modular.Login", problem, StringComparison.Ordinal);
        Assert.Contains("app.UseLogin(…)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_checked_outside_the_endpoint_filters_so_a_cache_never_answers_a_visitor()
    {
        var app = Apps.New(_users);
        Response? cached = null;
        app.EndpointFilter(async (context, next) => new Response((cached ??= await next()).Text!));
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");
        cached = null;
        await client.GetAsync("/me");
        await client.PostAsync("/logout");
        cached = new Response("Ada");
        client.Cookies.Clear();

        Assert.Equal((302, "/login?next=/me"), ((await client.GetAsync("/me")).Status, (await client.GetAsync("/me")).Location));
    }

    [Fact]
    public async Task The_configuration_overrides_the_options()
    {
        var app = Apps.New(_users, new() { LoginView = "login" });
        app.Config["Login:LoginView"] = "/sign-in";
        app.Config["Login:RememberFor"] = "10.00:00:00";
        app.Config["Login:SessionProtection"] = "Strong";
        await using var client = app.TestClient();

        Assert.Equal("/sign-in?next=%2Fme", (await client.GetAsync("/me")).Location);
        await client.PostAsync("/login/1");
        Assert.Equal("nobody", (await client.GetAsync("/who", new() { Headers = [("User-Agent", "another")] })).Text);
    }

    [Fact]
    public async Task The_configuration_has_a_section_for_the_throttle()
    {
        var app = Apps.New(_users, new() { LoginView = "login", Throttle = new() { FreePerName = 9 } });
        app.Config["LoginThrottle:FreePerName"] = "1";
        app.Config["LoginThrottle:FirstDelay"] = "00:05:00";
        app.Post("/try", () => TryBeginLogin("ada", out var wait) ? "go on" : $"{wait.TotalSeconds}", endpoint: "try");
        await using var client = app.TestClient();

        var (first, second) = (await client.PostAsync("/try"), await client.PostAsync("/try"));

        Assert.Equal(("go on", true), (first.Text, int.Parse(second.Text, System.Globalization.CultureInfo.InvariantCulture) is > 290 and <= 300));
    }

    [Fact]
    public void A_wrong_value_in_the_configuration_is_an_error()
    {
        var app = Apps.New(_users, new());
        app.Config["Login:IdleTimeout"] = "-00:30:00";
        app.Config["Login:SessionProtectoin"] = "Strong";

        var problem = Assert.Throws<ModularException>(() => app.AppContext()).Message;

        Assert.Contains("IdleTimeout", problem, StringComparison.Ordinal);
        Assert.Contains("SessionProtectoin", problem, StringComparison.Ordinal);
    }
}
