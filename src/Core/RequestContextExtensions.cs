namespace Modular;

/// <summary>What a context can tell of the floors above it.</summary>
public static class RequestContextExtensions
{
    extension(RequestContext context)
    {
        /// <summary>The application that answers.</summary>
        public ModularApp App => context.Plan.Part(ModularApp.Slot);
    }
}
