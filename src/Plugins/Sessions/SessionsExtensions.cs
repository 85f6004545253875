namespace Modular.Sessions;

/// <summary>The words that this package adds to an application.</summary>
public static class SessionsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives every visitor a session, kept in a signed cookie, or on the server when the options have a store.</summary>
        public ModularApp UseSessions(SessionsOptions options) => app.Use(new SessionsPlugin(options));
    }
}

/// <summary>The nouns that this package adds to a context at hand.</summary>
public static class SessionsOfContext
{
    extension(RequestContext context)
    {
        /// <summary>The visitor's session.</summary>
        /// <exception cref="ModularException">Sessions are not installed.</exception>
        public Session Session => SessionsPlugin.Of(context);
    }
}

/// <summary>The nouns that this package adds to a request.</summary>
public static class SessionsLocals
{
    extension(Current)
    {
        /// <summary>The visitor's session.</summary>
        /// <exception cref="ModularException">Sessions are not installed, or no request is being answered.</exception>
        public static Session Session => SessionsPlugin.Of(Current.Context);
    }
}
