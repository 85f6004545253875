using System.Numerics;

namespace Modular.Tests.Routing;

public sealed class ConverterTests
{
    [Theory]
    [InlineData("/2147483647", typeof(int))]
    [InlineData("/2147483648", typeof(long))]
    [InlineData("/9223372036854775808", typeof(BigInteger))]
    [InlineData("/٤٢", typeof(int))]
    public void A_whole_number_is_of_the_smallest_type_that_holds_it(string path, Type type)
    {
        var match = Routes.Of("/<int:n>").Match(path);

        Assert.IsType(type, match.Values.Value(0));
    }

    [Fact]
    public void Digits_of_every_script_are_read_as_their_value()
    {
        var match = Routes.Of("/<int:n>").Match("/٤𝟚");

        Assert.Equal(42, match.Values.Value(0));
    }

    [Theory]
    [InlineData("/<int:n>", "/-5", "NotFound")]
    [InlineData("/<int(signed=True):n>", "/-5", "/<int(signed=True):n> n=-5")]
    [InlineData("/<int(min=-9, max=-2, signed=True):n>", "/-1", "NotFound")]
    [InlineData("/<int(max=5):n>", "/99999999999999999999", "NotFound")]
    [InlineData("/<int(2):n>", "/7", "NotFound")]
    [InlineData("/<float:n>", "/1", "NotFound")]
    [InlineData("/<float(max=1.5):n>", "/1.6", "NotFound")]
    [InlineData("/<string(length=1):s>", "/😀", "/<string(length=1):s> s=😀")]
    [InlineData("/<any(a, \"b,c\"):s>", "/b,c", "/<any(a, \"b,c\"):s> s=b,c")]
    [InlineData("/<path:p>", "/a/b/", "/<path:p> p=a/b/")]
    [InlineData("/<path:p>", "//a", "/<path:p> p=a")]
    [InlineData("/<uuid:u>", "/550e8400-e29b-41d4-a716-44665544000", "NotFound")]
    [InlineData("/<uuid:u>", "/+50e8400-e29b-41d4-a716-446655440000", "NotFound")]
    [InlineData("/<uuid:u>", "/0x0e8400-e29b-41d4-a716-446655440000", "NotFound")]
    public void A_built_in_converter_accepts_its_documented_texts(string rule, string path, string found) =>
        Assert.Equal(found, Routes.Of(rule).Found(path));

    [Fact]
    public void Too_many_digits_are_a_404()
    {
        var path = "/" + new string('9', NumberConverter.MaxDigits + 1);

        Assert.Equal(RouteOutcome.NotFound, Routes.Of("/<int:n>").Match(path).Outcome);
    }

    [Fact]
    public void A_number_is_read_as_the_type_that_is_wanted()
    {
        var values = Routes.Of("/<int:n>").Match("/4000000000").Values;

        Assert.True(values.TryRead(0, out long whole));
        Assert.True(values.TryRead(0, out decimal number));
        Assert.False(values.TryRead(0, out int _));
        Assert.Equal((4_000_000_000, 4_000_000_000m), (whole, number));
    }

    [Fact]
    public void A_custom_converter_matches_by_its_pattern_and_converts_once()
    {
        var converter = new MonthConverter();
        var table = Custom("month", _ => converter, "/<month:m>.html");

        var match = table.Match("/2026-05.html");
        var value = match.Values.Value(0);

        Assert.Equal(new DateOnly(2026, 5, 1), value);
        Assert.Same(value, match.Values.Value(0));
        Assert.Equal(1, converter.Conversions);
    }

    [Fact]
    public void A_format_exception_of_a_converter_is_a_404_and_no_other_rule_is_tried()
    {
        var table = Custom("month", _ => new MonthConverter(), "/<month:m>", "/<path:other>");

        Assert.Equal("NotFound", table.Found("/2026-13"));
        Assert.Equal("/<path:other> other=x", table.Found("/x"));
    }

    [Fact]
    public void A_pattern_that_needs_backtracking_is_refused_when_its_rule_is_added()
    {
        var error = Routes.ErrorOf(() => Custom("double", _ => new PatternConverter(@"(\w+)\1"), "/<double:d>"));

        Assert.StartsWith("The rule \"/<double:d>\" has a converter whose pattern \"(\\w+)\\1\" cannot be used: ", error, StringComparison.Ordinal);
        Assert.EndsWith(". Write a pattern without look-arounds, back-references and atomic groups.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int", "There is already a converter \"int\". Choose another name.")]
    [InlineData("my list", "\"my list\" cannot name a converter. Use letters, digits and underscores, as in \"list\".")]
    public void A_converter_needs_a_valid_unused_name(string name, string message) =>
        Assert.Equal(message, Routes.ErrorOf(() => new ConverterTable().Add(name, _ => new PatternConverter("a"))));

    [Fact]
    public void A_converter_reads_only_the_arguments_that_it_allows()
    {
        var error = Routes.ErrorOf(() => Custom("year", arguments => new PatternConverter(arguments.Text("from")!), "/<year(from=1):y>"));

        Assert.Equal("The converter \"year\" reads the argument \"from\" without allowing it. Call arguments.Allow(\"from\") first.", error);
    }

    [Fact]
    public void A_rule_returns_the_converter_of_a_variable()
    {
        var rule = Routes.Of("/<int:id>").Rules[0];

        Assert.Equal(typeof(int), rule.ConverterOf("id").ValueType);
        Assert.Equal("The rule \"/<int:id>\" has no variable \"name\". Use a variable of its text.", Routes.ErrorOf(() => rule.ConverterOf("name")));
    }

    static RouteTable Custom(string name, Func<ConverterArguments, UrlConverter> factory, params string[] rules)
    {
        var converters = new ConverterTable();
        converters.Add(name, factory);
        var table = new RouteTable(new(), converters);
        foreach (var rule in rules) table.Get(rule);
        return table;
    }

    sealed class PatternConverter(string pattern) : UrlConverter
    {
        public override string Pattern => pattern;
    }

    sealed class MonthConverter : UrlConverter
    {
        internal int Conversions { get; private set; }

        public override string Pattern => "[0-9]{4}-[0-9]{2}";

        public override int Weight => 50;

        public override object ToValue(string text)
        {
            Conversions++;
            return DateOnly.ParseExact(text, "yyyy-MM");
        }
    }
}
