namespace Modular.Debugger;

/// <summary>The console without an exception.</summary>
static class ConsolePage
{
    internal static string Of(ModularApp app, PageFrame frame) => frame.Page($"Console · {app.Name}", Functions.Html(
        $"""
        <header class="top quiet"><p class="request">{app.Name}</p><h1>Console</h1></header>
        <main>
        {frame.Console("app, services, g", open: true)}
        </main>
        """));
}
