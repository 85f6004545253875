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

    static async Task<Response> SignUp(Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var form = Current.Request.Form;
        var (name, chosen, password) = (form["name"].Trim(), Input.CleanLine(form["display_name"]), form["password"]);
        var displayName = chosen.Length > 0 ? chosen : name;
        var problems = new Problems().Note("name", Input.ProblemOfName(name)).Note("password", Input.ProblemOfPassword(password, name));
        if (chosen.Length > 0) problems.Note("display_name", Input.ProblemOfDisplayName(chosen));
        if (problems.Any) return (SignUpForm(problems, name, chosen), 422);

        if (await Users.Add(name, displayName, await passwords.Hash(password, cancellationToken), clock.GetUtcNow()) is not { } id)
            return (SignUpForm(new Problems().Note("name", $"The name {name} is taken."), name, chosen), 409);
        Visitor.LogIn(id, stamp: 0);
        Flash($"Welcome, {displayName}!", "success");
        return Redirect(UrlFor("timeline.Home"), 303);
    }

    static async Task<Response> LogIn(Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (name, password) = (Current.Request.Form["name"].Trim(), Current.Request.Form["password"]);
        if (!await Attempts.Begin(Attempter(name), clock.GetUtcNow()))
        {
            var refusal = MakeResponse(LogInForm(new Problems().Note("password", "Too many attempts. Please wait 15 minutes."), name), 429);
            refusal.Headers.RetryAfter = $"{Attempts.Window.TotalSeconds:0}";
            return refusal;
        }
        if (await Check(name, password, passwords, cancellationToken) is not { } user) return (LogInForm(new Problems().Note("password", "Name or password is wrong."), name), 422);
        if (user.IsLocked) return (LogInForm(new Problems().Note("name", "This account is locked."), name), 403);
        await Attempts.Forget(Attempter(name));
        Visitor.LogIn(user.Id, user.Stamp);
        Flash($"Hello, {user.DisplayName}.", "success");
        return Redirect(Next() ?? UrlFor("timeline.Home"), 303);
    }

    static Response LogOut()
    {
        if (Current.User is not null) Flash("You are logged out.");
        Current.Session.Remove("user");
        Current.Session.Regenerate();
        return Redirect(UrlFor("timeline.Everyone"), 303);
    }

    internal static async Task<User?> Check(string name, string password, Passwords passwords, CancellationToken cancellationToken)
    {
        var user = await Users.Find(name);
        var hash = user is null ? null : await Users.PasswordOf(user.Id);
        return password.Length <= Input.MaxPassword && await passwords.IsRight(hash, password, cancellationToken) ? user : null;
    }

    /// <summary>The key for counting login attempts: name and address, so that a user can't be locked out from another address.</summary>
    internal static string Attempter(string name) => $"{name.ToLowerInvariant()} {Current.Request.RemoteAddr}";

    // Only a path on this host: "//other.example" leads to another host, and browsers read "/\other.example" the same way.
    static string? Next() => Current.Request.Form.Find("next") is ['/', not ('/' or '\\'), ..] path && !path.Any(char.IsControl) ? path : null;

    static Markup SignUpForm(Problems problems, string name, string displayName) =>
        RenderTemplate("signup.html", ("problems", problems), ("name", name), ("display_name", displayName));

    static Markup LogInForm(Problems problems, string name) =>
        RenderTemplate("login.html", ("problems", problems), ("name", name), ("next", Current.Request.Values.Get("next", "")));
}
