using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Modular.Tests.Http;

public sealed class JsonErrorTests
{
    sealed record Line(int Count, Kind Kind = Kind.Tea);

    sealed record Order(string Name, Line[]? Lines = null, Dictionary<string, bool>? Flags = null);

    sealed record Strict
    {
        [JsonRequired] public string Name { get; init; } = "";
    }

    enum Kind { Tea, Cake }

    static async Task<(int Status, string Detail, string[] Log)> Post(Action<ModularApp> views, byte[] body, string type = "application/json")
    {
        var lines = new LogLines();
        var app = new ModularApp(new ModularOptions { NegotiateErrors = true });
        app.Services.AddSingleton<ILoggerProvider>(lines);
        views(app);
        await using var client = app.TestClient(new() { PropagateExceptions = false });
        var response = await client.PostAsync("/", new() { Body = body, ContentType = type, Headers = [("Accept", "application/json")] });
        var detail = response.Status == 400 ? JsonElement.Parse(response.Text).GetProperty("detail").GetString()! : "";
        return (response.Status, detail, [.. lines.All.Where(line => line.Contains("got a 400", StringComparison.Ordinal))]);
    }

    static Task<(int Status, string Detail, string[] Log)> Post(Action<ModularApp> views, string body) => Post(views, Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData("""{"name":5}""", "The JSON body is wrong at $.name: another value is expected.")]
    [InlineData("""{"name":"a","lines":[{"count":1},{"count":"x"}]}""", "The JSON body is wrong at $.lines[1].count: another value is expected.")]
    [InlineData("""{"name":"a","lines":[{"count":1.5}]}""", "The JSON body is wrong at $.lines[0].count: another value is expected.")]
    [InlineData("""{"name":"a","lines":[{"count":null}]}""", "The JSON body is wrong at $.lines[0].count: another value is expected.")]
    [InlineData("""{"name":"a","lines":{}}""", "The JSON body is wrong at $.lines: another value is expected.")]
    [InlineData("""{"name":"a","flags":{"x y":1}}""", "The JSON body is wrong at $.flags['x y']: another value is expected.")]
    [InlineData("[1]", "The JSON body is wrong at $: another value is expected.")]
    [InlineData("null", "The JSON body is wrong at $: null is not expected.")]
    [InlineData("", "The JSON body is empty. Send a JSON value.")]
    [InlineData("""{"name":"a",}""", "The JSON body is malformed, or nested too deeply, at line 1, byte 13.")]
    [InlineData("""{"name":"\ud800"}""", "The JSON body has half of a surrogate pair, which isn't text. Send whole characters.")]
    public async Task A_record_that_the_body_does_not_fit_is_a_400_that_names_the_place_and_is_logged(string body, string detail)
    {
        var answer = await Post(app => app.Post("/", (Order order) => order.Name), body);

        Assert.Equal((400, detail), (answer.Status, answer.Detail));
        Assert.Contains(detail, Assert.Single(answer.Log), StringComparison.Ordinal);
        Assert.Contains("Information", Assert.Single(answer.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_required_property_that_is_missing_is_named()
    {
        var answer = await Post(app => app.Post("/", (Strict strict) => strict.Name), "{}");

        Assert.Equal((400, "The JSON body is wrong at $: it lacks 'name'."), (answer.Status, answer.Detail));
    }

    sealed record Full(string Name, int Count, string? Nick, string Size = "small", int? Old = null)
    {
        public string Note { get; init; } = "";
    }

    [Theory]
    [InlineData("{}", "The JSON body is wrong at $: it lacks 'name'.")]
    [InlineData("""{"count":1}""", "The JSON body is wrong at $: it lacks 'name'.")]
    [InlineData("""{"name":null,"count":1}""", "The JSON body is wrong at $.name: another value is expected.")]
    [InlineData("""{"name":"a","count":null}""", "The JSON body is wrong at $.count: another value is expected.")]
    [InlineData("""{"name":"a","count":1,"size":null}""", "The JSON body is wrong at $.size: another value is expected.")]
    [InlineData("""{"name":"a","count":1,"note":null}""", "The JSON body is wrong at $.note: another value is expected.")]
    public async Task A_missing_required_value_of_a_record_is_a_400_that_names_it(string body, string detail)
    {
        var bound = await Post(app => app.Post("/", (Full full) => full.Name), body);
        var read = await Post(app => app.Post("/", () => Current.Request.GetJson<Full>()!.Name), body);
        var inside = await Post(app => app.Post("/", (Full[] all) => all[0].Name), $"[{body}]");

        Assert.Equal((400, detail), (bound.Status, bound.Detail));
        Assert.Equal((400, detail), (read.Status, read.Detail));
        Assert.Equal((400, detail.Replace("$", "$[0]", StringComparison.Ordinal)), (inside.Status, inside.Detail));
    }

    [Theory]
    [InlineData("""{"name":"a"}""", 0)]
    [InlineData("""{"name":"a","count":1}""", 1)]
    [InlineData("""{"name":"a","count":1,"nick":null,"old":null}""", 1)]
    public async Task A_missing_optional_value_of_a_record_is_its_default_or_null(string body, int count)
    {
        var answer = await Post(app => app.Post("/", (Full full) =>
        {
            Assert.Equal(new Full("a", count, null), full);
            return "";
        }), body);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Json_options_of_the_application_decide_what_may_be_missing()
    {
        var app = new ModularApp(new() { Json = new(JsonSerializerDefaults.Web) });
        app.Post("/", (Full full) => $"{full.Name is null} {full.Count}");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Body = "{}"u8.ToArray(), ContentType = "application/json" });

        Assert.Equal("True 0", response.Text);
    }

    [Theory]
    [InlineData("{}", "The JSON body is wrong at $: it lacks 'count'.")]
    [InlineData("""{"count":"x"}""", "The JSON body is wrong at $.count: another value is expected.")]
    [InlineData("""{"count":null}""", "The JSON body is wrong at $.count: another value is expected.")]
    [InlineData("[]", "The JSON body is wrong at $: an object is expected.")]
    [InlineData("", "The JSON body is empty. Send a JSON value.")]
    public async Task A_property_that_is_read_by_its_name_is_named_in_the_400(string body, string detail)
    {
        var answer = await Post(app => app.Post("/", () => $"{Current.Request.GetJson<int>("count")}"), body);

        Assert.Equal((400, detail), (answer.Status, answer.Detail));
        Assert.Contains(detail, Assert.Single(answer.Log), StringComparison.Ordinal);
        Assert.Contains("Information", Assert.Single(answer.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_that_is_read_by_its_name_names_the_place_inside_of_it()
    {
        var inside = await Post(app => app.Post("/", () => $"{Current.Request.GetJson<Line[]>("lines").Length}"), """{"lines":[{"count":1},{"count":[]}]}""");
        var text = await Post(app => app.Post("/", () => Current.Request.GetJson<string>("name")), """{"name":null}""");
        var good = await Post(app => app.Post("/", () => Current.Request.GetJson<string>("name") + Current.Request.GetJson<int>("count")), """{"name":"a","count":2}""");

        Assert.Equal("The JSON body is wrong at $.lines[1].count: another value is expected.", inside.Detail);
        Assert.Equal("The JSON body is wrong at $.name: null is not expected.", text.Detail);
        Assert.Equal(200, good.Status);
    }

    [Fact]
    public async Task An_error_of_other_json_stays_a_500_where_the_view_reads_properties_by_name()
    {
        var answer = await Post(app => app.Post("/", () => Current.Request.GetJson<string>("name") + JsonElement.Parse("{}").GetProperty("x")), """{"name":"a"}""");

        Assert.Equal(500, answer.Status);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_body_in_another_encoding_is_a_400_that_says_so(string encoding)
    {
        var body = Encoding.GetEncoding(encoding).GetBytes("""{"name":"a"}""");

        var bound = await Post(app => app.Post("/", (Order order) => order.Name), body);
        var loose = await Post(app => app.Post("/", () => Current.Request.Json.GetProperty("name").GetString()!), body);

        Assert.Equal((400, "The JSON body is not UTF-8. Send it as UTF-8."), (bound.Status, bound.Detail));
        Assert.Equal((400, bound.Detail), (loose.Status, loose.Detail));
    }

    [Theory]
    [InlineData("""{}""", "The JSON body doesn't have a value that the view reads. The given key was not present in the dictionary.")]
    [InlineData("""{"x":"1"}""", "The JSON body doesn't have a value that the view reads. The requested operation requires an element of type 'Number', but the target element has type 'String'.")]
    [InlineData("""{"x":1.5}""", "The JSON body doesn't have a value that the view reads. One of the identified items was in an invalid format.")]
    [InlineData("""[]""", "The JSON body doesn't have a value that the view reads. The requested operation requires an element of type 'Object', but the target element has type 'Array'.")]
    [InlineData("""{"x":1,"y":["\udc00"]}""", "The JSON body has half of a surrogate pair, which isn't text. Send whole characters.")]
    public async Task A_failed_access_to_the_json_is_a_400_that_is_logged(string body, string detail)
    {
        var loose = await Post(app => app.Post("/", () => $"{Current.Request.Json.GetProperty("x").GetInt32()}"), body);
        var bound = await Post(app => app.Post("/", (JsonElement json) => $"{json.GetProperty("x").GetInt32()}"), body);

        Assert.Equal((400, detail), (loose.Status, loose.Detail));
        Assert.Equal((400, detail), (bound.Status, bound.Detail));
        Assert.Contains(detail, Assert.Single(loose.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_of_another_type_and_an_index_beyond_the_end_are_400()
    {
        var node = await Post(app => app.Post("/", (JsonNode json) => json["x"]!.GetValue<int>().ToString(System.Globalization.CultureInfo.InvariantCulture)), """{"x":"1"}""");
        var index = await Post(app => app.Post("/", () => Current.Request.Json[3].GetString()!), "[1]");

        Assert.Equal((400, 400), (node.Status, index.Status));
    }

    [Fact]
    public async Task Errors_of_other_code_stay_a_500()
    {
        var untouched = await Post(app => app.Post("/", () => JsonElement.Parse("{}").GetProperty("x").GetString()!), "{}");
        var serializer = await Post(app => app.Post("/", () => Current.Request.Json + JsonSerializer.Deserialize<string>("5")), "{}");
        var dictionary = await Post(app => app.Post("/", () => Current.Request.Json + new Dictionary<string, string>()["x"]), "{}");
        var invalid = await Post(app => app.Post("/", (JsonElement json) => json.ValueKind + Array.Empty<string>().First()), "{}");

        Assert.Equal((500, 500, 500, 500), (untouched.Status, serializer.Status, dictionary.Status, invalid.Status));
    }

    [Fact]
    public async Task A_missing_form_field_or_query_key_is_logged_by_name_outside_debug()
    {
        var form = await Post(app => app.Post("/", () => Current.Request.Form["x"]), "a=1"u8.ToArray(), "application/x-www-form-urlencoded");
        var query = await Post(app => app.Post("/", () => Current.Request.Args["page"]), "{}");

        Assert.Contains("POST / got a 400. Request.Form has no value named \"x\". Read it with Request.Form.Find(\"x\") if it may be missing.", Assert.Single(form.Log), StringComparison.Ordinal);
        Assert.Contains("Request.Args has no value named \"page\".", Assert.Single(query.Log), StringComparison.Ordinal);
    }
}
