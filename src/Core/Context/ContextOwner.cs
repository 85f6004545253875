namespace Modular;

/// <summary>What a context asks of the application that answers its request.</summary>
abstract class ContextOwner
{
    /// <summary>How long caches may use static files without asking; null leaves it to the response.</summary>
    internal abstract TimeSpan? StaticMaxAge { get; }

    /// <summary>The first value of a slot in a request; null when no plugin opens this slot.</summary>
    internal abstract T? Open<T>(Slot<T> slot, RequestContext context) where T : class;

    /// <summary>All slots that plugins open, each with what makes its first value.</summary>
    internal abstract IReadOnlyList<(object Slot, Func<RequestContext, object> Open)> Openers { get; }

    /// <summary>The request object, with its limits and what routing found.</summary>
    internal abstract Request MakeRequest(HttpContext http, RequestState state);

    /// <summary>The request's services; a scope that was made for them is left in the state, to be disposed of with it.</summary>
    internal abstract IServiceProvider OpenServices(RequestState state);

    /// <summary>Fills the slots that are awaited.</summary>
    internal abstract ValueTask OpenSlots(RequestContext context);

    /// <summary>Lets the plugins save.</summary>
    internal abstract ValueTask Save(RequestContext context, Response response);
}
