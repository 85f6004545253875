namespace Modular.Sessions;

/// <summary>The methods that this package adds to an application.</summary>
public static class SessionsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives every visitor a session. It is kept in a signed cookie, or on the server if the options have a store.</summary>
        public ModularApp UseSessions(SessionsOptions options) => app.Use(new SessionsPlugin(options));
    }
}

/// <summary>The method that this package adds to the builder of a plugin.</summary>
public static class SessionsOfPlugins
{
    extension(PluginBuilder builder)
    {
        /// <summary>
        /// Called when a session gets a new id by <see cref="Session.Regenerate"/>: at a log-in, a log-out and whenever the visitor's
        /// rights change. Remove what must not outlive that.
        /// </summary>
        /// <remarks>Has no effect without Modular.Sessions. Not called by <see cref="Session.Clear"/>, which removes everything.</remarks>
        public PluginBuilder OnSessionRegenerated(Action<Session> listener)
        {
            builder.App.Contribute(nameof(OnSessionRegenerated), new RegeneratedListener(listener), nameof(OnSessionRegenerated));
            return builder;
        }
    }
}

sealed record RegeneratedListener(Action<Session> Invoke);

/// <summary>The properties that this package adds to a request context.</summary>
public static class SessionsOfContext
{
    extension(RequestContext context)
    {
        /// <summary>The visitor's session.</summary>
        /// <exception cref="ModularException">Sessions aren't installed.</exception>
        public Session Session => SessionsPlugin.Of(context);

        /// <summary>
        /// The visitor's session, for middleware, which runs before the hooks. A session on the server is loaded if it hasn't been yet.
        /// </summary>
        /// <exception cref="ModularException">Sessions aren't installed.</exception>
        public ValueTask<Session> LoadSessionAsync() => SessionsPlugin.LoadAsync(context);
    }
}

/// <summary>The properties that this package adds to <see cref="Current"/>.</summary>
public static class SessionsLocals
{
    extension(Current)
    {
        /// <summary>The visitor's session.</summary>
        /// <exception cref="ModularException">Sessions aren't installed, or there is no current request.</exception>
        public static Session Session => SessionsPlugin.Of(Current.Context);
    }
}
