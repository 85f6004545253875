namespace Modular;

/// <summary>Observes requests, as a test client does. Register it as a service of the application or its host.</summary>
/// <remarks>Thread: called concurrently for many requests, and by several tasks of one request.</remarks>
public interface IRequestObserver
{
    /// <summary>Something was reported by <see cref="RequestContext.Notify"/>, such as a template that was rendered.</summary>
    void OnEvent(RequestContext context, object what);

    /// <summary>The response was written; not called for an exception that propagates to the host.</summary>
    /// <remarks>The teardown hooks run after it completes. The context is usable until then.</remarks>
    ValueTask OnAnswered(RequestContext context);
}
