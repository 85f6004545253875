using System.Collections.Concurrent;
using System.Security.Claims;

namespace Modular.Login.Tests;

sealed record User(string Id, string Name, string? SecurityStamp = null, bool IsActive = true, string? Role = null) : IUser
{
    public IEnumerable<Claim> Claims => Role is null ? [new(ClaimTypes.Name, Name)] : [new(ClaimTypes.Name, Name), new(ClaimTypes.Role, Role)];
}

/// <summary>The users of an application.</summary>
sealed class Users
{
    readonly ConcurrentDictionary<string, User> _all = new();
    int _loads;

    internal Users() => (this["1"], this["2"], this["3"]) = (new("1", "Ada"), new("2", "Bob"), new("3", "Lock", IsActive: false));

    internal User this[string id]
    {
        get => _all[id];
        set => _all[id] = value;
    }

    internal int Loads => _loads;

    internal User? Find(string id)
    {
        Interlocked.Increment(ref _loads);
        return _all.GetValueOrDefault(id);
    }

    internal void Remove(string id) => _all.TryRemove(id, out _);

    internal async Task<User?> FindAsync(string id)
    {
        await Task.Yield();
        return Find(id);
    }
}

/// <summary>The applications of the tests.</summary>
static class Apps
{
    internal const string Key = "0123456789abcdef0123456789abcdef";

    internal static ModularApp New(Users users, LoginOptions? options = null, SessionsOptions? sessions = null, TimeProvider? clock = null)
    {
        var app = Plain(sessions, clock);
        app.UseLogin(users.Find, options ?? new() { LoginView = "login" });
        return app.WithPages(users);
    }

    internal static ModularApp NewAsync(Users users, LoginOptions? options = null)
    {
        var app = Plain();
        app.UseLogin(users.FindAsync, options ?? new() { LoginView = "login" });
        return app.WithPages(users);
    }

    internal static ModularApp Plain(SessionsOptions? sessions = null, TimeProvider? clock = null)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        if (clock is not null) app.Services.AddSingleton(clock);
        app.UseSessions(sessions ?? new() { SecretKey = Key });
        return app;
    }

    internal static ModularApp WithPages(this ModularApp app, Users users)
    {
        app.Get("/login", () => "the form", endpoint: "login");
        app.Post("/login/<id>", (string id) => $"{LoginUser(users[id], remember: Current.Request.Args.ContainsKey("remember"))}", endpoint: "do_login");
        app.Post("/logout", () =>
        {
            LogoutUser();
            return "bye";
        }, endpoint: "logout");
        app.Get("/me", () => Current.User<User>()!.Name, endpoint: "me").LoginRequired();
        app.Get("/secret", () => "fresh", endpoint: "secret").FreshLoginRequired();
        app.Get("/who", async () => (await Current.UserAsync<User>())?.Name ?? "nobody", endpoint: "who");
        app.Get("/public", () => "public", endpoint: "public");
        app.Get("/fresh", async () => await Current.UserAsync<User>() is null ? "nobody" : $"{Current.HasFreshLogin}", endpoint: "fresh");
        app.Post("/confirm", async () =>
        {
            await Current.UserAsync<User>();
            ConfirmLogin();
            return "confirmed";
        }, endpoint: "confirm");
        app.Post("/cart", () => $"{Current.Session["cart"] = "tea"}", endpoint: "cart");
        app.Get("/cart", () => $"{Current.Session.Find("cart")}", endpoint: "show_cart");
        return app;
    }

    internal static string Cookie(this TestResponse response, string name) =>
        response.Headers.SetCookie.FirstOrDefault(cookie => cookie!.StartsWith($"{name}=", StringComparison.Ordinal)) ?? "";
}
