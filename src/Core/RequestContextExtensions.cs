namespace Modular;

/// <summary>Members of a context that need the application above it.</summary>
public static class RequestContextExtensions
{
    extension(RequestContext context)
    {
        /// <summary>The application that answers.</summary>
        public ModularApp App => context.Plan.Part(ModularApp.Slot);
    }

    /// <summary>Runs once, after this request's view and before AfterRequest hooks. It may change or replace the response.</summary>
    /// <param name="hook">Any shape, also async. The value of an assignment, <c>r => r.Status = 203</c>, isn't a response.</param>
    /// <remarks>Order: as added.</remarks>
    /// <exception cref="ModularException">It returns something other than a response, or it is <c>async void</c>.</exception>
    public static void AfterThisRequest(this RequestContext context, Action<Response> hook) =>
        RouteGroup.AfterThis(context, hook, response =>
        {
            hook(response);
            return default(ValueTask);
        }, null);

    /// <inheritdoc cref="AfterThisRequest(RequestContext, Action{Response})"/>
    public static void AfterThisRequest<T>(
        this RequestContext context, Func<Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        RouteGroup.AfterThis(context, hook, hook, hookText);
}
