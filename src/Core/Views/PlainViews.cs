namespace Modular;

/// <summary>Views of the plain shapes.</summary>
static class PlainViews
{
    internal static View Of(Func<string> view) => _ => new(Text(view()));

    internal static View Of(Func<Response> view) => _ => new(Given(view()));

    internal static View Of(Func<RequestContext, Response> view) => context => new(Given(view(context)));

    internal static View Of(Func<Task<string>> view) => _ => Text(view());

    internal static View Of(Func<Task<Response>> view) => _ => Given(view());

    internal static View Of(Func<RequestContext, Task<Response>> view) => context => Given(view(context));

    static Response Text(string? text) => new(text ?? throw ResponseConverter.Returned("null"));

    static async ValueTask<Response> Text(Task<string> view) => Text(await view);

    static async ValueTask<Response> Given(Task<Response> view) => Given(await view);

    static Response Given(Response? response) => response ?? throw ResponseConverter.Returned("null");
}
