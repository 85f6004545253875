using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Modular.Sessions.Tests;

public sealed partial class SessionTests
{
    // A value after a round trip to the browser.
    static async Task<object?> RoundTrip(object? value)
    {
        object? back = "never";
        var app = Apps.New().With("/set", () => Current.Session["value"] = value).With("/get", () => back = Current.Session["value"]);
        await using var client = app.TestClient();

        await client.GetAsync("/set");
        await client.GetAsync("/get");
        return back;
    }

    public static TheoryData<string, object?, object?> Values => new()
    {
        { "null", null, null },
        { "text", "Jörg \"<>\" 日本 😀 \ud800", "Jörg \"<>\" 日本 😀 \ud800" },
        { "bool", true, true },
        { "int", 42, 42 },
        { "long", long.MinValue, long.MinValue },
        { "byte", (byte)7, 7 },
        { "ulong", ulong.MaxValue, new BigInteger(ulong.MaxValue) },
        { "big", BigInteger.Pow(10, 40), BigInteger.Pow(10, 40) },
        { "double", 0.1, 0.1 },
        { "whole double", 2.0, 2.0 },
        { "small double", 1.5e-300, 1.5e-300 },
        { "bytes", new byte[] { 0, 255 }, new byte[] { 0, 255 } },
        { "guid", Guid.Parse("550e8400-e29b-41d4-a716-446655440000"), Guid.Parse("550e8400-e29b-41d4-a716-446655440000") },
        { "markup", new Markup("<b>"), new Markup("<b>") },
        { "moment", new DateTimeOffset(2024, 2, 29, 12, 0, 1, 5, TimeSpan.FromHours(2)), new DateTimeOffset(2024, 2, 29, 10, 0, 1, TimeSpan.Zero) },
        { "date", new DateTime(2024, 2, 29, 12, 0, 1), new DateTimeOffset(2024, 2, 29, 12, 0, 1, TimeSpan.Zero) },
        { "tuple", (1, "a"), new SessionTuple(1, "a") },
        { "list", new[] { 1, 2 }, new List<object?> { 1, 2 } },
        { "dictionary", new Dictionary<string, int> { ["a"] = 1 }, new Dictionary<string, object?> { ["a"] = 1 } },
        { "json", JsonNode.Parse("{\"a\":[1,1.5,null]}"), new Dictionary<string, object?> { ["a"] = new List<object?> { 1, 1.5, null } } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_comes_back_as_the_plain_type_that_it_is(string name, object? value, object? expected)
    {
        var back = await RoundTrip(value);

        Assert.True(Equals(expected, back) || SessionVectors.Show(expected) == SessionVectors.Show(back), $"{name}: {SessionVectors.Show(back)}");
    }

    [Theory]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-300, "1.5e-300")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1e23, "1e+23")]
    [InlineData(0.3, "0.3")]
    [InlineData(0.00123, "0.00123")]
    [InlineData(-1234.5, "-1234.5")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(100.0, "100.0")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    public void A_number_is_written_as_Python_writes_it(double number, string text)
    {
        Assert.Equal(text, PythonFloat.Format(number));
    }

    [Fact]
    public void It_is_a_dictionary_that_knows_whether_it_was_changed()
    {
        using var _ = Apps.New().TestRequestContext("/");
        var session = Current.Session;

        var before = (session.Count, session.Modified, session.IsNew, session.Find("a"), session.Remove("a"), session.Pop("a"), session.Modified);
        session["a"] = 1;
        var set = (session["a"], session.ContainsKey("a"), session.Count, session.Modified, session.SetDefault("a", 2), session.SetDefault("b", 3));
        var popped = (session.Pop("a"), session.Remove("b"), session.Count);

        Assert.Equal((0, false, true, null, false, null, false), before);
        Assert.Equal((1, true, 1, true, 1, 3), set);
        Assert.Equal((1, true, 0), popped);
    }

    [Fact]
    public void A_missing_or_duplicate_key_is_reported_by_name()
    {
        using var _ = Apps.New().TestRequestContext("/");
        var session = Current.Session;
        session["a"] = 1;

        var missing = Assert.Throws<KeyNotFoundException>(() => session["username"]);
        var twice = Assert.Throws<ArgumentException>(() => session.Add("a", 2));

        Assert.Equal("The session has no value named \"username\". Read it with Current.Session.Find(\"username\") if it may be missing.", missing.Message);
        Assert.StartsWith("The session already has a value named \"a\". Write session[\"a\"] = … to replace it.", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_inside_a_list_is_saved_only_when_Modified_is_set()
    {
        var app = Apps.New()
            .With("/add", () => Add(mark: false))
            .With("/mark", () => Add(mark: true));
        await using var client = app.TestClient();

        var counts = new[] { await client.GetAsync("/add"), await client.GetAsync("/add"), await client.GetAsync("/mark"), await client.GetAsync("/add") };

        Assert.Equal("1 2 2 3", string.Join(' ', counts.Select(response => response.Text)));

        static int Add(bool mark)
        {
            var list = Current.Session.SetDefault("list", new List<object?>());
            list.Add("x");
            if (mark) Current.Session.Modified = true;
            return list.Count;
        }
    }

    [Fact]
    public void Numbers_are_read_as_the_requested_type_when_they_fit()
    {
        using var _ = Apps.New().TestRequestContext("/");
        var session = Current.Session;
        (session["n"], session["d"], session["big"]) = (42, 1.5, 1L << 40);

        Assert.Equal((42L, 42.0, (short)42, 1.5f, (int?)42, new BigInteger(42)),
            (session.Find<long>("n"), session.Find<double>("n"), session.Find<short>("n"), session.Find<float>("d"), session.Find<int?>("n"), session.Find<BigInteger>("n")));
        Assert.Equal((0, null, 7, "light"), (session.Find<int>("none"), session.Find<int?>("none"), session.Get("none", 7), session.Get("theme", "light")));
        var problem = Assert.Throws<ModularException>(() => session.Find<int>("big"));
        Assert.Equal("The session's value \"big\" is Int64, not Int32. Read it as the type that it was stored as.", problem.Message);
    }

    [Fact]
    public void Get_throws_where_Find_returns_null()
    {
        using var _ = Apps.New().TestRequestContext("/");
        var session = Current.Session;
        session["nothing"] = null;

        Assert.Equal((null, null, null), (session.Find("none"), session.Find<string>("none"), session.Get<string?>("none", null)));
        Assert.All(new Action[] { () => session.Get<string>("none"), () => session.Get<int>("none"), () => session["none"]!.ToString() }, get => Assert.Equal(
            "The session has no value named \"none\". Read it with Current.Session.Find(\"none\") if it may be missing.",
            Assert.Throws<KeyNotFoundException>(get).Message));
        Assert.Throws<KeyNotFoundException>(() => session.Get<string>("nothing"));
    }

    [Fact]
    public async Task Objects_are_kept_as_JSON()
    {
        Cart? back = null;
        var app = Apps.New()
            .With("/set", () => Store(new Cart("peter", [new Item("tea", 2)])))
            .With("/get", () => back = Current.Session.Find<Cart>("cart"));
        await using var client = app.TestClient();

        await client.GetAsync("/set");
        await client.GetAsync("/get");

        Assert.Equal(("peter", "tea", 2), (back!.Owner, back.Items[0].Name, back.Items[0].Count));

        static object? Store(Cart cart)
        {
            Current.Session.Set("cart", cart);
            return null;
        }
    }

    [Fact]
    public async Task Objects_are_kept_by_source_generated_metadata_alone()
    {
        Cart? back = null;
        var app = Apps.New(new() { SecretKey = Apps.Key, Json = new() { TypeInfoResolver = Metadata.Default } })
            .With("/set", () =>
            {
                Current.Session.Set("cart", new Cart("peter", []));
                Current.Session.Set("other", new Cart("mary", []), Metadata.Default.Cart);
                return null;
            })
            .With("/get", () => (back = Current.Session.Find<Cart>("cart"))!.Owner + Current.Session.Find("other", Metadata.Default.Cart)!.Owner);
        await using var client = app.TestClient();

        await client.GetAsync("/set");
        var owners = await client.GetAsync("/get");

        Assert.Equal("petermary", owners.Text);
    }

    [Fact]
    public void An_object_without_metadata_is_a_clear_error()
    {
        using var _ = Apps.New(new() { SecretKey = Apps.Key, Json = new() { TypeInfoResolver = Metadata.Default } }).TestRequestContext("/");

        var problem = Assert.Throws<ModularException>(() => Current.Session.Set("unknown", new Unknown(1)));

        Assert.Equal(
            "The session has no JSON metadata for Unknown. Pass a JsonTypeInfo, or set Json in SessionsOptions to options with a source-generated resolver for this type.",
            problem.Message);
    }

    [Fact]
    public void A_value_that_a_session_cannot_store_is_reported_when_it_is_set()
    {
        using var _ = Apps.New().TestRequestContext("/");

        var problem = Assert.Throws<ModularException>(() => Current.Session["unknown"] = new Unknown(1));

        Assert.Equal("The session can't store a value of type Unknown. "
            + "Store text, numbers, dates, Guid, bytes, Markup, lists, tuples and dictionaries of these, or call session.Set(key, value), which stores an object as JSON.", problem.Message);
    }

    public static TheoryData<object, string> Unwritable => new()
    {
        { double.NaN, "The session can't store the number NaN because JSON doesn't have it. Store null or text instead." },
        { new Dictionary<int, int> { [1] = 1 }, "A dictionary in the session has a key of type Int32. Use strings as keys, as in JSON." },
        { Endless(), "The session's values are nested deeper than 128 levels, or contain themselves. Store flat values in it, and keep the rest on the server." },
    };

    static List<object?> Endless()
    {
        var list = new List<object?>();
        list.Add(list);
        return list;
    }

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void A_value_that_is_too_large_for_a_cookie_is_a_clear_error(object value, string message)
    {
        var problem = Assert.Throws<ModularException>(() => Apps.Serializer().Serialize(new Dictionary<string, object?> { ["value"] = value }));

        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public void A_tuple_is_equal_to_another_of_the_same_items()
    {
        var (one, same, other) = (new SessionTuple(1, "a"), new SessionTuple(1, "a"), new SessionTuple("a", 1));

        Assert.Equal((true, false, true, "(1, a)", 2), (one.Equals(same), one.Equals(other), one.GetHashCode() == same.GetHashCode(), one.ToString(), one.Count));
    }

    [Fact]
    public async Task Templates_of_every_engine_have_the_session()
    {
        var app = Apps.New();
        app.Route("/", () =>
        {
            Current.Session["user"] = "peter";
            return $"{((IReadOnlyDictionary<string, object?>)app.Contributions<Func<RequestContext, object?>>().Single(global => global.Name == "session").Value(Current.Context)!)["user"]}";
        }, endpoint: "index");
        await using var client = app.TestClient();

        var page = await client.GetAsync("/");

        Assert.Equal("peter", page.Text);
    }

    sealed record Cart(string Owner, Item[] Items);

    sealed record Item(string Name, int Count);

    sealed record Unknown(int Number);

    [JsonSerializable(typeof(Cart))]
    sealed partial class Metadata : JsonSerializerContext;
}
