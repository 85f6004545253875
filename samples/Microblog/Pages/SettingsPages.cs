using Microblog.Data;

namespace Microblog.Pages;

/// <summary>The user's profile, password and tokens.</summary>
static class SettingsPages
{
    internal static Blueprint Blueprint()
    {
        var settings = new Blueprint("settings", "/settings");
        settings.Get("", () => Form(Visitor.Required(), new()), endpoint: "index");
        settings.Post("/profile", ChangeProfile);
        settings.Post("/password", ChangePassword);
        settings.Post("/token", MakeToken);
        settings.Post("/token/remove", RemoveTokens);
        return settings;
    }

    static async Task<Response> ChangeProfile()
    {
        var me = Visitor.Required();
        var (displayName, bio) = (Input.CleanLine(Current.Request.Form["display_name"]), Input.Clean(Current.Request.Form["bio"]));
        var problems = new Problems().Note("display_name", Input.ProblemOfDisplayName(displayName)).Note("bio", Input.ProblemOfBio(bio));
        if (problems.Any) return (Form(me with { DisplayName = displayName, Bio = bio }, problems), 422);
        await Users.ChangeProfile(me.Id, displayName, bio);
        Flash("Your profile is changed.", "success");
        return Redirect(UrlFor("settings.index"), 303);
    }

    static async Task<Response> ChangePassword(Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var me = Visitor.Required();
        var (old, password) = (Current.Request.Form["old_password"], Current.Request.Form["password"]);
        var problems = new Problems().Note("password", Input.ProblemOfPassword(password, me.Name));
        if (problems.Any) return (Form(me, problems), 422);
        if (!await Attempts.Begin(AccountPages.Attempter(me.Name), clock.GetUtcNow())) Abort(429);
        if (await AccountPages.Check(me.Name, old, passwords, cancellationToken) is null) return (Form(me, new Problems().Note("old_password", "This is not your password.")), 422);
        await Attempts.Forget(AccountPages.Attempter(me.Name));
        Visitor.LogIn(me.Id, await Users.ChangePassword(me.Id, await passwords.Hash(password, cancellationToken)));
        Flash("Your password is changed. All other sessions and all tokens have ended.", "success");
        return Redirect(UrlFor("settings.index"), 303);
    }

    static async Task<Markup> MakeToken(TimeProvider clock) =>
        RenderTemplate("token.html", ("token", await Tokens.Make(Visitor.Required().Id, clock.GetUtcNow())));

    static async Task<Response> RemoveTokens()
    {
        await Tokens.RemoveAll(Visitor.Required().Id);
        Flash("Your tokens are revoked.", "success");
        return Redirect(UrlFor("settings.index"), 303);
    }

    static Markup Form(User me, Problems problems) =>
        RenderTemplate("settings.html", ("problems", problems), ("display_name", me.DisplayName), ("bio", me.Bio));
}
