using Microblog.Data;

namespace Microblog.Pages;

/// <summary>The user's profile, password and tokens.</summary>
static class SettingsPages
{
    internal static Blueprint Blueprint()
    {
        var settings = new Blueprint("settings", "/settings").LoginRequired();
        settings.Get("", () => Form(Current.User!, new()), endpoint: "index");
        settings.Post("/profile", ChangeProfile);
        settings.Post("/password", ChangePassword);
        settings.Post("/token", MakeToken);
        settings.Post("/token/remove", RemoveTokens);
        return settings;
    }

    static async Task<Response> ChangeProfile()
    {
        var me = Current.User!;
        var (displayName, bio) = (Input.CleanLine(Current.Request.Form["display_name"]), Input.Clean(Current.Request.Form["bio"]));
        var problems = new Problems().Note("display_name", Input.ProblemOfDisplayName(displayName)).Note("bio", Input.ProblemOfBio(bio));
        if (problems.Any) return (Form(me with { DisplayName = displayName, Bio = bio }, problems), 422);
        await Users.ChangeProfile(me.Id, displayName, bio);
        Flash("Your profile is changed.", "success");
        return Redirect(UrlFor("settings.index"), 303);
    }

    static async Task<Response> ChangePassword(CancellationToken cancellationToken)
    {
        var me = Current.User!;
        var (old, password) = (Current.Request.Form["old_password"], Current.Request.Form["password"]);
        var problems = new Problems().Note("password", Input.ProblemOfPassword(password, me.Name));
        if (problems.Any) return (Form(me, problems), 422);
        ThrottleLogin(me.Name);
        if (await AccountPages.Check(me.Name, old, cancellationToken) is null) return (Form(me, new Problems().Note("old_password", "This is not your password.")), 422);
        var stamp = await Users.ChangePassword(me.Id, await Passwords.HashAsync(password, cancellationToken));
        AccountPages.Begin(me with { Stamp = stamp });
        Flash("Your password is changed. All other sessions and all tokens have ended.", "success");
        return Redirect(UrlFor("settings.index"), 303);
    }

    static async Task<Markup> MakeToken(TimeProvider clock) =>
        RenderTemplate("token.html", ("token", await Tokens.Make(Current.User!.Id, clock.GetUtcNow())));

    static async Task<Response> RemoveTokens()
    {
        await Tokens.RemoveAll(Current.User!.Id);
        Flash("Your tokens are revoked.", "success");
        return Redirect(UrlFor("settings.index"), 303);
    }

    static Markup Form(User me, Problems problems) =>
        RenderTemplate("settings.html", ("problems", problems), ("display_name", me.DisplayName), ("bio", me.Bio));
}
