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

    /// <summary>The answer of a bare <c>Task</c>: the value that it has all the same, as <c>Task.FromResult(…)</c> in a method that returns <c>Task</c>; else none.</summary>
    internal static async ValueTask<Response> AfterTask(ResponseConverter converter, RequestContext context, Task task, bool optional)
    {
        await task;
        return Callback.HiddenValue(task) is { } value && !IsByProduct(context, value, optional)
            ? converter.Convert(context, value)
            : await Nothing(context, optional);
    }

    internal static ValueTask<Response> AfterValueTask(ResponseConverter converter, RequestContext context, ValueTask task, bool optional) =>
        AfterTask(converter, context, task.AsTask(), optional);

    // What a SemaphoreSlim gives to a hook, or a PipeWriter to a view that has written its answer by it.
    static bool IsByProduct(RequestContext context, object value, bool optional) => optional ? value is bool : context.Http.Response.HasStarted;

    /// <summary>A response that was made already, also when there is none although there must be one.</summary>
    internal static async ValueTask<Response> Given(ValueTask<Response> answer, bool optional) =>
        await answer ?? (optional ? null! : throw ResponseConverter.Returned("null"));
}
