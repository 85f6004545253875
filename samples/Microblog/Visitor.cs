using Microblog.Data;

namespace Microblog;

/// <summary>Adds <c>Current.User</c>. Null when the visitor hasn't logged in.</summary>
static class VisitorNoun
{
    extension(Current)
    {
        internal static User? User => Current.G.Get<User?>("user", null);
    }
}

static class Visitor
{
    /// <summary>A before-request hook that loads the user of the session. Files need no user and no session.</summary>
    internal static async ValueTask<Response?> Recognise(RequestContext context)
    {
        if (context.Endpoint is null or "static" or "posts.picture" || !context.Session.TryGetValue("user", out _)) return null;
        var user = await Users.Find(context.Session.Get("user", 0L));
        // The user is locked, or the password was changed in another session.
        if (user is null or { IsLocked: true } || user.Stamp != context.Session.Get("stamp", -1L)) context.Session.Clear();
        else context.G["user"] = user;
        return null;
    }

    /// <summary>Starts a new session for a user, so that the old session can't be used to take over the account.</summary>
    internal static void LogIn(long user, long stamp)
    {
        Current.Session.Clear();
        Current.Session.Regenerate();
        Current.Session.Permanent = true;
        Current.Session["user"] = user;
        Current.Session["stamp"] = stamp;
    }

    /// <summary>The current user. Without one, redirects to the login page and back.</summary>
    internal static User Required() => Current.User ?? throw new HttpException(ToLogIn(Current.Request));

    static Response ToLogIn(Request request)
    {
        Flash("Please log in first.");
        return Redirect(UrlFor("account.login", ("next", request.Method == "GET" ? Here(request) : null)), 303);
    }

    static string Here(Request request) => $"{request.ScriptRoot}{request.Path}{(request.QueryString.Length > 0 ? $"?{request.QueryString}" : "")}";

    internal static User RequiredAdmin()
    {
        var user = Required();
        return user.IsAdmin ? user : throw new HttpException(403, "Only admins can open this page.");
    }
}
