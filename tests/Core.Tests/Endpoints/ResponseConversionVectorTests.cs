using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Modular.Tests.Endpoints;

public sealed class ResponseConversionVectorTests(ITestOutputHelper output)
{
    const string JsonType = "application/json";
    const string Html = "text/html; charset=utf-8";

    static readonly Dictionary<string, string> One = new() { ["X-A"] = "1" };

    // What each case's view is in C#.
    static readonly Dictionary<string, Delegate> Views = new()
    {
        ["str"] = () => "hello",
        ["str-empty"] = () => "",
        ["str-unicode"] = () => "ü",
        ["bytes"] = byte[] () => [0, 255],
        ["bytearray"] = () => new ReadOnlyMemory<byte>("x"u8.ToArray()),
        ["dict"] = () => new Dictionary<string, object> { ["b"] = new object?[] { null, true, 1.5 }, ["a"] = 1 },
        ["dict-empty"] = () => new Dictionary<string, object>(),
        ["dict-unicode"] = () => new { k = "ü<>&'" },
        ["list-empty"] = () => new List<int>(),
        ["int"] = object () => 1,
        ["true"] = object () => true,
        ["float"] = object () => 1.5,
        ["set"] = () => new HashSet<int> { 1 },
        ["generator"] = () => Pieces("a", "b"),
        ["iterator"] = () => Pieces("x"u8.ToArray(), "y"u8.ToArray()),
        ["response"] = () => Given(status: 201),
        ["wsgi-callable"] = () => new Foreign(),
        ["tuple-body-status-str"] = () => ("b", "404 Nope"),
        ["tuple-status-str-only-code"] = () => ("b", "404"),
        ["tuple-status-unknown"] = () => ("b", 799),
        ["tuple-status-garbage"] = () => ("b", "wat"),
        ["tuple-body-headers-dict"] = () => ("b", One),
        ["tuple-body-headers-list"] = () => ("b", new[] { ("X-A", "1"), ("X-A", "2") }),
        ["tuple-body-headers-tuple"] = () => ("b", new List<(string, string)> { ("X-A", "1") }),
        ["tuple-3"] = () => ("b", 202, new HeaderDictionary { ["X-A"] = "1", ["Content-Type"] = "text/plain" }),
        ["tuple-3-none-status"] = () => ("b", (int?)null, One),
        ["tuple-dict-status"] = () => (new { a = 1 }, 201),
        ["tuple-dict-3"] = () => (new { a = 1 }, 201, One),
        ["tuple-response-status"] = () => (Given("X-B"), 202, new Dictionary<string, string> { ["X-A"] = "2" }),
        ["tuple-response-headers-multi"] = () => (Given(), new Dictionary<string, string> { ["X-A"] = "2" }),
        ["tuple-4"] = () => ("b", 200, One, "extra"),
        ["tuple-0"] = () => default(ValueTuple),
        ["tuple-none-body"] = () => ((string?)null, 200, One),
        ["tuple-body-204"] = () => ("b", 204),
        ["tuple-body-304"] = () => ("b", 304),
        ["tuple-body-100"] = () => ("b", 100),
        ["tuple-headers-list-values"] = () => ("b", new Dictionary<string, string[]> { ["X-A"] = ["1", "2"] }),
        ["tuple-set-cookie-header"] = () => ("b", new Dictionary<string, string> { ["Set-Cookie"] = "a=b" }),
        ["tuple-content-length"] = () => ("hello", new Dictionary<string, string> { ["Content-Length"] = "99" }),
        ["redirect"] = () => Redirect("/x", 303),
        ["redirect-abs"] = () => Redirect("http://other.test/y", 303),
        ["redirect-rel"] = () => Redirect("rel", 303),
        ["redirect-unicode"] = () => Redirect("/ü x", 303),
        ["redirect-quote"] = () => Redirect("/\"><script>", 303),
        ["redirect-empty"] = () => Redirect("", 303),
        ["redirect-tuple"] = () => (Redirect("/x"), 307),
        ["make_response-args"] = () => MakeResponse("x", 401),
        ["jsonify-args"] = () => Json(new[] { 1, 2 }),
        ["jsonify-none"] = () => Json(null),
        ["jsonify-str"] = () => Json("x"),
        ["jsonify-types"] = () => Json(new
        {
            d = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            dd = new DateOnly(2020, 1, 2),
            m = new Markup("<b>"),
            u = new Guid("00000000-0000-0000-0000-000000000001"),
        }),
        ["mimetype"] = () => new Response("x") { MimeType = "text/plain" },
        ["content_type"] = () => new Response("x", contentType: "text/plain"),
        ["mimetype-js"] = () => new Response("x") { MimeType = "application/javascript" },
        ["cookie"] = () => Cookie(response => response.SetCookie("a", "b c")),
        ["cookie-delete"] = () => Cookie(response => response.DeleteCookie("a")),
        ["exception"] = string () => throw new DivideByZeroException(),
        ["json-sort-off"] = () => new { z = 1, a = 2 },
        ["json-compact-off"] = () => new { a = 1 },
        ["json-debug-mode"] = () => new Dictionary<string, object> { ["b"] = 1, ["a"] = new[] { 1 } },
    };

    static readonly Dictionary<string, string> Senseless = new()
    {
        ["jsonify-both"] = "Json(…) takes one value, so there is nothing to mix up.",
        ["direct_passthrough"] = "A Python WSGI server's own way with iterators.",
        ["status-str"] = "Response.Status is a number; text stands only in tuples (tuple-body-status-str).",
        ["json-mimetype"] = "The type of JSON is no setting; a response has ContentType.",
    };

    static readonly Dictionary<string, (string Answer, string Reason)> Deviations = new()
    {
        ["dict GET"] = (Answer(200, JsonType, "{\"b\":[null,true,1.5],\"a\":1}\n"), "System.Text.Json keeps the order of the keys."),
        ["dict-unicode GET"] = (Answer(200, JsonType, "{\"k\":\"\\u00FC\\u003C\\u003E\\u0026\\u0027\"}\n"),
            "The same text: System.Text.Json also escapes what would be dangerous inside HTML, and with capital letters."),
        ["set GET"] = (Answer(200, JsonType, "[1]\n"), "Every collection is JSON in .NET."),
        ["tuple-status-garbage GET"] = (Answer(500, Html, Encoding.Latin1.GetString(ErrorPage.Of(new HttpException(500)).Data.Span)),
            "Upstream bug: no client understands the status 0."),
        ["jsonify-types GET"] = (
            Answer(200, JsonType, "{\"d\":\"2020-01-02T03:04:05Z\",\"dd\":\"2020-01-02\",\"m\":\"\\u003Cb\\u003E\",\"u\":\"00000000-0000-0000-0000-000000000001\"}\n"),
            "Dates are ISO 8601, as everywhere in .NET's JSON."),
        ["json-debug-mode GET"] = (Answer(200, JsonType, "{\"b\":1,\"a\":[1]}\n"), "JSON is the same in debug mode; set WriteIndented for people."),
    };

    [Fact]
    public async Task Views_values_become_the_same_responses_as_in_flask()
    {
        var report = new VectorFile("response_conversion.json", output, Deviations);
        var cases = VectorFile.Load("response_conversion.json");
        foreach (var app in Apps(cases.EnumerateArray().GroupBy(Indents)))
        {
            await using var client = app.App.TestClient(new() { PropagateExceptions = false });
            foreach (var given in app.Cases)
            {
                var (name, method) = (given.GetProperty("name").GetString()!, given.GetProperty("method").GetString()!);
                if (Senseless.TryGetValue(name, out var reason)) output.WriteLine($"{name}: {reason}");
                else report.Check($"{name} {method}", Expected(given.GetProperty("expect")), Text(await client.SendAsync(method, $"/{name}")));
            }
        }

        report.Finish();
    }

    /// <summary>Status, headers by name, and the body, of which each byte is a character.</summary>
    static string Expected(JsonElement answer) => Line(
        int.Parse(answer.GetProperty("status").GetString()!.Split(' ')[0], CultureInfo.InvariantCulture),
        answer.GetProperty("headers").EnumerateArray().Select(header => $"{header[0].GetString()}: {header[1].GetString()}"),
        answer.GetProperty("body").GetString()!);

    /// <inheritdoc cref="Expected"/>
    static string Text(TestResponse response) => Line(
        response.Status,
        response.Headers.SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}")),
        Encoding.Latin1.GetString(response.Data.Span));

    // The words after a status code are the server's affair.
    static string Line(int status, IEnumerable<string> headers, string body) =>
        $"{status} [{string.Join(", ", headers.Order(StringComparer.Ordinal))}] {JsonSerializer.Serialize(body)}";

    static bool Indents(JsonElement given) =>
        given.TryGetProperty("json_config", out var config) && config.TryGetProperty("compact", out _);

    static IEnumerable<(ModularApp App, IEnumerable<JsonElement> Cases)> Apps(
        IEnumerable<IGrouping<bool, JsonElement>> groups)
    {
        foreach (var group in groups)
        {
            var json = group.Key ? new JsonSerializerOptions(JsonSerializerOptions.Web) { WriteIndented = true } : null;
            var app = new ModularApp(new() { StaticFolder = null, Json = json }) { Debug = true, PropagatesExceptions = false };
            foreach (var (name, view) in Views) app.Route($"/{name}", view, endpoint: name);
            yield return (app, group);
        }
    }

    static string Answer(int status, string type, string body) =>
        $"{status} [Content-Length: {body.Length}, Content-Type: {type}] {JsonSerializer.Serialize(body)}";

    static Response Given(string header = "X-A", int status = 200)
    {
        var response = new Response("r", status);
        response.Headers[header] = "1";
        return response;
    }

    static Response Cookie(Action<Response> set)
    {
        var response = new Response("x");
        set(response);
        return response;
    }

    static async IAsyncEnumerable<T> Pieces<T>(params T[] pieces)
    {
        foreach (var piece in pieces)
        {
            await Task.Yield();
            yield return piece;
        }
    }

    sealed class Foreign : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = 418;
            httpContext.Response.Headers["X-W"] = "1";
            httpContext.Response.ContentType = "text/plain; charset=utf-8";
            return httpContext.Response.WriteAsync("wsgi");
        }
    }
}
