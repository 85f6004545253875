using System.Globalization;
using Microblog.Data;

namespace Microblog.Pages;

/// <summary>Signing up, logging in and out.</summary>
static class AccountPages
{
    internal static Blueprint Blueprint()
    {
        var account = new Blueprint("account");
        account.Get("/signup", () => SignUpForm(new(), "", ""), endpoint: "signup");
        account.Post("/signup", SignUp, endpoint: "signup_post");
        account.Get("/login", () => LogInForm(new(), ""), endpoint: "login");
        account.Post("/login", LogIn, endpoint: "login_post");
        account.Post("/logout", LogOut, endpoint: "logout");
        return account;
    }

    static async Task<Response> SignUp(TimeProvider clock, CancellationToken cancellationToken)
    {
        var form = Current.Request.Form;
        var (name, chosen, password) = (form["name"].Trim(), Input.CleanLine(form["display_name"]), form["password"]);
        var displayName = chosen.Length > 0 ? chosen : name;
        var problems = new Problems().Note("name", Input.ProblemOfName(name)).Note("password", Input.ProblemOfPassword(password, name));
        if (chosen.Length > 0) problems.Note("display_name", Input.ProblemOfDisplayName(chosen));
        if (problems.Any) return (SignUpForm(problems, name, chosen), 422);

        if (await Users.Add(name, displayName, await Passwords.HashAsync(password, cancellationToken), clock.GetUtcNow()) is not { } user)
            return (SignUpForm(new Problems().Note("name", $"The name {name} is taken."), name, chosen), 409);
        Begin(user);
        Flash($"Welcome, {displayName}!", "success");
        return Redirect(UrlFor("timeline.Home"), 303);
    }

    static async Task<Response> LogIn(CancellationToken cancellationToken)
    {
        var (name, password) = (Current.Request.Form["name"].Trim(), Current.Request.Form["password"]);
        if (!TryBeginLogin(name, out var wait))
        {
            var refusal = MakeResponse(LogInForm(new Problems().Note("password", "Too many attempts. Please wait 15 minutes."), name), 429);
            refusal.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return refusal;
        }
        if (await Check(name, password, cancellationToken) is not { } user) return (LogInForm(new Problems().Note("password", "Name or password is wrong."), name), 422);
        if (!Begin(user)) return (LogInForm(new Problems().Note("name", "This account is locked."), name), 403);
        Flash($"Hello, {user.DisplayName}.", "success");
        return Redirect(SafeNext(Current.Request.Form.Find("next"), UrlFor("timeline.Home")), 303);
    }

    static Response LogOut()
    {
        if (Current.User is not null) Flash("You are logged out.");
        LogoutUser();
        return Redirect(UrlFor("timeline.Everyone"), 303);
    }

    /// <summary>Logs a user in, for 31 days. Returns false for a locked one.</summary>
    internal static bool Begin(User user)
    {
        if (!LoginUser(user)) return false;
        Current.Session.Permanent = true;
        return true;
    }

    /// <summary>The user with this name and password, or null.</summary>
    internal static async Task<User?> Check(string name, string password, CancellationToken cancellationToken)
    {
        var user = await Users.Find(name);
        var hash = user is null ? null : await Users.PasswordOf(user.Id);
        if (password.Length > Input.MaxPassword || !await Passwords.VerifyAsync(hash, password, cancellationToken)) return null;
        if (Passwords.NeedsRehash(hash!)) await Users.StorePassword(user!.Id, await Passwords.HashAsync(password, cancellationToken));
        return user;
    }

    static Markup SignUpForm(Problems problems, string name, string displayName) =>
        RenderTemplate("signup.html", ("problems", problems), ("name", name), ("display_name", displayName));

    static Markup LogInForm(Problems problems, string name) =>
        RenderTemplate("login.html", ("problems", problems), ("name", name), ("next", Current.Request.Values.Get("next", "")));
}
