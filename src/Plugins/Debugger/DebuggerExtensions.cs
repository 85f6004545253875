namespace Modular.Debugger;

/// <summary>The methods that this package adds to an application.</summary>
public static class DebuggerExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Flask's debug mode: restarts the application when its sources change (see <c>reload</c> of <c>app.Run</c>), shows unhandled
        /// exceptions on a page with stack frames, sources and the request, and provides a C# console that is protected by a PIN from the
        /// terminal.
        /// It has no effect outside debug mode, or if <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c> is Production. Only a
        /// browser on this machine can use it.
        /// </summary>
        /// <param name="options">The console's path, its limits, and additional names to mask.</param>
        /// <remarks>Order: call it before other plugins, so that it shows their errors too.</remarks>
        public ModularApp UseDebugger(DebuggerOptions? options = null)
        {
            ReloadLink.TellOfMistakes();       // from here on, every error is sent to the reloader
            var plugin = new DebuggerPlugin(app, options ?? new());
            app.GotRequestException += plugin.Keep;
            return app.Use(plugin);
        }
    }
}
