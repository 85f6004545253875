namespace Modular.Logging;

/// <summary>The word that the package adds to an application.</summary>
public static class LoggingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Writes a line for every request, under the category <c>Modular.Logging</c>, and gives all lines that are written meanwhile a scope: request id, method, path,
        /// endpoint, address, trace id. Request ids come in and go out as <c>X-Request-ID</c>. No log provider is added.
        /// </summary>
        /// <param name="options">Format, and what is kept out of the log. Default: structured lines without secrets.</param>
        public ModularApp UseLogging(LoggingOptions? options = null) => app.Use(new LoggingPlugin(options ?? new()));
    }
}

/// <summary>The noun that the package adds to the current request.</summary>
public static class LoggingLocals
{
    extension(Current)
    {
        /// <summary>The id of this request: the client's <c>X-Request-ID</c> when it is well-formed, else 32 hexadecimal digits. The answer and the log have it too.</summary>
        /// <exception cref="ModularException">Logging is not installed, or no request is being answered.</exception>
        public static string RequestId => Current.Context.Get(LoggingPlugin.Slot).Id;
    }
}
