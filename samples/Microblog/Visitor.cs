using Microblog.Data;

namespace Microblog;

/// <summary>Who is asking: <c>Current.User</c>, null for somebody who has not logged in.</summary>
static class VisitorNoun
{
    extension(Current)
    {
        internal static User? User => Current.G.Get<User?>("user", null);
    }
}

static class Visitor
{
    /// <summary>A before hook: looks up whom the session belongs to. Files need no user, and so no session.</summary>
    internal static async ValueTask<Response?> Recognise(RequestContext context)
    {
        if (context.Endpoint is null or "static" or "posts.picture" || !context.Session.TryGetValue("user", out _)) return null;
        var user = await Users.Find(context.Session.Get("user", 0L));
        // Locked, or the password was changed elsewhere.
        if (user is null or { IsLocked: true } || user.Stamp != context.Session.Get("stamp", -1L)) context.Session.Clear();
        else context.G["user"] = user;
        return null;
    }

    /// <summary>Begins a session of this user. A new one, so that nobody goes on in it who knew the old one.</summary>
    internal static void LogIn(long user, long stamp)
    {
        Current.Session.Clear();
        Current.Session.Regenerate();
        Current.Session.Permanent = true;
        Current.Session["user"] = user;
        Current.Session["stamp"] = stamp;
    }

    /// <summary>The user, or a way to the log-in and back again.</summary>
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
        return user.IsAdmin ? user : throw new HttpException(403, "This is for admins only.");
    }
}
