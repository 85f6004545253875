namespace Modular;

/// <summary>What a context can tell of the floors above it.</summary>
public static class RequestContextExtensions
{
    extension(RequestContext context)
    {
        /// <summary>The application that answers.</summary>
        public ModularApp App => context.Plan.Part(ModularApp.Slot);

        /// <summary>Runs once, after this request's view and before the application's AfterRequest hooks. It may change the response, or return another one to send instead.</summary>
        /// <param name="hook">A lambda or a method, also one that returns a task. The value of an assignment, as in <c>response => response.Status = 203</c>, is no response.</param>
        /// <remarks>Order: as added.</remarks>
        /// <exception cref="ModularException">It returns what is no response, or it is <c>async void</c>.</exception>
        public void AfterThisRequest(Action<Response> hook) => Scaffold.AfterThis(context, hook, response =>
        {
            hook(response);
            return default(ValueTask);
        }, null);

        /// <inheritdoc cref="extension(RequestContext).AfterThisRequest(Action{Response})"/>
        /// <param name="hookText">Filled in by the compiler.</param>
        public void AfterThisRequest<T>(Func<Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
            Scaffold.AfterThis(context, hook, hook, hookText);
    }
}
