using System.Runtime.ExceptionServices;
using System.Security.Claims;

namespace Modular.Login;

/// <summary>The login of one request. The user is loaded at the first read.</summary>
sealed class LoginState(RequestContext context, LoginService login)
{
    Task<IUser?>? _loading;
    IUser? _user;
    bool _isLoaded;
    bool _isFresh;
    bool _hasChanged;
    bool _hasFailed;

    /// <summary>What happens to the remember-me cookie. Null: nothing.</summary>
    internal RememberChange? Remember { get; private set; }

    /// <summary>True when the response belongs to a user.</summary>
    internal bool IsPersonal => _user is not null || _hasChanged;

    /// <summary>True when the request itself names the user.</summary>
    internal bool IsFromRequest { get; private set; }
    internal bool IsOfOtherScheme { get; private set; }

    /// <summary>True when the user has entered a password in this session. The user must be loaded.</summary>
    internal bool IsFresh => _user is not null && _isFresh;

    /// <summary>The user, if it has been loaded.</summary>
    internal IUser? Known => _isLoaded ? _user : null;

    /// <summary>The user, if it is loaded or can be loaded without waiting.</summary>
    /// <remarks>Null for the error page of a request that failed before or while its user was loaded.</remarks>
    internal IUser? User
    {
        get
        {
            if (!_isLoaded && (_hasFailed || login is { Options.LoadAlways: true, IsSynchronous: false })) return null;
            if (!_isLoaded && login.IsSynchronous && Loading() is { IsFaulted: true } failed)
                ExceptionDispatchInfo.Throw(failed.Exception!.InnerException!);
            return _isLoaded ? _user : throw new ModularException(
                "The current user was read before it was loaded, and loading it is asynchronous. " +
                "Write await Current.UserAsync<User>(), add LoginRequired() to the rule, or set LoadAlways = true in LoginOptions.");
        }
    }

    internal ValueTask<IUser?> LoadAsync() => _isLoaded ? new(_user) : new(Loading());

    /// <summary>Logs a user in. Returns false for a user who isn't active.</summary>
    internal bool LogIn(IUser user, bool remember, TimeSpan? duration, bool fresh)
    {
        if (!user.IsActive) return false;
        if (user.Id is not { Length: > 0 } id) throw new ModularException(
            $"A {user.GetType().Name} without an id can't log in. Save the user first, or return its id in IUser.Id.");
        var session = context.Session;
        // The values of another user must not get into this one's session.
        if (LoginKeys.UserOf(session) is { } other && other != id) session.Clear();
        Write(session, user, fresh);
        Remember = remember ? new(login.Remember.New(user, duration ?? login.Options.RememberFor))
            : login.Remember.IsSent(context) ? RememberChange.Forget
            : null;
        (_user, _isLoaded, _isFresh, _hasChanged) = (user, true, fresh, true);
        login.Throttle.Succeeded(context);
        LoginLog.LoggedIn(login.Logger, id);
        context.Notify(new LoginEvent(LoginEventKind.LoggedIn, id));
        return true;
    }

    internal void LogOut()
    {
        var session = context.Session;
        var id = LoginKeys.UserOf(session) ?? _user?.Id;
        if (id is not null) LoginKeys.Remove(session);
        if (login.Remember.IsSent(context) || Remember is not null) Remember = RememberChange.Forget;
        (_user, _isLoaded, _isFresh, _hasChanged) = (null, true, false, true);
        if (id is null) return;
        LoginLog.LoggedOut(login.Logger, id);
        context.Notify(new LoginEvent(LoginEventKind.LoggedOut, id));
    }

    internal void Confirm()
    {
        if (User is not { } user) throw new ModularException(
            "ConfirmLogin was called for a visitor who isn't logged in. Call LoginUser(user) instead.");
        Write(context.Session, user, fresh: true);
        (_isFresh, _hasChanged) = (true, true);
        login.Throttle.Succeeded(context);
    }

    internal ClaimsPrincipal? Principal => _user is { } user ? PrincipalOf(user) : null;

    internal static ClaimsPrincipal PrincipalOf(IUser user) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, user.Id), .. user.Claims], LoginScheme.Name));

    // Two tasks of a request that read the user at once wait for one load.
    Task<IUser?> Loading()
    {
        var source = new TaskCompletionSource<IUser?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _loading, source.Task, null) is { } other) return other;
        _ = Load(source);
        return source.Task;
    }

    async Task Load(TaskCompletionSource<IUser?> source)
    {
        try
        {
            var user = context.HasRequest ? await FindAsync() : null;
            if (!_isLoaded) (_user, _isLoaded) = (user, true);        // the view may have logged in another user meanwhile
            source.SetResult(_user);
        }
        catch (Exception error)
        {
            (_loading, _hasFailed) = (null, true);
            source.SetException(error);
        }
    }

    async ValueTask<IUser?> FindAsync()
    {
        if (login.Options.RequestLoader is { } find && await find(context, context.RequestAborted) is { IsActive: true } named)
        {
            (_isFresh, IsFromRequest) = (true, true);
            return named;
        }
        if (login.Options.AcceptOtherSchemes && OtherId() is { } other)
        {
            // A token in a header is sent by code, with each request; a cookie may be of a log-in of long ago.
            (_isFresh, IsFromRequest, IsOfOtherScheme) = (context.Http.Request.Headers.Authorization.Count > 0, true, true);
            return await login.FindAsync(context, other);
        }
        var session = await context.LoadSessionAsync();
        var (user, mayRemember) = await FromSessionAsync(session);
        return user ?? (mayRemember && login.Remember.IsSent(context) ? await FromCookieAsync(session) : null);
    }

    string? OtherId() => context.Http.User is { Identity: { IsAuthenticated: true, AuthenticationType: not LoginScheme.Name } } principal
        ? principal.FindFirst(login.Options.UserIdClaim)?.Value
        : null;

    async ValueTask<(IUser? User, bool MayRemember)> FromSessionAsync(Session session)
    {
        if (LoginKeys.UserOf(session) is not { } id) return (null, true);
        var hasMoved = login.Options.SessionProtection != SessionProtection.None
            && session.Find(LoginKeys.Client) is string client && !ClientIdentifier.IsOf(context.Request, client);
        if (hasMoved && login.Options.SessionProtection == SessionProtection.Strong)
        {
            LoginLog.Moved(login.Logger, id);
            End(session);
            Remember = RememberChange.Forget;
            return (null, false);
        }
        if (login.HasTimedOut(session) || await login.FindAsync(context, id) is not { } user
            || (session.Find(LoginKeys.Stamp) as string ?? "") != LoginKeys.StampOf(user))
        {
            LoginLog.Ended(login.Logger, id);
            End(session);
            return (null, true);
        }
        _isFresh = !hasMoved && session.Find(LoginKeys.Fresh) is true;
        if (!CanWrite) return (user, true);
        if (hasMoved && session.Find(LoginKeys.Fresh) is true) session[LoginKeys.Fresh] = false;
        login.Touch(session);
        return (user, true);
    }

    async ValueTask<IUser?> FromCookieAsync(Session session)
    {
        if (!CanWrite) return null;
        var used = await login.Remember.UseAsync(context);
        var user = used is { } valid ? await login.FindAsync(context, valid.Token.UserId) : null;
        if (user is null || LoginKeys.StampOf(user) != used!.Value.Token.Stamp)
        {
            Remember = RememberChange.Forget;
            return null;
        }
        Write(session, user, fresh: false);
        if (used.Value.IsRenewed) Remember = new(used.Value.Token);
        _hasChanged = true;
        return user;
    }

    void End(Session session)
    {
        if (CanWrite) LoginKeys.Remove(session);
    }

    void Write(Session session, IUser user, bool fresh)
    {
        session.Regenerate();
        session[LoginKeys.User] = user.Id;
        session[LoginKeys.Fresh] = fresh;
        Set(session, LoginKeys.Client, ClientIdentifier.Of(context.Request));
        Set(session, LoginKeys.Stamp, LoginKeys.StampOf(user) is { Length: > 0 } stamp ? stamp : null);
        Set(session, LoginKeys.Began, login.Options.AbsoluteTimeout is null ? null : login.Now);
        Set(session, LoginKeys.Seen, login.Options.IdleTimeout is null ? null : login.Now);
    }

    static void Set(Session session, string key, object? value)
    {
        if (value is not null) session[key] = value;
        else session.Remove(key);
    }

    // In a stream the headers have been sent, and only reading is left.
    bool CanWrite => !context.IsSaved && !context.Http.Response.HasStarted;
}
