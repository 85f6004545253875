using System.Globalization;
using Microblog.Data;

namespace Microblog;

/// <summary>Who a request belongs to: the user of its session, or of the token that a program sends.</summary>
static class Logins
{
    internal static LoginOptions Options => new()
    {
        LoginView = "account.login",
        Unauthorized = Refuse,
        RequestLoader = ByToken,
        // After ten wrong passwords, a quarter of an hour. By address, so that a user can't be locked out from elsewhere.
        Throttle = new()
        {
            FreePerName = 10, NamesByAddress = true, FreePerAddress = 100,
            FirstDelay = TimeSpan.FromMinutes(15), MaxDelay = TimeSpan.FromMinutes(15), ForgetAfter = TimeSpan.FromMinutes(15),
        },
    };

    internal static async Task<User?> Load(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await Users.Find(number) : null;

    /// <summary>A before-request hook, because every page shows the user, also an error page. Files need no user and no session.</summary>
    internal static async ValueTask<Response?> LoadForPages(RequestContext context)
    {
        if (context.Endpoint is not ("static" or "posts.picture")) await context.UserAsync<User>();
        return null;
    }

    static async ValueTask<IUser?> ByToken(RequestContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Blueprint != "api" || context.Request.Authorization is not { } sent) return null;
        var isBearer = sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
        return (isBearer ? await Tokens.UserOf(sent.Parameter) : null) ?? throw Api.Unauthorized("This token isn't valid.");
    }

    static ValueTask<Response> Refuse(RequestContext context)
    {
        if (context.Request.Blueprint == "api") throw Api.Unauthorized("Send a token: Authorization: Bearer …");
        Flash("Please log in first.");
        return new(RedirectToLogin());
    }
}

/// <summary>Shortens <c>Current.User&lt;User&gt;()</c>. Null when the visitor hasn't logged in.</summary>
static class CurrentUser
{
    extension(Current)
    {
        internal static User? User => Current.User<User>();
    }
}
