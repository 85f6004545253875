namespace Modular;

/// <summary>What a context can tell of the floors above it.</summary>
public static class RequestContextExtensions
{
    extension(RequestContext context)
    {
        /// <summary>The application that answers.</summary>
        public ModularApp App => ((Dispatcher)context.AppOwner).Plan.App;
    }
}
