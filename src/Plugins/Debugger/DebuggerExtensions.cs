namespace Modular.Debugger;

/// <summary>The words that this package adds to an application.</summary>
public static class DebuggerExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Flask's debug mode: starts the application again when its sources change (see <c>reload</c> of <c>app.Run</c>), shows exceptions that nobody handled on a page with frames, sources and the request, and offers a C# console behind a PIN that is printed in the terminal.
        /// Does nothing without debug, nothing where <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c> is Production, and is there for nobody but a browser on this machine.
        /// </summary>
        /// <param name="options">The console's path, limits, further names to mask.</param>
        /// <remarks>Order: call it before other plugins, and it shows their failures too.</remarks>
        public ModularApp UseDebugger(DebuggerOptions? options = null)
        {
            ReloadLink.TellOfMistakes();       // from here on, the reloader hears of every mistake
            var plugin = new DebuggerPlugin(app, options ?? new());
            app.GotRequestException += plugin.Keep;
            return app.Use(plugin);
        }
    }
}
