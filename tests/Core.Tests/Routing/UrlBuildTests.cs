using System.Numerics;

namespace Modular.Tests.Routing;

public sealed class UrlBuildTests
{
    static readonly RouteTable Table = Sample();

    [Fact]
    public void Values_fill_the_path_and_the_others_the_query() =>
        Assert.Equal("/user/John%20Doe?next=/&tag=a&tag=b", Table.Build("profile", ("username", "John Doe"), ("next", "/"), ("none", null), ("tag", new[] { "a", null, "b" })));

    [Theory]
    [InlineData("//evil.com", "/files/evil.com")]
    [InlineData("../x", "/files/../x")]
    [InlineData("a?b#c", "/files/a%3Fb%23c")]
    public void A_path_value_stays_below_its_rule(string value, string url) => Assert.Equal(url.Replace("/files", "", StringComparison.Ordinal), Table.Build("any", ("path", value)));

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-2.0f, "-2.0")]
    [InlineData(0.5, "0.5")]
    [InlineData(1e20, "1e%2B20")]
    [InlineData(3, "3")]
    public void A_number_with_a_point_keeps_it_in_a_query(object value, string text) =>
        Assert.Equal($"/user/x?v={text}", Table.Build("profile", ("username", "x"), ("v", value)));

    public static TheoryData<object, string> Values => new()
    {
        { 1.0, "1.0" },
        { 0.1f, "0.1" },
        { 1e20, "100000000000000000000.0" },
        { 1.5e-7, "0.00000015" },
        { 1.2345e17, "123450000000000000.0" },
        { 7, "7.0" },
        { BigInteger.Pow(10, 25), "10000000000000000000000000.0" },
        { 0.1m, "0.1" },
        { "2.50", "2.5" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_float_is_written_so_that_its_rule_matches_it_again(object value, string text)
    {
        var url = Table.Build("float", ("x", value));

        Assert.Equal($"/f/{text}", url);
        Assert.StartsWith("float ", Table.Found(url), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "/i/007")]
    [InlineData(-7, "/i/-07")]
    [InlineData(7L, "/i/007")]
    [InlineData("12", "/i/012")]
    [InlineData(3.9, "/i/003")]
    [InlineData(DayOfWeek.Friday, "/i/005")]
    public void A_whole_number_is_filled_up_with_zeros(object value, string url) => Assert.Equal(url, Table.Build("int", ("n", value)));

    [Fact]
    public void Dates_are_written_as_ISO_8601() => Assert.Equal("/user/2026-05-01", Table.Build("profile", ("username", new DateOnly(2026, 5, 1))));

    [Fact]
    public void A_scheme_builds_an_absolute_url()
    {
        var binding = new UrlBinding(Table, new UrlPlace("http", "example.org:8080", "/app"));

        Assert.Equal("https://example.org:8080/app/form", binding.Build("form", [], new() { Scheme = "https" }));
        Assert.Equal("//example.org:8080/app/form", binding.Build("form", [], new() { Scheme = "" }));
        Assert.Equal("/app/form#", binding.Build("form", [], new() { Anchor = "" }));
    }

    [Fact]
    public void An_unknown_endpoint_is_reported_with_the_nearest_one()
    {
        var error = Assert.Throws<UrlBuildException>(() => Table.Build("fomr", ("a", 1)));

        Assert.Equal("There is no endpoint \"fomr\". Did you mean \"form\"?", error.Message);
        Assert.Equal(("fomr", 1), (error.Endpoint, error.Values["a"]));
    }

    [Fact]
    public void A_building_error_names_what_to_write()
    {
        var binding = new UrlBinding(Table, new UrlPlace("http", "example.org"));

        Assert.Equal("There is no endpoint \"nowhere\". Add a rule for it first.", Routes.ErrorOf(() => Table.Build("nowhere")));
        Assert.Equal(
            "The URL for \"profile\" needs the value \"username\". Write UrlFor(\"profile\", (\"username\", …)).",
            Routes.ErrorOf(() => Table.Build("profile")));
        Assert.Equal(
            "The URL for \"two\" needs the values \"a\" and \"b\". Write UrlFor(\"two\", (\"a\", …), (\"b\", …)).",
            Routes.ErrorOf(() => Table.Build("two")));
        Assert.Equal(
            "No rule of the endpoint \"form\" has the method GET. Use one of: POST.",
            Routes.ErrorOf(() => binding.Build("form", [], new() { Method = "GET" })));
        Assert.Equal(
            "No rule of the endpoint \"first\" takes page=2. Leave out values that are a rule's defaults, or use its values: /first.",
            Routes.ErrorOf(() => Table.Build("first", ("page", 2))));
        Assert.Equal(
            "The URL for \"form\" must have the scheme \"https\" and not be external. Leave one of them out.",
            Routes.ErrorOf(() => binding.Build("form", [], new() { Scheme = "https", External = false })));
    }

    [Theory]
    [InlineData("int", "n", "x", "The variable \"n\" of the rule \"/i/<int(3, signed=True):n>\" cannot be filled: \"x\" is not a whole number. Give a value that its converter takes.")]
    [InlineData("float", "x", "x", "The variable \"x\" of the rule \"/f/<float:x>\" cannot be filled: \"x\" is not a number. Give a value that its converter takes.")]
    [InlineData("one", "x", "c", "The variable \"x\" of the rule \"/<any(a, b):x>\" cannot be filled: \"c\" is not one of \"a\", \"b\". Give a value that its converter takes.")]
    public void A_value_that_its_converter_refuses_has_its_own_error(string endpoint, string name, string value, string message)
    {
        var error = Assert.ThrowsAny<ModularException>(() => Table.Build(endpoint, (name, value)));

        Assert.Equal(message, error.Message);
        Assert.IsNotType<UrlBuildException>(error);
    }

    [Fact]
    public void A_list_does_not_fill_a_variable()
    {
        var error = Routes.ErrorOf(() => Table.Build("profile", ("username", new[] { "a" })));

        Assert.Equal(
            "The variable \"username\" of the rule \"/user/<username>\" cannot be filled: a list (String[]) doesn't fit into one variable."
                + " Give a value that its converter takes.",
            error);
    }

    [Fact]
    public void A_value_never_ends_the_host_that_contains_it()
    {
        var table = new RouteTable(new() { SubdomainMatching = true }, new());
        table.Add("/", "home", new() { Subdomain = "<user>" }, "");

        Assert.Equal("http://mia.example.org/", table.Build("home", ("user", "mia")));
        Assert.Equal(
            "The values for the rule \"/\" give the host \"evil.com/\". Use values without slashes and at signs.",
            Routes.ErrorOf(() => table.Build("home", ("user", "evil.com/"))));
    }

    static RouteTable Sample()
    {
        var table = Routes.Of();
        table.Add("/user/<username>", "profile", new(), "profile");
        table.Add("/<path:path>", "any", new(), "any");
        table.Add("/f/<float:x>", "float", new(), "float");
        table.Add("/i/<int(3, signed=True):n>", "int", new(), "int");
        table.Add("/<any(a, b):x>", "one", new(), "one");
        table.Add("/two/<a>/<b>", "two", new(), "two");
        table.Add("/form", "form", new() { Methods = ["POST"] }, "form");
        table.Add("/first", "first", new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } }, "first");
        return table;
    }
}
