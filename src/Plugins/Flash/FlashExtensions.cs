using System.Runtime.CompilerServices;

namespace Modular.Flashing;

/// <summary>The words that this package adds to an application.</summary>
public static class FlashExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives views <c>Flash</c> and <c>GetFlashedMessages</c>, and templates <c>get_flashed_messages</c>. It needs <c>UseSessions</c>, before or after it.</summary>
        public ModularApp UseFlash(FlashOptions? options = null) => app.Use(new FlashPlugin(options ?? new()));

        /// <summary>Runs after each message, for logs and tests. As Flask's signal <c>message_flashed</c>.</summary>
        /// <exception cref="ModularException">Flash is not installed.</exception>
        public ModularApp OnMessageFlashed(Action<RequestContext, FlashedMessage> listener)
        {
            if (listener.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)) throw new ModularException(
                "A listener of OnMessageFlashed is async and returns void, so nobody can wait for it. Take out the async, or start the work in the view.");
            app.Get(FlashPlugin.Flashed).Listeners += listener;
            return app;
        }
    }
}
