using System.Runtime.CompilerServices;

namespace Modular.Flashing;

/// <summary>The methods that this package adds to an application.</summary>
public static class FlashExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Adds <c>Flash</c> and <c>GetFlashedMessages</c> for views, and <c>get_flashed_messages</c> for templates. Requires
        /// <c>UseSessions</c>, called before or after it.
        /// </summary>
        public ModularApp UseFlash(FlashOptions? options = null) => app.Use(new FlashPlugin(options ?? new()));

        /// <summary>Calls a listener after each message, for logs and tests. Like Flask's signal <c>message_flashed</c>.</summary>
        /// <exception cref="ModularException">Flash isn't installed.</exception>
        public ModularApp OnMessageFlashed(Action<RequestContext, FlashedMessage> listener)
        {
            if (listener.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)) throw new ModularException(
                "A listener of OnMessageFlashed is async and returns void, so it can't be awaited. " +
                "Remove async, or start the work in the view.");
            app.Get(FlashPlugin.Flashed).Listeners += listener;
            return app;
        }
    }
}
