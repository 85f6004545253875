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
        /// <param name="hookText">Filled in by the compiler.</param>
        /// <remarks>Order: as added.</remarks>
        /// <exception cref="ModularException">It returns what is no response, or it is <c>async void</c>.</exception>
        [OverloadResolutionPriority(2)]
        public void AfterThisRequest(Func<Response, Response?> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
            Add(context, hook, HookShapes.After((_, response) => hook(response), hookText, HookShapes.AfterThisName));

        /// <inheritdoc cref="extension(RequestContext).AfterThisRequest(Func{Response, Response}, string)"/>
        public void AfterThisRequest(Action<Response> hook)
        {
            Callback.RefuseAsyncVoid(hook, HookShapes.AfterThisName);
            ViewAttributes.CheckHook(hook, HookShapes.AfterThisName);
            context.AfterThisRequest(new Func<Response, ValueTask<Response>>(response =>
            {
                hook(response);
                return new(response);
            }));
        }

        /// <inheritdoc cref="extension(RequestContext).AfterThisRequest(Func{Response, Response}, string)"/>
        public void AfterThisRequest<T>(Func<Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
            Add(context, hook, HookShapes.After((_, response) => hook(response), hookText, HookShapes.AfterThisName));
    }

    static void Add(RequestContext context, Delegate written, AfterHook hook)
    {
        ViewAttributes.CheckHook(written, HookShapes.AfterThisName);
        context.AfterThisRequest(new Func<Response, ValueTask<Response>>(response => hook(context, response)));
    }
}
