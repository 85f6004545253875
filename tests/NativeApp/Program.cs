using Microsoft.AspNetCore.Mvc;

// Views, hooks and error handlers of all shapes. .ci/native-check asks for each of them, compiled ahead of time and not.
var app = new ModularApp(new() { StaticFolder = null });
app.Services.AddSingleton(new Shop("tea"));
app.Services.AddKeyedSingleton("second", new Shop("coffee"));
app.UseSessions(new() { SecretKey = "a key for the native check" });
app.UseFlash();
app.UseUploads();
app.UseJinja();
app.UseLogin(id => new User(id));

// Without parameters, by what they return.
app.Get("/text", () => "text");
app.Get("/html", () => Html($"<b>{"<"}</b>"));
app.Get("/bytes", () => "bytes"u8.ToArray());
app.Get("/mixed", () => Current.Request.Args.Find("go") is null ? "stay" : Redirect("/text"));
app.Get("/pair", () => ("made", 201));
app.Get("/triple", () => ("made", 202, new Dictionary<string, string> { ["X-Made"] = "yes" }));
app.Get("/record", () => new Order("tea", 2));
app.Get("/later", async () => { await Task.Yield(); return "later"; });
app.Get("/later-record", async () => { await Task.Yield(); return new Order("later", 3); });
app.Get("/soon", async ValueTask<string> () => { await Task.Yield(); return "soon"; });
app.Get("/later-pair", async () => { await Task.Yield(); return ("later", 203); });
app.Get("/many", Numbers);
app.Get("/object", () => new { Name = "tea", Sizes = new[] { Size.Small, Size.Large }, Inner = new { Count = (int?)null } });
app.Get("/objects/<int:n>", (int n) => Enumerable.Range(0, n).Select(i => new { i, Order = new Order("tea", i) }));
app.Get("/object-pair", async () => { await Task.Yield(); return (new { Made = true }, 201); });
app.Get("/either/<int:n>", object (int n) =>
{
    if (n > 0) return new { n };
    return "none";
});
app.Get("/called", () => Json(new { Called = 1m }, 202));
app.Get("/dictionary", () => new Dictionary<string, List<Order>> { ["tea"] = [new("green", 1)] });
app.Get("/result", () => Results.Text("a result", statusCode: 206));
app.Get("/written", async (HttpContext http) => { await http.Response.WriteAsync("written"); });

// Variables.
app.Get("/name/<name>", name => $"{Escape(name)}");
app.Get("/int/<int:id>", (int id) => $"{id + 1}");
app.Get("/long/<int:id>", (long id) => $"{id}");
app.Get("/float/<float:x>", (double x) => $"{x}");
app.Get("/uuid/<uuid:id>", (Guid id) => $"{id}");
app.Get("/path/<path:rest>", (string rest) => $"{Escape(rest)}");
app.Get("/two/<name>/<int:id>", (int id, string name) => $"{Escape(name)} {id}");
app.Get("/three/<a>/<b>/<int:c>", async (string a, string b, int c, CancellationToken cancellationToken) =>
{
    await Task.Delay(1, cancellationToken);
    return new Order($"{a}{b}", c);
});

// Query, headers, services, the request's parts.
app.Get("/query", (string q, int page = 1) => $"{Escape(q)} {page}");
app.Get("/optional", (string? q, int? page) => $"{Escape(q ?? "none")} {page ?? 7}");
app.Get("/list", (int[] id) => string.Join('+', id));
app.Get("/enum", (Size size) => $"{size}");
app.Get("/own", (Celsius at) => $"{at.Degrees}");
app.Get("/date", (DateOnly day) => $"{day.Year}");
app.Get("/header", ([FromHeader(Name = "X-Name")] string name, [FromQuery(Name = "p")] int page = 3) => $"{Escape(name)} {page}");
app.Get("/service", (Shop shop) => shop.Name);
app.Get("/keyed", ([FromKeyedServices("second")] Shop shop) => shop.Name);
app.Get("/context", (RequestContext context) => $"{context.Request.Method}");
app.Get("/context/untyped", context => $"{context.Request.Method} {context.Rule!.Variables.Count}");
app.Get("/parts", (Request request, HttpContext http, HttpRequest asp, CancellationToken cancellationToken) =>
    $"{request.Method} {http.Request.Method} {asp.Method} {cancellationToken.CanBeCanceled}");

// Bodies.
app.Post("/json", (Order order) => order with { Count = order.Count + 1 });
app.Post("/json/<int:id>", async (int id, Order order, Shop shop) => { await Task.Yield(); return ($"{id} {order.Count} {shop.Name}", 201); });
app.Post("/json-list", (List<Order> orders) => $"{orders.Count}");
app.Post("/json-deep", (Basket basket) => basket);
app.Post("/json-optional", (Order? order) => order?.Name is { } name ? $"{Escape(name)}" : "nothing");
app.Post("/form", ([FromForm] string name, [FromForm] int age) => $"{Escape(name)} {age}");
app.Post("/file", (IFormFile file) => $"{Escape(file.FileName)} {file.Length}");
app.Post("/raw", async (Stream body) => { using var reader = new StreamReader(body); return $"{(await reader.ReadToEndAsync()).Length}"; });
app.Put("/put/<int:id>", (int id, Order order) => $"{id} {order.Count}");
app.Patch("/patch/<name>", name => $"{Escape(name)}");
app.Delete("/delete/<int:id>", (int id) => ("", 204));
app.Route("/shape", () => Current.Request.Method, methods: ["GET", "POST"]);
app.Route<Items>("/items/<int:id>");
app.Get("/method", Methods.Named);
app.Get("/method/<int:id>", Methods.WithId);

// Hooks and error handlers.
app.BeforeRequest((Shop shop) => Current.G["shop"] = shop.Name);
app.BeforeRequest(() => Current.Request.Path == "/stopped" ? ("stopped", 403) : null);
app.BeforeRequest(async (RequestContext context) => { await Task.Yield(); return context.Request.Path == "/stopped-later" ? new Response("stopped later", 403) : null; });
app.AfterRequest((Response response, Shop shop) => { response.Headers["X-Shop"] = shop.Name; });
app.TeardownRequest((Exception? error, Shop shop) => { _ = (error, shop); });
app.ErrorHandler(404, error => ($"no {error.Status}", 404));
app.ErrorHandler<TimeoutException>(error => ($"too slow: {error.Message}", 504));
app.ErrorHandler<InvalidOperationException>((InvalidOperationException error, Shop shop) => ($"{error.Message} {shop.Name}", 409));
app.Get("/slow", string () => throw new TimeoutException("late"));
app.Get("/wrong", string () => throw new InvalidOperationException("wrong"));
app.Get("/g", () => $"{Current.G["shop"]}");

// Plugins.
app.Get("/session", () => { var n = Current.Session.Get("n", 0); Current.Session["n"] = n + 1; Flash($"visit {n}"); return $"{n}"; });
app.Get("/flashed", () => string.Join(',', GetFlashedMessages()));
app.Get("/jinja/<name>", name => RenderTemplateString("{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}{{ b(name)|upper }} {{ order.name }}", ("name", name), ("order", new Dictionary<string, object?> { ["name"] = "tea" })));
app.Get("/page/object", () => RenderTemplateString("{{ order.name }} {{ inner.deep.count }} {% for o in orders %}{{ o.Name }}{{ o.count }}{% endfor %}{{ point.x }}",
    new { order = new Order("<tea>", 2), inner = new { Deep = new { Count = 3 } }, orders = new List<Order> { new("a", 1) }, point = new Point(4) }));
app.Get("/page/tuples", () => RenderTemplateString("{{ basket.owner }} {{ basket.orders[0].name }} {{ basket.days }}",
    ("basket", new Basket { Owner = "Ada", Orders = [new("tea", 1)] })));
app.Get("/page/dictionary", () => RenderTemplateString("{{ order.name }}", new Dictionary<string, object?> { ["order"] = new Order("tea", 1) }));
app.Get("/page/g", () => { Current.G["user"] = new User("7"); return RenderTemplateString("{{ g.user.id }} {{ owner.owner }}"); });
app.Get("/page/unknown", () => { object hidden = Methods.Hidden(); return RenderTemplateString("{{ x.Secret }}", ("x", hidden)); });
app.TemplateGlobal("owner", _ => new Basket { Owner = "all" });
app.Get("/login", () => $"{LoginUser(new User("7"))}");
app.Get("/me", () => Current.User<User>()!.Id).LoginRequired();

var blueprint = new Blueprint("shop", urlPrefix: "/shop");
blueprint.Get("/<int:id>", (int id, Shop shop) => $"{id} {shop.Name}");
blueprint.BeforeRequest((RequestContext context) => { context.G["shop"] = "blueprint"; });
app.Register(blueprint);
app.Run(port: 0);

static async IAsyncEnumerable<int> Numbers()
{
    for (var i = 0; i < 3; i++)
    {
        await Task.Yield();
        yield return i;
    }
}

sealed record User(string Id) : IUser;

sealed record Shop(string Name);

sealed record Order(string Name, int Count);

readonly record struct Point(int X);

sealed class Basket
{
    public required string Owner { get; init; }
    public IReadOnlyList<Order> Orders { get; init; } = [];
    public Dictionary<string, DateOnly>? Days { get; set; }
}

enum Size { Small, Large }

readonly record struct Celsius(double Degrees) : IParsable<Celsius>
{
    public static Celsius Parse(string text, IFormatProvider? provider) =>
        TryParse(text, provider, out var read) ? read : throw new FormatException($"\"{text}\" isn't a temperature. Write 21C.");

    public static bool TryParse(string? text, IFormatProvider? provider, out Celsius result)
    {
        var isValid = double.TryParse(text?.TrimEnd('C'), provider, out var degrees);
        result = new(degrees);
        return isValid;
    }
}

static class Methods
{
    internal static string Named() => "named";

    internal static object Hidden() => new Unnamed { Secret = 1 };

    sealed class Unnamed
    {
        public int Secret { get; init; }
    }

    internal static string WithId(int id, Shop shop) => $"{id} {shop.Name}";
}

sealed class Items(Shop shop) : MethodView
{
    public string Get(int id) => $"{id} {shop.Name}";

    public Order Post(int id, Order order) => order with { Count = id };
}
