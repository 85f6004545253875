namespace Conformance;

static class TemplatePart
{
    internal static void AddTo(ModularApp app)
    {
        app.Route("/tpl/hello/", Hello, endpoint: "tpl_hello");
        app.Route("/tpl/hello/<name>", Hello, endpoint: "tpl_hello");
        app.Route("/tpl/attr", (Request request) => RenderTemplate("attr.html", ("v", request.Args.Get("v", ""))), endpoint: "tpl_attr");
        app.Route("/tpl/context", () => RenderTemplate("context.html"), endpoint: "tpl_context", methods: ["GET", "POST"]);
        app.Route("/tpl/child", (Request request) => RenderTemplate("child.html", ("items", request.Args.GetAll("item"))), endpoint: "tpl_child");
        app.Route("/tpl/markup", (Request request) =>
        {
            var v = request.Args.Get("v", "<em>x</em>");
            return RenderTemplate("markup.html", ("v", v), ("m", new Markup("<strong>a &amp; b</strong>")), ("f", Functions.Html($"<b>{v}</b>")));
        }, endpoint: "tpl_markup");
    }

    static Markup Hello(string? name = null) => RenderTemplate("hello.html", ("name", name));
}
