namespace Modular;

/// <summary>What a view, a hook or an error handler returned: awaited, and made a response. Without reflection, so that typed shapes need none.</summary>
static class ViewAnswer
{
    /// <param name="optional">True for hooks: null goes on.</param>
    internal static ValueTask<Response> FromValue<T>(ResponseConverter converter, RequestContext context, T value, bool optional) =>
        value is null && optional ? default
        : new(converter.Convert(context, value));

    internal static ValueTask<Response> FromTask<T>(ResponseConverter converter, RequestContext context, Task<T> task, bool optional) =>
        FromValueTask(converter, context, new ValueTask<T>(task), optional);

    internal static async ValueTask<Response> FromValueTask<T>(ResponseConverter converter, RequestContext context, ValueTask<T> task, bool optional) =>
        await FromValue(converter, context, await task, optional);

    /// <summary>A hook that returns nothing lets the request go on; a view that does has written its answer.</summary>
    internal static ValueTask<Response> Nothing(RequestContext context, bool optional) =>
        optional ? default : new(Response.Written(context.Http.Response.StatusCode));

    internal static async ValueTask<Response> AfterTask(RequestContext context, Task task, bool optional)
    {
        await task;
        return await Nothing(context, optional);
    }

    internal static async ValueTask<Response> AfterValueTask(RequestContext context, ValueTask task, bool optional)
    {
        await task;
        return await Nothing(context, optional);
    }

    /// <summary>A response that was made already, also when there is none although there must be one.</summary>
    internal static async ValueTask<Response> Given(ValueTask<Response> answer, bool optional) =>
        await answer ?? (optional ? null! : throw ResponseConverter.Returned("null"));
}
