namespace Modular;

/// <summary>Members of a context that need the application above it.</summary>
public static class RequestContextExtensions
{
    extension(RequestContext context)
    {
        /// <summary>The current application.</summary>
        public ModularApp App => context.Plan.Part(ModularApp.Slot);
    }
}
