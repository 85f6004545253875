namespace Conformance;

static class FlashPart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/flash/add", Add, endpoint: "flash_add");
        app.Route("/flash/show", () => new { messages = Messages() }, endpoint: "flash_show");
        app.Route("/flash/show-categories", (Request request) => new
        {
            messages = GetFlashedMessages([.. request.Args.GetAll("f")]).Select(flashed => new[] { flashed.Category, flashed.Message }),
        }, endpoint: "flash_show_categories");
        app.Route("/flash/twice", () => new { first = Messages(), second = Messages() }, endpoint: "flash_twice");
        app.Route("/flash/same-request", () =>
        {
            Flash("now");
            return new { messages = Messages() };
        }, endpoint: "flash_same_request");
        app.Route("/flash/redirect", () =>
        {
            Flash("after redirect", "info");
            return Redirect("/flash/show");
        }, endpoint: "flash_redirect");
        app.Route("/flash/page", () => RenderTemplate("child.html", ("items", Array.Empty<string>())), endpoint: "flash_page");
    }

    static IEnumerable<object> Messages() => GetFlashedMessages().Select(flashed => flashed.Message);

    static string Add(Request request)
    {
        foreach (var message in request.Args.GetAll("m"))
        {
            if (request.Args.Find("c") is { } category) Flash(message, category);
            else Flash(message);
        }
        return "flashed";
    }
}
