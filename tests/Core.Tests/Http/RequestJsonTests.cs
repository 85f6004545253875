using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Tests.Http;

public class RequestJsonTests
{
    sealed record Order(string Name, int Count);

    static async Task<Request> Sent(string body, string? type = "application/json", BodyLimits? limits = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.ContentType = type;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Request.ContentLength = http.Request.Body.Length;
        var request = new Request(http, limits ?? new());
        await request.ReadBodyAsync(failsLater: true, default);
        return request;
    }

    static int Status(Action action) => Assert.ThrowsAny<HttpException>(action).Status;

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("Application/JSON", true)]
    [InlineData("application/vnd.api+json", true)]
    [InlineData("text/json", false)]
    [InlineData("application/jsonx", false)]
    [InlineData("text/x+json", false)]
    [InlineData(null, false)]
    public async Task Only_JSON_types_are_JSON(string? type, bool expected)
    {
        var request = await Sent("{}", type);

        Assert.Equal(expected, request.IsJson);
    }

    [Fact]
    public async Task JSON_is_read_loosely_or_as_a_type()
    {
        var request = await Sent("\uFEFF{\"name\":\"tea\",\"count\":2}");

        Assert.Equal("tea", request.Json.GetProperty("name").GetString());
        Assert.Equal(new Order("tea", 2), request.GetJson<Order>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\": NaN}")]
    [InlineData("[1,]")]
    public async Task Malformed_JSON_is_a_400_or_silently_nothing(string body)
    {
        var request = await Sent(body);

        Assert.Equal(400, Status(() => _ = request.Json));
        Assert.Equal(400, Status(() => request.GetJson<Order>()));
        Assert.Null(request.GetJson(silent: true));
        Assert.Null(request.GetJson<Order>(silent: true));
    }

    [Fact]
    public async Task JSON_of_another_shape_is_a_400()
    {
        var request = await Sent("[1]");

        Assert.Equal(400, Status(() => request.GetJson<Order>()));
    }

    [Fact]
    public async Task Another_type_is_a_415_unless_forced_or_silent()
    {
        var request = await Sent("""{"a":1}""", "text/plain");

        Assert.Equal(415, Status(() => _ = request.Json));
        Assert.Equal(415, Status(() => request.GetJson<Order>()));
        Assert.Null(request.GetJson(silent: true));
        Assert.Equal(1, request.GetJson(force: true)!.Value.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task JSON_that_is_nested_too_deeply_is_malformed()
    {
        var request = await Sent(new string('[', 100_000));

        Assert.Equal(400, Status(() => _ = request.Json));
        Assert.Equal(400, Status(() => request.GetJson<JsonElement>()));
    }

    [Fact]
    public async Task Too_much_JSON_is_a_413_even_when_silent()
    {
        var request = await Sent("[1,2,3]", limits: new() { MaxContentLength = 3 });

        Assert.Equal(413, Status(() => request.GetJson(silent: true)));
    }

    [Fact]
    public async Task A_type_that_the_options_do_not_know_is_reported_with_a_remedy()
    {
        var request = await Sent("{}");
        request.JsonOptions = new() { TypeInfoResolver = JsonTypeInfoResolver.Combine() };

        var error = Assert.Throws<ModularException>(() => request.GetJson<Order>());

        Assert.Equal("The JSON options do not know Modular.Tests.Http.RequestJsonTests+Order. "
            + "Add [JsonSerializable(typeof(Order))] to the application's JsonSerializerContext.", error.Message);
    }
}
