using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Modular.Login.Tests;

public sealed class AuthorizationTests
{
    readonly Users _users = new();

    public AuthorizationTests() => _users["1"] = _users["1"] with { Role = "admin" };

    ModularApp App(LoginOptions? options = null, SessionsOptions? sessions = null, bool isAsync = false)
    {
        var app = Apps.Plain(sessions);
        options ??= new() { LoginView = "login" };
        if (isAsync) app.UseLogin(_users.FindAsync, options);
        else app.UseLogin(_users.Find, options);
        app.Services.AddAuthorization(policies => policies.AddPolicy("admin", policy => policy.RequireRole("admin")));
        app.Get("/asp", (ClaimsPrincipal user) => $"{user.Identity!.Name} {user.Identity.AuthenticationType}", endpoint: "asp").RequireAuthorization();
        app.Get("/admin", [Authorize(Policy = "admin")] () => "admin", endpoint: "admin");
        return app.WithPages(_users);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ASP_NETs_authorization_knows_the_user(bool isAsync)
    {
        var app = App(isAsync: isAsync);
        app.UseMiddleware(asp => asp.UseAuthorization());
        await using var client = app.TestClient();

        var refused = await client.GetAsync("/asp");
        await client.PostAsync("/login/1");
        var asp = await client.GetAsync("/asp");
        var admin = await client.GetAsync("/admin");
        await client.PostAsync("/login/2");
        var forbidden = await client.GetAsync("/admin");

        Assert.Equal((302, "/login?next=/asp"), (refused.Status, refused.Location));
        Assert.Equal(("Ada Modular.Login", "admin", 403), (asp.Text, admin.Text, forbidden.Status));
        Assert.Equal(("Cookie", "no-store"), ($"{asp.Headers.Vary}", $"{asp.Headers.CacheControl}"));
    }

    [Fact]
    public async Task A_session_on_the_server_is_loaded_for_authorization_which_runs_before_the_hooks()
    {
        var app = App(sessions: new() { SecretKey = Apps.Key, Store = new() { Cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())) } });
        app.UseMiddleware(asp => asp.UseAuthorization());
        await using var client = app.TestClient();
        await client.PostAsync("/login/1?remember=1");

        Assert.Equal("Ada Modular.Login", (await client.GetAsync("/asp")).Text);
        client.Cookies.Delete("session");
        Assert.Equal("Ada Modular.Login", (await client.GetAsync("/asp")).Text);
        Assert.NotNull(client.Cookies.Find("session"));
        Assert.Equal("Ada", (await client.GetAsync("/me")).Text);
    }

    [Fact]
    public async Task A_page_without_authorization_does_not_touch_the_session_also_with_the_middleware()
    {
        var app = App();
        app.UseMiddleware(asp => asp.UseAuthorization());
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");
        var loads = _users.Loads;

        Assert.Equal(0, (await client.GetAsync("/public")).Headers.Vary.Count);
        Assert.Equal(loads, _users.Loads);
    }

    [Fact]
    public async Task A_challenge_is_answered_as_LoginRequired_is()
    {
        var app = App(new() { Unauthorized = context => new(new Response($"not you, {context.Endpoint}", 403)) });
        app.UseMiddleware(asp => asp.UseAuthorization());
        await using var custom = app.TestClient();
        var api = App();
        api.UseMiddleware(asp => asp.UseAuthorization());
        await using var program = api.TestClient();

        Assert.Equal((403, "not you, asp"), ((await custom.GetAsync("/asp")).Status, (await custom.GetAsync("/asp")).Text));
        Assert.Equal(401, (await program.GetAsync("/asp", new() { Headers = [("Accept", "application/json")] })).Status);
    }

    [Fact]
    public async Task A_fallback_policy_protects_every_rule_and_AllowAnonymous_opens_one()
    {
        var app = Apps.Plain();
        app.UseLogin(_users.Find, new() { LoginView = "login" });
        app.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        app.UseMiddleware(asp => asp.UseAuthorization());
        app.Get("/login", () => "the form", endpoint: "login").AllowAnonymous();
        app.Post("/login", () => $"{LoginUser(_users["1"])}", endpoint: "do_login").AllowAnonymous();
        app.Get("/", () => $"for {Current.User<User>()!.Name}", endpoint: "index");
        await using var client = app.TestClient();

        Assert.Equal(("/login?next=/", "the form"), ((await client.GetAsync("/")).Location, (await client.GetAsync("/login")).Text));
        await client.PostAsync("/login");
        Assert.Equal("for Ada", (await client.GetAsync("/")).Text);
    }

    [Fact]
    public async Task UseAuthentication_gives_the_principal_to_every_view()
    {
        var app = App();
        app.UseMiddleware(asp => asp.UseAuthentication().UseAuthorization());
        app.Get("/principal", (ClaimsPrincipal user) => $"{user.FindFirst(ClaimTypes.NameIdentifier)?.Value} {user.IsInRole("admin")}", endpoint: "principal");
        await using var client = app.TestClient();

        var anonymous = await client.GetAsync("/principal");
        await client.PostAsync("/login/1");

        Assert.Equal((" False", "1 True"), (anonymous.Text, (await client.GetAsync("/principal")).Text));
    }

    [Fact]
    public async Task A_view_behind_LoginRequired_gets_the_principal_without_any_middleware()
    {
        var app = App();
        app.Get("/principal", (ClaimsPrincipal user) => user.Identity!.Name, endpoint: "principal").LoginRequired();
        app.Get("/admin2", () => "", endpoint: "admin2");
        app.UseMiddleware(asp => asp.UseAuthorization());
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");

        Assert.Equal("Ada", (await client.GetAsync("/principal")).Text);
    }

    [Theory]
    [InlineData(true, "Bob", 200)]
    [InlineData(false, "nobody", 302)]
    public async Task A_user_of_another_scheme_is_the_current_user_if_the_options_say_so(bool accepts, string who, int me)
    {
        var app = App(new() { LoginView = "login", AcceptOtherSchemes = accepts });
        app.Services.AddAuthentication("Token").AddScheme<AuthenticationSchemeOptions, TokenScheme>("Token", null);
        app.UseMiddleware(asp => asp.UseAuthentication().UseAuthorization());
        await using var client = app.TestClient();
        var request = new TestRequest { Headers = [("Authorization", "Token 2")] };

        var response = await client.GetAsync("/who", request);

        Assert.Equal((who, me), (response.Text, (await client.GetAsync("/me", request)).Status));
        if (accepts) Assert.Equal((0, true), (response.Headers.Vary.Count, $"{response.Headers.CacheControl}".Contains("no-store", StringComparison.Ordinal)));           // its session wasn't read
        Assert.Equal("nobody", (await client.GetAsync("/who", new() { Headers = [("Authorization", "Token 99")] })).Text);
    }

    [Fact]
    public async Task A_user_of_another_scheme_has_a_fresh_login_only_with_a_token_in_a_header_of_its_own()
    {
        var app = App(new() { LoginView = "login", AcceptOtherSchemes = true, NoStore = false });
        app.Services.AddAuthentication("Token").AddScheme<AuthenticationSchemeOptions, TokenScheme>("Token", null);
        app.UseMiddleware(asp => asp.UseAuthentication().UseAuthorization());
        await using var client = app.TestClient();

        var (token, cookie) = (new TestRequest { Headers = [("Authorization", "Token 2")] }, new TestRequest { Headers = [("Cookie", "token=2")] });
        var response = await client.GetAsync("/fresh", cookie);

        Assert.Equal(("True", "False", "private"), ((await client.GetAsync("/fresh", token)).Text, response.Text, $"{response.Headers.CacheControl}"));
        Assert.Equal((200, 302), ((await client.GetAsync("/secret", token)).Status, (await client.GetAsync("/secret", cookie)).Status));
    }

    [Fact]
    public async Task Another_default_scheme_answers_its_own_challenge_and_a_login_still_counts()
    {
        var app = App();
        app.Services.AddAuthentication("Token").AddScheme<AuthenticationSchemeOptions, TokenScheme>("Token", null);
        app.UseMiddleware(asp => asp.UseAuthentication().UseAuthorization());
        await using var client = app.TestClient();

        var refused = await client.GetAsync("/asp");
        await client.PostAsync("/login/1");

        Assert.Equal(401, refused.Status);
        Assert.Equal("Ada Modular.Login", (await client.GetAsync("/asp")).Text);
    }

    sealed class TokenScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            ($"{Request.Headers.Authorization}".Split(' ') is ["Token", var sent] ? sent : Request.Cookies["token"]) is { } id
                ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id)], "Token")), "Token"))
                : AuthenticateResult.NoResult());
    }
}
