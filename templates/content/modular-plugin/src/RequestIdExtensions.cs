namespace Acme.Plugin1;

/// <summary>The methods that this package adds to an application.</summary>
public static class RequestIdExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives every request an id: <c>Current.RequestId</c>.</summary>
        public ModularApp UseRequestIds(RequestIdOptions? options = null) => app.Use(new RequestIdPlugin(options ?? new()));
    }
}

/// <summary>The properties that this package adds to <see cref="Current"/>.</summary>
public static class RequestIdLocals
{
    extension(Current)
    {
        /// <summary>The id of the request: the client's id, or a new one.</summary>
        /// <exception cref="ModularException">The plugin isn't installed, or there is no current request.</exception>
        public static string RequestId => Current.Context.Get(RequestIdPlugin.Slot);
    }
}
