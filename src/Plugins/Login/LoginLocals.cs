namespace Modular.Login;

/// <summary>The members that this package adds to a request context.</summary>
public static class LoginOfContext
{
    extension(RequestContext context)
    {
        /// <summary>The current user, or null for a visitor who isn't logged in.</summary>
        /// <exception cref="ModularException">
        /// Login isn't installed, the user is of another type, or loading it is asynchronous.
        /// </exception>
        public TUser? User<TUser>() where TUser : class, IUser => As<TUser>(context.Get(LoginPlugin.Slot).User);

        /// <summary>The current user if it has been loaded, otherwise null. For error pages, whose request may have failed before.</summary>
        /// <exception cref="ModularException">The user is of another type.</exception>
        public TUser? FindUser<TUser>() where TUser : class, IUser => As<TUser>(context.Find(LoginPlugin.Slot)?.Known);

        /// <summary>The current user, loaded if it hasn't been yet, or null for a visitor.</summary>
        /// <exception cref="ModularException">Login isn't installed, or the user is of another type.</exception>
        public async ValueTask<TUser?> UserAsync<TUser>() where TUser : class, IUser =>
            As<TUser>(await context.Get(LoginPlugin.Slot).LoadAsync());

        /// <summary>True when the user has entered the password in this session. False for remembered users and for visitors.</summary>
        /// <exception cref="ModularException">Login isn't installed, or loading the user is asynchronous.</exception>
        public bool HasFreshLogin => context.Get(LoginPlugin.Slot) is var state && state.User is not null && state.IsFresh;
    }

    static TUser? As<TUser>(IUser? user) where TUser : class, IUser => user switch
    {
        null => null,
        TUser typed => typed,
        _ => throw new ModularException(
            $"The current user is of type {TypeName.Of(user.GetType())}, not {TypeName.Of(typeof(TUser))}. " +
            $"Write Current.User<{TypeName.Of(user.GetType())}>()."),
    };
}

/// <summary>The members that this package adds to <see cref="Current"/>.</summary>
public static class LoginOfCurrent
{
    extension(Current)
    {
        /// <summary>The current user, or null for a visitor who isn't logged in.</summary>
        /// <exception cref="ModularException">
        /// Login isn't installed, there is no current request, the user is of another type, or loading it is asynchronous.
        /// </exception>
        /// <example><code>
        /// static class CurrentUser
        /// {
        ///     extension(Current) { public static User? User => Current.User&lt;User&gt;(); }       // from now on: Current.User
        /// }
        /// </code></example>
        public static TUser? User<TUser>() where TUser : class, IUser => Current.Context.User<TUser>();

        /// <summary>The current user if it has been loaded, otherwise null. For error pages, whose request may have failed before.</summary>
        /// <exception cref="ModularException">There is no current request, or the user is of another type.</exception>
        public static TUser? FindUser<TUser>() where TUser : class, IUser => Current.Context.FindUser<TUser>();

        /// <summary>The current user, loaded if it hasn't been yet, or null for a visitor.</summary>
        /// <exception cref="ModularException">
        /// Login isn't installed, there is no current request, or the user is of another type.
        /// </exception>
        public static ValueTask<TUser?> UserAsync<TUser>() where TUser : class, IUser => Current.Context.UserAsync<TUser>();

        /// <summary>True when the user has entered the password in this session. False for remembered users and for visitors.</summary>
        /// <exception cref="ModularException">
        /// Login isn't installed, there is no current request, or loading the user is asynchronous.
        /// </exception>
        public static bool HasFreshLogin => Current.Context.HasFreshLogin;
    }
}
