using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Tests.Http;

/// <summary>The generated metadata of JSON does what System.Text.Json does by reflection.</summary>
public sealed class GeneratedJsonTests
{
    static readonly JsonSerializerOptions Generated = new(JsonDefaults.Options) { TypeInfoResolver = new JsonDefaults.GeneratedTypes() };

    static readonly JsonSerializerOptions Strict = new(JsonDefaults.Reading)
    {
        TypeInfoResolver = new JsonDefaults.GeneratedTypes().WithAddedModifier(JsonDefaults.Require),
    };

    // Never called: that a view takes or returns a type makes the compiler write its metadata.
    static void Views(ModularApp app)
    {
        app.Post("/everything", (Everything value) => value);
        app.Post("/box", (Box value) => value);
        app.Post("/list", (List<Order> value) => value);
        app.Post("/dictionary", (Dictionary<string, Point> value) => value);
        app.Post("/plain", (Plain value) => value);
        app.Post("/derived", (Derived value) => value);
        app.Post("/required", (Required value) => value);
        app.Post("/marked", (Marked value) => value);
        app.Post("/chosen", (Chosen value) => value);
        app.Post("/demanding", (Demanding value) => value);
        app.Post("/lenient", (Lenient value) => value);
        app.Post("/tree", (Tree value) => value);
        app.Post("/frozen", (Frozen[] value) => value);
        app.Get("/anonymous", Anonymous);
        app.Get("/anonymous-lambda", (int id) => new { id, Inner = new { Name = "a" }, Orders = new[] { new Order("tea", 2) } });
        app.Get("/sequence", () => new[] { 1, 2 }.Select(id => new { id }));
        app.Get("/later", async () => { await Task.Yield(); return new { Later = true }; });
        app.Get("/pair", () => (new { Created = 1 }, 201));
        app.Get("/object", object (int id) =>
        {
            if (id > 0) return new { Positive = id };
            return "none";
        });
        app.Get("/called", () => Json(new { Called = 1 }));
        app.Get("/items", () => Items());
        app.Get("/readonly", IReadOnlyDictionary<string, IReadOnlyList<Order>> () => new Dictionary<string, IReadOnlyList<Order>>());
    }

    static Response Anonymous() => Json(new { Made = "here", Nothing = (string?)null });

    static async IAsyncEnumerable<Order> Items()
    {
        await Task.Yield();
        yield return new("tea", 2);
    }

    public static IEnumerable<object> Objects =>
    [
        new Order("tea", 2),
        new Box(new("tea", 2), [new("a", 1)], new() { ["Big Key"] = new("b", 2) }),
        new List<Order> { new("a", 1), new("b", 2) },
        new Dictionary<string, Point> { ["a"] = new(1, 2) },
        new Plain { Name = "<é>", Size = Size.Large, Named = Named.Two, Also = AlsoNamed.Two },
        new Derived { Id = 3, Extra = "x" },
        new Required { Name = "a", Count = 2 },
        new Marked { Name = "a", Loud = "quiet", First = 2 },
        new Marked { Note = "noted" },
        new Chosen("here"),
        new Demanding("a", 1),
        new Lenient { Note = "x" },
        new Tree { Name = "root", Children = [new() { Name = "leaf" }] },
        new Frozen[] { new(1, "a"), new(2, null) },
        new Everything { Any = 5, Url = new("http://a/"), Points = [new(1, 2)], Ids = new Dictionary<int, string> { [1] = "a" }, Page = new("<b>"), Huge = BigInteger.Pow(10, 30) },
        new { id = 1, Inner = new { Name = "a" }, Orders = new[] { new Order("tea", 2) } },
        new { Later = true },
        new { Created = 1 },
        new { Positive = 1 },
        new { Called = 1 },
        new { Made = "here", Nothing = (string?)null },
        new[] { 1, 2 }.Select(id => new { id }).ToList()[0],
    ];

    public static IEnumerable<object[]> Values => Objects.Select(value => new[] { value });

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_value_is_written_as_by_reflection(object value) =>
        Assert.Equal(JsonSerializer.Serialize(value, JsonDefaults.Options), JsonSerializer.Serialize(value, Generated));

    public static TheoryData<Type, string> Texts => new()
    {
        { typeof(Order), """{"name":"tea","count":2}""" },
        { typeof(Order), """{"NAME":"tea","count":"2","more":[]}""" },
        { typeof(Order), """{"count":2}""" },
        { typeof(Order), """{"name":null,"count":2}""" },
        { typeof(Order), """{"name":"tea"}""" },
        { typeof(Order), """{"name":"tea","count":"many"}""" },
        { typeof(Order), "null" },
        { typeof(Order), "[]" },
        { typeof(Box), """{"first":{"name":"a","count":1},"more":[]}""" },
        { typeof(Box), """{"first":{"name":"a","count":1},"more":[null],"byName":null,"limit":9}""" },
        { typeof(Box), """{"more":[]}""" },
        { typeof(List<Order>), """[{"name":"a","count":1}]""" },
        { typeof(List<Order>), """[{"name":"a","count":"1"}]""" },
        { typeof(Plain), """{"count":"3"}""" },
        { typeof(Everything), """{"numbers":["1"],"table":[["2"]],"points":[{"x":"1"}],"pair":{"left":"3"},"big":"5"}""" },
        { typeof(Dictionary<string, Point>), """{"a":{"x":"1","y":2}}""" },
        { typeof(Dictionary<string, Point>), """{"a":{"x":1,"y":2}}""" },
        { typeof(Plain), """{}""" },
        { typeof(Plain), """{"name":null}""" },
        { typeof(Plain), """{"name":"a","count":3,"size":1,"named":"Two","also":"Two"}""" },
        { typeof(Plain), """{"named":"Three"}""" },
        { typeof(Derived), """{"id":4,"kind":"x"}""" },
        { typeof(Derived), """{"extra":"given"}""" },
        { typeof(Required), """{"name":"a","count":1}""" },
        { typeof(Required), """{"name":"a"}""" },
        { typeof(Required), """{"name":null,"count":1}""" },
        { typeof(Marked), """{"the-name":"a","secret":"s","loud":"LOUD","kept":9,"first":7}""" },
        { typeof(Chosen), """{"from":"there"}""" },
        { typeof(Demanding), """{"name":"a","count":1}""" },
        { typeof(Demanding), """{"count":1}""" },
        { typeof(Lenient), "{}" },
        { typeof(Lenient), """{"name":"a","title":null}""" },
        { typeof(Lenient), """{"name":null}""" },
        { typeof(Lenient), """{"note":null}""" },
        { typeof(Tree), """{"name":"a","children":[{"name":"b","children":[{}]}]}""" },
        { typeof(Frozen[]), """[{"x":1,"text":"a"},{}]""" },
        { typeof(Everything), """{"bytes":"AQI=","day":"2026-11-29T00:00:00","date":"2026-11-29","time":"01:00:00","any":{"a":1},"json":[1],"numbers":[1],"set":["a","a"],"points":[{"x":1}],"ids":{"1":"a"},"sizes":[1],"huge":123456789012345678901234567890,"page":"<b>","table":[[1],[2]],"pair":{"left":1}}""" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_read_as_by_reflection(Type type, string text)
    {
        Assert.Equal(Read(type, text, JsonDefaults.Reading), Read(type, text, Strict));
        Assert.Equal(Read(type, text, JsonDefaults.Options), Read(type, text, Generated));
    }

    [Fact]
    public async Task An_iterator_is_written_by_its_interface()
    {
        using var stream = new MemoryStream();

        await JsonSerializer.SerializeAsync(stream, Items(), (JsonTypeInfo<IAsyncEnumerable<Order>>)Generated.GetTypeInfo(typeof(IAsyncEnumerable<Order>)), TestContext.Current.CancellationToken);

        Assert.Equal("""[{"name":"tea","count":2}]""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    static readonly JsonSerializerOptions Shouting = new(Generated) { Converters = { new Shout() } };

    [Fact]
    public void A_converter_of_the_options_comes_first() =>
        Assert.Equal("""{"name":"TEA","count":2}""", JsonSerializer.Serialize(new Order("tea", 2), Shouting));

    [Fact]
    public void A_type_of_no_view_is_not_known() =>
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new Unused(1), Generated));

    static string Read(Type type, string text, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, options), type, JsonDefaults.Options);
        }
        catch (JsonException error)
        {
            return error.Message;
        }
    }
}
