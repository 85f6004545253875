using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;

namespace Modular.Tests.Endpoints;

/// <summary>A view's parameters are filled as minimal APIs fill them: by the rule, attributes, special types, the query, services, the body.</summary>
public sealed class ViewInputTests
{
    enum Size { Small, Large }

    sealed record Item(string Name, int Count = 1);

    sealed class Greeter(string word)
    {
        public string Word => word;
    }

    sealed record Point(int X, int Y) : IParsable<Point>
    {
        public static Point Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var point) ? point : throw new FormatException();

        public static bool TryParse(string? s, IFormatProvider? provider, out Point result)
        {
            var parts = s?.Split(',') ?? [];
            result = new(0, 0);
            if (parts is not [var x, var y] || !int.TryParse(x, out var left) || !int.TryParse(y, out var top)) return false;
            result = new(left, top);
            return true;
        }
    }

    sealed record Visitor(string Agent)
    {
        public static ValueTask<Visitor?> BindAsync(HttpContext http) =>
            new(http.Request.Headers["X-Agent"] is [{ Length: > 0 } agent] ? new Visitor(agent) : null);
    }

    static ModularApp App()
    {
        var app = new ModularApp();
        app.Services.AddKeyedSingleton("k", new Greeter("keyed")).AddSingleton(new Greeter("plain"));
        app.Get("/page", (int page = 1) => $"page {page}", endpoint: "page");
        app.Get("/explicit", ([FromQuery] int page = 9) => $"page {page}", endpoint: "explicit");
        app.Get("/named", ([FromQuery(Name = "p")] int page) => $"page {page}", endpoint: "named");
        app.Get("/needed", (int page) => $"page {page}", endpoint: "needed");
        app.Get("/nullable", (int? page, string? q) => $"{page?.ToString() ?? "none"} {q ?? "none"}", endpoint: "nullable");
        app.Get("/many", (string[] tag, int[] id) => $"{string.Join('|', tag)} {id.Sum()}", endpoint: "many");
        app.Get("/types", (Guid id, DateOnly day, decimal price, double ratio, bool on) => FormattableString.Invariant($"{id:N} {day:yyyyMMdd} {price} {ratio} {on}"), endpoint: "types");
        app.Get("/enum", (string size, Point at) => $"{Enum.Parse<Size>(size)} {at.X + at.Y}", endpoint: "enum");
        app.Get("/header", ([FromHeader(Name = "X-Name")] string name, [FromHeader] string accept) => $"{name} {accept}", endpoint: "header");
        app.Post("/header", ([FromHeader(Name = "X-Name")] string name, [FromQuery(Name = "q")] string query, ClaimsPrincipal user, Item item) =>
            $"{name} {query} {user.Identity!.IsAuthenticated} {item.Name}", endpoint: "body beside");
        app.Get("/keyed", ([FromKeyedServices("k")] Greeter keyed, Greeter plain) => $"{keyed.Word} {plain.Word}", endpoint: "keyed");
        app.Get("/raw", (HttpRequest request, HttpResponse response, CancellationToken aborted) =>
        {
            response.Headers["X-Raw"] = "yes";
            return $"{request.Method} {aborted.IsCancellationRequested}";
        }, endpoint: "raw");
        app.Post("/form", ([FromForm] string name, [FromForm] int count) => $"{name} {count}", endpoint: "form");
        app.Post("/collection", (IFormCollection form) => $"{form["name"]} {form.Count}", endpoint: "collection");
        app.Post("/file", async (IFormFile photo) => $"{photo.FileName} {await new StreamReader(photo.OpenReadStream()).ReadToEndAsync()}", endpoint: "file");
        app.Post("/optional", (Item? item) => item?.Name ?? "nothing", endpoint: "optional");
        return app;
    }

    [Theory]
    [InlineData("/page?page=3", "page 3")]
    [InlineData("/page", "page 1")]
    [InlineData("/explicit?page=3", "page 3")]
    [InlineData("/explicit", "page 9")]
    [InlineData("/named?p=4&page=5", "page 4")]
    [InlineData("/nullable", "none none")]
    [InlineData("/nullable?page=2&q=x", "2 x")]
    [InlineData("/many?tag=a&tag=b&id=1&id=2", "a|b 3")]
    [InlineData("/many", " 0")]
    [InlineData("/types?id=11111111111111111111111111111111&day=2026-11-28&price=1.50&ratio=0.5&on=true", "11111111111111111111111111111111 20261128 1.50 0.5 True")]
    [InlineData("/enum?size=Large&at=1,2", "Large 3")]
    [InlineData("/keyed", "keyed plain")]
    [InlineData("/raw", "GET False")]
    public async Task A_parameter_gets_its_value(string path, string text)
    {
        await using var client = App().TestClient();

        var response = await client.GetAsync(path);

        Assert.Equal((200, text), (response.Status, response.Text));
    }

    [Theory]
    [InlineData("/needed", "The query&#39;s value &#34;page&#34; is missing.")]
    [InlineData("/needed?page=x", "The query&#39;s value &#34;page&#34; isn&#39;t a valid int.")]
    [InlineData("/page?page=1,5", "The query&#39;s value &#34;page&#34; isn&#39;t a valid int.")]
    [InlineData("/page?page=5-", "The query&#39;s value &#34;page&#34; isn&#39;t a valid int.")]
    [InlineData("/many?id=1&id=x", "The query&#39;s value &#34;id&#34; isn&#39;t a valid int.")]
    [InlineData("/enum?size=Large&at=1", "The query&#39;s value &#34;at&#34; isn&#39;t a valid Point.")]
    public async Task An_invalid_or_missing_value_is_a_400_that_names_it(string path, string sentence)
    {
        await using var client = App().TestClient();

        var response = await client.GetAsync(path);

        Assert.Equal(400, response.Status);
        Assert.Contains($"<p>{sentence}</p>", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_and_special_types_in_a_rule_with_a_body_are_not_filled_from_the_body()
    {
        await using var client = App().TestClient();

        var response = await client.PostAsync("/header?q=query", new() { Json = """{"name":"from the body"}""", Headers = [("X-Name", "from the header")] });
        var header = await client.GetAsync("/header", new() { Headers = [("X-Name", "ann"), ("Accept", "text/plain")] });
        var missing = await client.PostAsync("/header?q=query", new() { Json = """{"name":"x"}""" });

        Assert.Equal("from the header query False from the body", response.Text);
        Assert.Equal("ann text/plain", header.Text);
        Assert.Equal(400, missing.Status);
        Assert.Contains("The header &#34;X-Name&#34; is missing.", missing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_and_files_of_ASP_NET_are_read_before_the_view()
    {
        await using var client = App().TestClient();

        var form = await client.PostAsync("/form", new() { Form = [("name", "ann"), ("count", "3")] });
        var collection = await client.PostAsync("/collection", new() { Form = [("name", "ann"), ("count", "3")] });
        var wrong = await client.PostAsync("/form", new() { Form = [("name", "ann"), ("count", "many")] });
        var none = await client.PostAsync("/collection", new() { Json = "{}" });

        Assert.Equal(("ann 3", "ann 2"), (form.Text, collection.Text));
        Assert.Equal((400, 415), (wrong.Status, none.Status));
    }

    [Fact]
    public async Task An_uploaded_file_can_be_taken_as_ASP_NETs_type()
    {
        await using var served = await Hosting.Served.Start(App());
        using var content = new MultipartFormDataContent { { new StringContent("bytes"), "photo", "me.txt" } };

        using var response = await served.Client.PostAsync(new Uri(served.Url, "/file"), content);

        Assert.Equal("me.txt bytes", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_missing_optional_body_is_null()
    {
        await using var client = App().TestClient();

        Assert.Equal(("nothing", "pen"), ((await client.PostAsync("/optional")).Text, (await client.PostAsync("/optional", new() { Json = """{"name":"pen"}""" })).Text));
    }

    [Fact]
    public void A_type_that_binds_itself_is_refused() => Assert.Equal(
        "Parameter \"visitor\" of the view for rule \"/\" has a type with BindAsync, which isn't called. Take the RequestContext, and call it in the view.",
        Mistake.OfSetUp(app => app.Post("/", (Visitor visitor) => visitor.Agent)));

    [Fact]
    public async Task A_lambda_without_a_type_gets_the_variable_of_its_parameters_name()
    {
        var app = new ModularApp();
        app.Get("/text/<name>", name => $"text {name}", endpoint: "text");
        app.Get("/number/<int:id>", id => Html($"number {id}"), endpoint: "number");
        app.Get("/later/<name>", async name =>
        {
            await Task.Yield();
            return new Response($"later {name}");
        }, endpoint: "later");
        app.Get("/context", context => new Response(context.Request.Path), endpoint: "context");
        app.Get("/unused", _ => "unused", endpoint: "unused");
        await using var client = app.TestClient();

        List<string> texts = [];
        foreach (var path in (string[])["/text/ann", "/number/7", "/later/ann", "/context", "/unused"]) texts.Add((await client.GetAsync(path)).Text);

        Assert.Equal(["text ann", "number 7", "later ann", "/context", "unused"], texts);
    }

    [Fact]
    public void A_lambda_without_a_type_that_no_variable_fits_is_refused()
    {
        Assert.Equal("The rule has <name>, the view takes \"nmae\" (the view for rule \"/<name>\"). Give both the same name, or give the parameter a type: (string nmae) => ….",
            Mistake.OfSetUp(app => app.Get("/<name>", nmae => $"{nmae}")));
        Assert.Equal("Parameter \"q\" of the view for rule \"/\" has no type, and the rule has no <q>. Write (string q) => … for a value of the query, or (RequestContext q) => ….",
            Mistake.OfSetUp(app => app.Get("/", q => $"{q}")));
    }

    [Fact]
    public void What_cannot_be_bound_is_refused_at_start_up()
    {
        Assert.Equal("The view for rule \"/\" takes the body more than once, as \"one\" and as \"two\". Take one type that has everything in it, or the form's fields by [FromForm].",
            Mistake.OfSetUp(app => app.Post("/", (Item one, Item two) => one.Name + two.Name)));
        Assert.Equal("Parameter \"item\" of the view for rule \"/\" has [AsParameters], which isn't supported. Take its members as parameters of their own.",
            Mistake.OfSetUp(app => app.Get("/", ([AsParameters] Item item) => item.Name)));
        Assert.Equal("Nothing can fill parameter \"greeter\" of the view for rule \"/\": Greeter isn't a service of this application under the key \"other\". Write app.Services.AddKeyedSingleton<Greeter>(\"other\").",
            Mistake.OfSetUp(app => app.Get("/", ([FromKeyedServices("other")] Greeter greeter) => greeter.Word)));
        Assert.Equal("Parameter \"name\" of the view for rule \"/\" takes the variable \"name\" by [FromRoute], which the rule doesn't have. Write <name> into the rule.",
            Mistake.OfSetUp(app => app.Get("/", ([FromRoute] string name) => name)));
    }
}
