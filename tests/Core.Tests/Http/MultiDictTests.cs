using System.Globalization;
using System.Numerics;

namespace Modular.Tests.Http;

public class MultiDictTests
{
    static MultiDict Dict(params (string, string)[] pairs) =>
        new(pairs.Select(p => KeyValuePair.Create(p.Item1, p.Item2)));

    // More names than a linear search handles, so that the hash table is used.
    static MultiDict Many() => Dict([.. Enumerable.Range(0, 20).Select(i => ($"n{i % 10}", $"{i}"))]);

    [Fact]
    public void The_first_value_of_a_name_wins()
    {
        Assert.Equal("1", Dict(("a", "1"), ("a", "2"))["a"]);
        Assert.Equal("3", Many()["n3"]);
    }

    [Fact]
    public void All_values_of_a_name_keep_their_order()
    {
        Assert.Equal(["1", "3"], Dict(("a", "1"), ("b", "2"), ("a", "3")).GetAll("a"));
        Assert.Equal(["3", "13"], Many().GetAll("n3"));
        Assert.Empty(Many().GetAll("none"));
    }

    [Fact]
    public void Each_name_is_listed_once_in_the_order_of_its_first_occurrence()
    {
        Assert.Equal(["b", "a"], Dict(("b", "1"), ("a", "2"), ("b", "3")).Keys);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"n{i}"), Many().Keys);
    }

    [Fact]
    public void Count_is_the_number_of_names_and_Pairs_has_every_pair()
    {
        Assert.Equal((10, 20), (Many().Count, Many().Pairs.Count));
        Assert.Equal((1, 2), (Dict(("a", "1"), ("a", "2")).Count, Dict(("a", "1"), ("a", "2")).Pairs.Count));
        Assert.Equal(Many().Count, Many().ToList().Count);
    }

    [Fact]
    public void Names_are_case_sensitive()
    {
        Assert.False(Dict(("a", "1")).ContainsKey("A"));
    }

    [Fact]
    public void A_value_can_be_read_as_a_number()
    {
        var dict = Dict(("n", "12"), ("x", "1.5"), ("bad", "abc"), ("empty", ""));

        Assert.Equal(12, dict.Get("n", -1));
        Assert.Equal(1.5, dict.Get("x", 0.0));
        Assert.Equal(-1, dict.Get("bad", -1));
        Assert.Equal(-1, dict.Get("empty", -1));
        Assert.Equal(-1, dict.Get("missing", -1));
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("5-")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("5\u00A0")]
    [InlineData("5\0")]
    [InlineData("(5)")]
    [InlineData("$5")]
    [InlineData("0x5")]
    [InlineData("\u22125")]
    [InlineData("\u0665")]
    [InlineData("1_000")]
    [InlineData("")]
    public void A_value_that_is_not_entirely_a_number_returns_the_fallback(string text)
    {
        var dict = Dict(("n", text));

        Assert.Equal((-1, -1L, (short)-1, (byte)9, 9u, 9ul), (dict.Get("n", -1), dict.Get("n", -1L), dict.Get("n", (short)-1), dict.Get("n", (byte)9), dict.Get("n", 9u), dict.Get("n", 9ul)));
        Assert.Equal((-1.0, -1f, -1m, (Half)9), (dict.Get("n", -1.0), dict.Get("n", -1f), dict.Get("n", -1m), dict.Get("n", (Half)9)));
        Assert.Equal(((Int128)9, BigInteger.One, (nint)9, (sbyte)9), (dict.Get("n", (Int128)9), dict.Get("n", BigInteger.One), dict.Get("n", (nint)9), dict.Get("n", (sbyte)9)));
        Assert.Null(dict.Get("n", (int?)null));
        Assert.Null(dict.Get("n", (double?)null));
    }

    [Fact]
    public void A_value_can_be_read_as_any_IParsable()
    {
        var dict = Dict(
            ("n", "-12"), ("x", "-1.5e3"), ("id", "2f1acc6c-3f3b-4a5e-8a3c-0d7f6f9b2c11"), ("on", "true"),
            ("day", "2026-01-31"), ("moment", "2026-01-31T10:00:00+02:00"), ("local", "2026-01-31T10:00"), ("clock", "10:30"), ("span", "00:05:00"), ("point", "1,5"), ("letter", " "));

        Assert.Equal((-12, -12, -1500.0, -1500m), (dict.Get("n", (int?)null), dict.Get<int>("n", null), dict.Get("x", 0.0), dict.Get("x", (decimal?)null)));
        Assert.Equal((new Guid("2f1acc6c-3f3b-4a5e-8a3c-0d7f6f9b2c11"), true), (dict.Get("id", Guid.Empty), dict.Get("on", false)));
        Assert.Equal((new(2026, 1, 31), new(10, 30), TimeSpan.FromMinutes(5)), (dict.Get("day", DateOnly.MinValue), dict.Get("clock", TimeOnly.MinValue), dict.Get("span", TimeSpan.Zero)));
        Assert.Equal((new DateTime(2026, 1, 31, 8, 0, 0), DateTimeKind.Utc), (dict.Get("moment", DateTime.MinValue), dict.Get("moment", DateTime.MinValue).Kind));
        Assert.Equal((new DateTime(2026, 1, 31, 10, 0, 0), DateTimeKind.Unspecified), (dict.Get("local", DateTime.MinValue), dict.Get("local", DateTime.MinValue).Kind));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero), dict.Get("local", DateTimeOffset.MinValue));
        Assert.Equal((new Point(1, 5), ' '), (dict.Get("point", default(Point)), dict.Get("letter", 'x')));
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("10:30")]
    [InlineData("01/31/2026")]
    [InlineData("31 January")]
    [InlineData("2026-13-01")]
    [InlineData(" 2026-01-31")]
    [InlineData("2026-01-31 ")]
    public void An_ambiguous_date_returns_the_fallback(string text)
    {
        var dict = Dict(("d", text));

        Assert.Equal((DateTime.MaxValue, DateTimeOffset.MaxValue, DateOnly.MaxValue), (dict.Get("d", DateTime.MaxValue), dict.Get("d", DateTimeOffset.MaxValue), dict.Get("d", DateOnly.MaxValue)));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("-1")]
    [InlineData("+7")]
    [InlineData("Green")]
    [InlineData(" Blue")]
    [InlineData("Blue ")]
    [InlineData("Red,Blue")]
    [InlineData("")]
    public void A_value_that_is_not_a_member_of_an_enum_returns_the_fallback(string text)
    {
        Assert.False(StrictText.TryParseEnum<Color>(text, out _));
        Assert.False(StrictText.TryParseEnum<FileOptions>(text, out _));
    }

    [Fact]
    public void A_member_of_an_enum_is_read_by_its_name_or_its_number_and_flags_as_a_list()
    {
        Assert.True(StrictText.TryParseEnum<Color>("blue", out var named));
        Assert.True(StrictText.TryParseEnum<Color>("2", out var numbered));
        Assert.True(StrictText.TryParseEnum<FileAccess>("Read,write", out var access));

        Assert.Equal((Color.Blue, Color.Blue, FileAccess.ReadWrite), (named, numbered, access));
    }

    [Theory]
    [InlineData(" true")]
    [InlineData("true\0")]
    [InlineData("{2f1acc6c-3f3b-4a5e-8a3c-0d7f6f9b2c11} ")]
    [InlineData(" 00:05")]
    [InlineData(" /a")]
    public void White_space_around_a_value_returns_the_fallback(string text)
    {
        var dict = Dict(("v", text));

        Assert.Equal((false, Guid.Empty, TimeSpan.Zero, TimeOnly.MinValue), (dict.Get("v", false), dict.Get("v", Guid.Empty), dict.Get("v", TimeSpan.Zero), dict.Get("v", TimeOnly.MinValue)));
    }

    enum Color { Red = 1, Blue = 2, Yellow = 3 }

    readonly record struct Point(int X, int Y) : IParsable<Point>
    {
        public static Point Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var point) ? point : throw new FormatException(s);

        public static bool TryParse(string? s, IFormatProvider? provider, out Point result)
        {
            var numbers = (s ?? "").Split(',');
            result = numbers is [var x, var y] ? new(int.Parse(x, NumberStyles.None, provider), int.Parse(y, NumberStyles.None, provider)) : default;
            return numbers.Length == 2;
        }
    }

    [Fact]
    public void A_missing_name_returns_the_fallback_or_null()
    {
        Assert.Equal("x", Dict().Get("q", "x"));
        Assert.Null(Dict().Find("q"));
    }

    [Fact]
    public void Reading_a_missing_name_by_index_is_a_400_that_names_it_in_the_log_only()
    {
        var error = Assert.Throws<MissingKeyException>(() => QueryString.Parse("a=1")["q"]);

        Assert.Equal(400, error.Status);
        Assert.Equal("Request.Args has no value named \"q\". Read it with Request.Args.Find(\"q\") if it may be missing.", error.Message);
    }

    [Theory]
    [InlineData("3%00")]
    [InlineData("%003")]
    [InlineData("3%00%00")]
    [InlineData("3%00%20")]
    [InlineData("3%004")]
    [InlineData("%00")]
    public async Task A_number_does_not_contain_NUL(string text)
    {
        var app = new ModularApp();
        app.Get("/", () => FormattableString.Invariant($"{Current.Request.Args.Get("x", -1)} {Current.Request.Args.Get("x", -1.5)} {Current.Request.Args.Get("x", -1m)}"));
        app.Get("/bound", (int x) => $"{x}", endpoint: "bound");
        app.Get("/fraction", (decimal x) => $"{x}", endpoint: "fraction");
        app.Get("/many", (int[] x) => $"{x.Length}", endpoint: "many");
        app.Get("/<int:x>/", (int x) => $"{x}", endpoint: "rule");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var read = await client.GetAsync($"/?x={text}");
        var bound = await client.GetAsync($"/bound?x={text}");
        var fraction = await client.GetAsync($"/fraction?x={text}");
        var many = await client.GetAsync($"/many?x={text}");
        var matched = await client.GetAsync($"/{text}/");

        Assert.Equal(("-1 -1.5 -1", 400, 400, 400, 404), (read.Text, bound.Status, fraction.Status, many.Status, matched.Status));
    }

    [Fact]
    public async Task A_value_of_another_type_does_not_contain_NUL()
    {
        var app = new ModularApp();
        app.Get("/bool", (bool x) => $"{x}", endpoint: "bool");
        app.Get("/guid", (Guid x) => $"{x}", endpoint: "guid");
        app.Get("/date", (DateOnly x) => $"{x}", endpoint: "date");
        app.Get("/moment", (DateTime x) => $"{x}", endpoint: "moment");
        app.Get("/text", (string x) => $"{x.Length}", endpoint: "text");
        await using var client = app.TestClient(new() { PropagateExceptions = false });
        (string Path, string Value)[] values = [("bool", "true"), ("guid", "00000000-0000-0000-0000-000000000001"), ("date", "2026-01-31"), ("moment", "2026-01-31"), ("text", "a")];

        foreach (var (path, value) in values)
        {
            Assert.Equal(200, (await client.GetAsync($"/{path}?x={value}")).Status);
            Assert.Equal(path == "text" ? 200 : 400, (await client.GetAsync($"/{path}?x={value}%00")).Status);
        }
    }
}
