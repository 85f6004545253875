namespace Modular;

/// <summary>Sees requests from outside, as a test client does. Register it among the services of the application or its host.</summary>
/// <remarks>Thread: called for many requests at once, and for one request by several of its tasks.</remarks>
public interface IRequestObserver
{
    /// <summary>Something was reported by <see cref="RequestContext.Notify"/>, such as a template that was rendered.</summary>
    void OnEvent(RequestContext context, object what);

    /// <summary>The response was written; not called for an exception that goes on to the host.</summary>
    /// <remarks>Until this is done, the teardown hooks don't run and the context stays usable.</remarks>
    ValueTask OnAnswered(RequestContext context);
}
