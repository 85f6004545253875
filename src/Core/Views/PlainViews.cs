namespace Modular;

/// <summary>Views of the plain shapes.</summary>
static class PlainViews
{
    internal static View Of(Func<string> view) => context => new(Text(context, view()));

    internal static View Of(Func<Response> view) => _ => new(Given(view()));

    internal static View Of(Func<RequestContext, Response> view) => context => new(Given(view(context)));

    internal static View Of(Func<Task<string>> view) => context => Text(context, view());

    internal static View Of(Func<Task<Response>> view) => _ => Given(view());

    internal static View Of(Func<RequestContext, Task<Response>> view) => context => Given(view(context));

    /// <summary>A text answer. While nobody else can get hold of it, it is the context's recycled one.</summary>
    internal static Response Text(RequestContext context, string? text)
    {
        if (text is null) throw ResponseConverter.Returned("null");
        var state = context.State();
        if (state.AfterThis is { Count: > 0 } || state.Target is not ViewTarget { Hooks.SharesResponse: false }) return new Response(text);
        return state.Recycled.WithText(text);
    }

    static async ValueTask<Response> Text(RequestContext context, Task<string> view) => Text(context, await view);

    static async ValueTask<Response> Given(Task<Response> view) => Given(await view);

    static Response Given(Response? response) => response ?? throw ResponseConverter.Returned("null");
}
