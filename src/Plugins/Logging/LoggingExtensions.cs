namespace Modular.Logging;

/// <summary>The method that this package adds to an application.</summary>
public static class LoggingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Logs a line for every request under the category <c>Modular.Logging</c>, and adds a scope to all lines during the request:
        /// request id, method, path,
        /// endpoint, address, trace id. Request ids are read from and sent as <c>X-Request-ID</c>. It adds no log provider.
        /// </summary>
        /// <param name="options">The format and the hidden values. Default: structured lines without secrets.</param>
        public ModularApp UseLogging(LoggingOptions? options = null) => app.Use(new LoggingPlugin(options ?? new()));
    }
}

/// <summary>The property that this package adds to <see cref="Current"/>.</summary>
public static class LoggingLocals
{
    extension(Current)
    {
        /// <summary>
        /// The id of this request: the client's <c>X-Request-ID</c> if it is well-formed, otherwise 32 hexadecimal digits. The response
        /// and the log contain it.
        /// </summary>
        /// <exception cref="ModularException">Logging isn't installed, or there is no current request.</exception>
        public static string RequestId => Current.Context.Get(LoggingPlugin.Slot).Id;
    }
}
