namespace Acme.Plugin1;

/// <summary>The words that this package adds to an application.</summary>
public static class RequestIdExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives every request an id: <c>Current.RequestId</c>.</summary>
        public ModularApp UseRequestIds(RequestIdOptions? options = null) => app.Use(new RequestIdPlugin(options ?? new()));
    }
}

/// <summary>The nouns that this package adds to a request.</summary>
public static class RequestIdLocals
{
    extension(Current)
    {
        /// <summary>The request's id: what the client sent, or a new one.</summary>
        /// <exception cref="ModularException">The plugin is not installed, or no request is being answered.</exception>
        public static string RequestId => Current.Context.Get(RequestIdPlugin.Slot);
    }
}
