using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modular.Sessions.Tests;

/// <summary>.NET's simple types in a session: in the cookie, and back as what they were.</summary>
public sealed class SimpleValueTests
{
    static readonly DateOnly Leap = new(2024, 2, 29);
    static readonly Guid Id = Guid.Parse("550e8400-e29b-41d4-a716-446655440000");

    // What is in the cookie's JSON, and how the same type reads it back.
    static (string Name, string Json, object Value, Func<Session, object?> Get) Case<T>(string json, T value) => (typeof(T).ToString(), json, value!, session => session.Find<T>("value"));

    static readonly (string Name, string Json, object Value, Func<Session, object?> Get)[] Cases =
    [
        Case("\"-79228162514264337593543950335\"", decimal.MinValue), Case("\"12.50\"", 12.50m), Case<decimal?>("\"0\"", 0m),
        Case("2", Color.Red), Case<Color?>("2", Color.Red), Case("3", Color.Red | Color.Green), Case("18446744073709551615", Large.All), Case("-1", Small.Minus),
        Case("\"2024-02-29\"", Leap), Case<DateOnly?>("\"2024-02-29\"", Leap), Case("\"23:59:59.1234567\"", new TimeOnly(863991234567)),
        Case("\"1.02:03:04.0000005\"", new TimeSpan(937840000005)), Case("\"-00:00:01\"", TimeSpan.FromSeconds(-1)), Case("\"10675199.02:48:05.4775807\"", TimeSpan.MaxValue),
        Case("{\" u\":\"550e8400e29b41d4a716446655440000\"}", Id), Case<Guid?>("{\" u\":\"550e8400e29b41d4a716446655440000\"}", Id),
        Case("{\" d\":\"Thu, 29 Feb 2024 12:00:01 GMT\"}", new DateTimeOffset(2024, 2, 29, 12, 0, 1, TimeSpan.Zero)), Case("{\" d\":\"Thu, 29 Feb 2024 12:00:01 GMT\"}", new DateTime(2024, 2, 29, 12, 0, 1, DateTimeKind.Utc)),
        Case<DateTime?>("{\" d\":\"Thu, 29 Feb 2024 12:00:01 GMT\"}", new DateTime(2024, 2, 29, 12, 0, 1, DateTimeKind.Utc)),
        Case("7", (byte)7), Case("-7", (sbyte)-7), Case("-7", (short)-7), Case("7", (ushort)7), Case("7", 7u), Case("18446744073709551615", ulong.MaxValue), Case<long?>("7", 7L),
        Case("-170141183460469231731687303715884105728", Int128.MinValue), Case("340282366920938463463374607431768211455", UInt128.MaxValue), Case("-7", (nint)(-7)), Case("7", (nuint)7),
        Case("10000000000000000000000000000000000000000", BigInteger.Pow(10, 40)), Case("0.10000000149011612", 0.1f), Case("0.0999755859375", (Half)0.1f), Case<double?>("0.5", 0.5), Case<bool?>("true", true),
        Case("\"\\u00f6\"", 'ö'), Case("\"\\ud83d\"", '\ud83d'), Case("\"http://localhost/\\u00f6?a=1\"", new Uri("http://localhost/ö?a=1")), Case("\"a/b\"", new Uri("a/b", UriKind.Relative)), Case("\"1.2.3.4\"", new Version(1, 2, 3, 4)),
        Case("\"2001:db8::1\"", IPAddress.Parse("2001:db8::1")),
        Case("[\"1.5\",\"-2\"]", new[] { 1.5m, -2m }), Case("[\"1.5\",null]", new decimal?[] { 1.5m, null }), Case("[2,1]", new[] { Color.Red, Color.Green }), Case("[\"2024-02-29\"]", new List<DateOnly> { Leap }),
        Case("[\"00:01:00\"]", new HashSet<TimeSpan> { TimeSpan.FromMinutes(1) }), Case("[\"12:00:00.0000000\"]", new[] { new TimeOnly(12, 0) }), Case("[{\" u\":\"550e8400e29b41d4a716446655440000\"}]", new[] { Id }),
        Case("[\"a\",\"b\"]", new[] { 'a', 'b' }), Case("[0.5]", new[] { 0.5f }), Case("[1,2]", new[] { (short)1, (short)2 }), Case("[\"http://localhost/\"]", new[] { new Uri("http://localhost/") }),
        Case("[{\" d\":\"Thu, 29 Feb 2024 12:00:01 GMT\"}]", new[] { new DateTime(2024, 2, 29, 12, 0, 1, DateTimeKind.Utc) }), Case("{\"a\":\"1.5\"}", new Dictionary<string, decimal> { ["a"] = 1.5m }),
        Case("{\"a\":2,\"b\":1}", new Dictionary<string, Color> { ["a"] = Color.Red, ["b"] = Color.Green }), Case("{\" b\":\"AP8=\"}", new byte[] { 0, 255 }),
    ];

    public static TheoryData<int, string> All()
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < Cases.Length; i++) data.Add(i, Cases[i].Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_value_is_read_back_as_its_type_in_this_request_and_in_the_next(int number, string name)
    {
        var (_, json, value, get) = Cases[number];
        object? now = null, next = null;
        var app = Apps.New().With("/set", () => Current.Session["value"] = value).With("/now", () =>
        {
            Current.Session["value"] = value;
            return now = get(Current.Session);
        }).With("/next", () => next = get(Current.Session));
        await using var client = app.TestClient();

        var set = await client.GetAsync("/set");
        await client.GetAsync("/next");
        await client.GetAsync("/now");

        Assert.Equal($"{{\"value\":{json}}}", Apps.Json($"{set.Headers.SetCookie}".Split(';')[0]["session=".Length..]));
        Assert.Equal(value, now);
        Assert.True(value.Equals(next) || JsonSerializer.Serialize(value) == JsonSerializer.Serialize(next), $"{name} came back as {next}.");
        Assert.Equal(value.GetType(), next!.GetType());
    }

    [Fact]
    public void No_culture_changes_what_is_written_or_read()
    {
        var before = CultureInfo.CurrentCulture;
        using var _ = Apps.New().TestRequestContext("/");
        try
        {
            // A mix of Swedish and German, because the machine may not have cultures.
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = ("−", ",", ".");
            (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator) = (".", ".");
            CultureInfo.CurrentCulture = culture;
            foreach (var (name, json, value, get) in Cases)
            {
                var cookie = Apps.Serializer().Serialize(new Dictionary<string, object?> { ["value"] = value });
                Assert.Equal($"{{\"value\":{json}}}", Apps.Json(cookie));
                Current.Session["value"] = ((Dictionary<string, object?>)Apps.Serializer().Deserialize(cookie).Value!)["value"];
                Assert.Equal(value.GetType(), get(Current.Session)?.GetType());
                if (value is IComparable) Assert.Equal(value, get(Current.Session));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_Flask_writes_for_a_decimal_and_a_date_is_read_as_one()
    {
        using var _ = Apps.New().TestRequestContext("/");
        (Current.Session["price"], Current.Session["small"], Current.Session["day"]) = ("12.50", "1E-7", "Thu, 29 Feb 2024 00:00:00 GMT");

        Assert.Equal((12.50m, 0.0000001m, Leap), (Current.Session.Find<decimal>("price"), Current.Session.Find<decimal>("small"), Current.Session.Find<DateOnly>("day")));
    }

    [Fact]
    public void An_enum_is_read_by_its_name_too()
    {
        using var _ = Apps.New().TestRequestContext("/");
        Current.Session["color"] = "Red";

        Assert.Equal(Color.Red, Current.Session.Find<Color>("color"));
    }

    [Fact]
    public void A_value_that_does_not_fit_is_an_error_that_names_the_key_and_both_types()
    {
        using var _ = Apps.New().TestRequestContext("/");
        var session = Current.Session;
        (session["price"], session["day"], session["big"], session["span"]) = ("1,5", "29.02.2024", 300, "soon");

        Assert.Equal("The session's value \"price\" is text, not Decimal. Read it as the type that it was stored as.", Assert.Throws<ModularException>(() => session.Find<decimal>("price")).Message);
        foreach (var get in (Action[])[() => session.Find<DateOnly>("day"), () => session.Find<byte>("big"), () => session.Find<TimeSpan>("span"), () => session.Find<Color>("day"), () => session.Find<char>("span"), () => session.Find<nint>("day"), () => session.Find<IPAddress>("big")])
            Assert.EndsWith("Read it as the type that it was stored as.", Assert.Throws<ModularException>(get).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_keeps_them_without_any_JSON_metadata()
    {
        var app = Apps.New(new() { SecretKey = Apps.Key, Json = new() { TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine() } }).With("/set", () =>
        {
            Current.Session.Set("price", 12.50m);
            Current.Session.Set("color", Color.Red);
            Current.Session.Set<TimeSpan?>("left", TimeSpan.FromMinutes(1));
            return "set";
        }).With("/get", () => string.Create(CultureInfo.InvariantCulture, $"{Current.Session.Find<decimal>("price")} {Current.Session.Find<Color>("color")} {Current.Session.Find<TimeSpan?>("left")} {Current.Session.Find<Uri>("none")}"));
        await using var client = app.TestClient();

        await client.GetAsync("/set");

        Assert.Equal("12.50 Red 00:01:00 ", (await client.GetAsync("/get")).Text);
    }

    [Fact]
    public void They_and_JSON_of_any_kind_are_kept_in_lists_tuples_and_dictionaries_too()
    {
        using var document = JsonDocument.Parse("{\"a\":[1,null]}");
        var value = new Dictionary<string, object?>
        {
            ["list"] = new List<object?> { 1.5m, Color.Red, Leap, JsonNode.Parse("{\"b\":\"c\"}"), document.RootElement, document }, ["tuple"] = (TimeSpan.Zero, 'x'), ["memory"] = new ReadOnlyMemory<byte>([0, 255]), ["room"] = new Memory<byte>([1]),
        };

        Assert.Equal("""{"list":["1.5",2,"2024-02-29",{"b":"c"},{"a":[1,null]},{"a":[1,null]}],"memory":{" b":"AP8="},"room":{" b":"AQ=="},"tuple":{" t":["00:00:00","x"]}}""", Apps.Json(Apps.Serializer().Serialize(value)));
    }

    [Fact]
    public async Task A_tag_of_the_application_goes_before_them()
    {
        var tag = new SessionTag<decimal>(" decimal", number => number.ToString(CultureInfo.InvariantCulture), value => decimal.Parse((string)value!, NumberStyles.Number, CultureInfo.InvariantCulture));
        object? back = null;
        var app = Apps.New(new() { SecretKey = Apps.Key, Tags = [tag] }).With("/set", () => Current.Session["price"] = 12.50m).With("/get", () => back = Current.Session["price"]);
        await using var client = app.TestClient();

        await client.GetAsync("/set");
        await client.GetAsync("/get");

        Assert.Equal(12.50m, back);
    }

    [Flags]
    enum Color { None, Green, Red }

    enum Large : ulong { None, All = ulong.MaxValue }

    enum Small : sbyte { None, Minus = -1 }
}
