namespace Modular.Login;

/// <summary>The functions that this package adds. A global <c>using static</c> makes them available by name.</summary>
public static class LoginFunctions
{
    /// <summary>Logs a user in, after you have checked the password. The session gets a new id.</summary>
    /// <param name="user">The user.</param>
    /// <param name="remember">True: the user stays logged in when the browser was closed.</param>
    /// <param name="duration">How long the login is remembered. Default: <see cref="LoginOptions.RememberFor"/>.</param>
    /// <param name="fresh">False for a login without a password, such as by a link in a mail.</param>
    /// <returns>False for a user who isn't active and was not logged in.</returns>
    /// <exception cref="ModularException">Login isn't installed, the user has no id, or the response has already been sent.</exception>
    /// <example><code>
    /// if (users.Find(name) is { } user &amp;&amp; Passwords.Verify(user.PasswordHash, password) &amp;&amp; LoginUser(user))
    ///     return Redirect(SafeNext(Current.Request.Args.Find("next"), "/"));
    /// </code></example>
    public static bool LoginUser(IUser user, bool remember = false, TimeSpan? duration = null, bool fresh = true)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Current.Context.Get(LoginPlugin.Slot).LogIn(user, remember, duration, fresh);
    }

    /// <summary>
    /// Logs the user out, also a remembered one. Other values stay in the session; <c>Current.Session.Clear()</c> removes them too.
    /// </summary>
    /// <exception cref="ModularException">Login isn't installed, or the response has already been sent.</exception>
    public static void LogoutUser() => Current.Context.Get(LoginPlugin.Slot).LogOut();

    /// <summary>Makes the login fresh, after the user has entered the password again.</summary>
    /// <exception cref="ModularException">The visitor isn't logged in, or the response has already been sent.</exception>
    public static void ConfirmLogin() => Current.Context.Get(LoginPlugin.Slot).Confirm();

    /// <summary>Counts a log-in attempt, and refuses it with a 429 when too many have failed. <c>LoginUser</c> resets the count.</summary>
    /// <remarks>Call it before you check the password. Attempts are counted by user name and by address.</remarks>
    /// <param name="userName">The name that the visitor entered.</param>
    /// <exception cref="HttpException">The visitor has to wait. The header <c>Retry-After</c> says for how many seconds.</exception>
    public static void ThrottleLogin(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        var context = Current.Context;
        context.App.Get(LoginPlugin.Service).Throttle.Begin(context, userName);
    }

    /// <summary>As <see cref="ThrottleLogin"/>, for a page that tells the visitor itself to wait.</summary>
    /// <param name="userName">The name that the visitor entered.</param>
    /// <param name="wait">How long the visitor has to wait, in whole seconds. Zero when the attempt was counted.</param>
    /// <returns>False when too many attempts have failed. Don't check the password then.</returns>
    public static bool TryBeginLogin(string userName, out TimeSpan wait)
    {
        ArgumentNullException.ThrowIfNull(userName);
        var context = Current.Context;
        return context.App.Get(LoginPlugin.Service).Throttle.TryBegin(context, userName, out wait);
    }

    /// <summary>
    /// Resets the counts of <c>ThrottleLogin</c> for the names of this request. Call it when a password was right and no user is logged in,
    /// such as for a new API token. <c>LoginUser</c> and <c>ConfirmLogin</c> do it too.
    /// </summary>
    public static void ForgetLoginAttempts()
    {
        var context = Current.Context;
        context.App.Get(LoginPlugin.Service).Throttle.Succeeded(context);
    }

    /// <summary>
    /// The response for visitors without <see cref="LoginOptions.Unauthorized"/>: a redirect to <see cref="LoginOptions.LoginView"/> and
    /// back. Call it in a function of your own: <c>Unauthorized = _ => { Flash("Log in, please."); return new(RedirectToLogin()); }</c>.
    /// </summary>
    /// <exception cref="HttpException">401: there is no log-in page, or the request comes from a script.</exception>
    public static Response RedirectToLogin()
    {
        var context = Current.Context;
        return LoginGuard.ToLogIn(context, context.App.Get(LoginPlugin.Service).Options.LoginView);
    }

    /// <summary>The URL if it is a path on this host, and the fallback if it could lead to another site.</summary>
    /// <param name="url">What the visitor sent, such as <c>Current.Request.Args.Find("next")</c>. Null gives the fallback.</param>
    /// <param name="fallback">A URL of your own.</param>
    public static string SafeNext(string? url, string fallback) => NextUrl.IsSafe(url) ? url! : fallback;
}
