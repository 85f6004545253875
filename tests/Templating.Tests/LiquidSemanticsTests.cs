using System.Numerics;

namespace Modular.Templating.Tests;

/// <summary>Liquid's values, as Shopify documents them.</summary>
public sealed class LiquidSemanticsTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public enum Color
    {
        Red,
        Green,
    }

    public static TheoryData<object?, string, object?, bool> Comparisons => new()
    {
        { 2, "==", 1.5, false }, { 1.5, "==", 2, false }, { 2, "==", 2.0, true }, { 2.0m, "==", 2, true }, { 10, ">", 9.99, true }, { 10, ">", 9.99m, true }, { 9.99, "<", 10, true },
        { 1, "<", 3_000_000_000L, true }, { 3_000_000_000L, ">", 1, true }, { 1, "==", 1L, true }, { (byte)1, "==", 1.0f, true }, { ulong.MaxValue, ">", -1, true }, { long.MaxValue, "<", 9223372036854775808.0, true },
        { long.MaxValue, "==", (double)long.MaxValue, false }, { BigInteger.Pow(10, 30), ">", 5m, true }, { double.NaN, "==", double.NaN, false }, { double.NaN, "<", 1, false }, { double.PositiveInfinity, ">", 1, true },
        { 0.1 + 0.2, "==", 0.30000000000000004, true }, { Int128.One, "==", 1, true }, { (Half)0.5, "==", 0.5m, true },
        { "1", "==", 1, false }, { "a", "==", "a", true }, { "a", "<", "b", true }, { "B", "<", "a", true }, { 'a', "==", "a", true }, { "a", "!=", 'b', true },
        { true, "==", "true", false }, { true, "==", true, true }, { null, "==", null, true }, { null, "==", false, false }, { null, "<", 1, false }, { 1, ">=", null, false },
        { new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), "==", new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), true },
        { new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), "<", new DateTime(2024, 1, 1, 0, 0, 1, DateTimeKind.Utc), true },
        { new DateOnly(2024, 1, 1), "<", new DateTime(2024, 1, 1, 0, 0, 1), true }, { new DateOnly(2024, 1, 1), "==", new DateOnly(2024, 1, 1), true }, { new DateOnly(2024, 1, 1), "<", "2024-01-02", true },
        { TimeSpan.FromHours(1), "<", TimeSpan.FromHours(2), true }, { Guid.Empty, "==", Guid.Empty, true },
        { Color.Green, "==", Color.Green, true }, { Color.Green, "==", "Green", true }, { "Green", "==", Color.Green, true }, { Color.Green, "==", 1, true }, { Color.Green, "==", Color.Red, false }, { Color.Green, ">", Color.Red, true },
        { new[] { 1, 2 }, "==", new[] { 1.0, 2.0 }, true }, { new[] { 1, 2 }, "==", new[] { 1, 3 }, false },
        { new[] { 1, 2 }, "contains", 2.0, true }, { new[] { 1.5 }, "contains", 1, false }, { new[] { 3_000_000_000L }, "contains", 3_000_000_000.0, true }, { new[] { Color.Green }, "contains", "Green", true },
        { "a1", "contains", 1, true }, { "abc", "contains", "d", false }, { new Dictionary<string, int> { ["a"] = 1 }, "contains", "a", true }, { new Dictionary<string, int> { ["a"] = 1 }, "contains", 1, false },
        { null, "contains", "a", false }, { "abc", "startswith", "ab", true }, { "abc", "ends_with", "bc", true }, { new[] { 1, 2 }, "endsWith", 2L, true },
        { new Dictionary<string, int> { ["a"] = 1 }, "hasKey", "a", true }, { new Dictionary<string, int> { ["a"] = 1 }, "has_value", 1L, true },
    };

    [Theory]
    [MemberData(nameof(Comparisons), DisableDiscoveryEnumeration = true)]
    public void Values_are_compared_by_value_whatever_their_types_are(object? left, string operation, object? right, bool expected)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal(expected ? "yes" : "no", Render($"{{% if a {operation} b %}}yes{{% else %}}no{{% endif %}}", ("a", left), ("b", right)));
        Assert.Equal(expected ? "no" : "yes", Render($"{{% unless a {operation} b %}}yes{{% else %}}no{{% endunless %}}", ("a", left), ("b", right)));
        if (operation != "==") return;
        Assert.Equal(expected ? "yes" : "no", Render("{% case a %}{% when 'nothing', b %}yes{% else %}no{% endcase %}", ("a", left), ("b", right)));
        if (right is not null) Assert.Equal(expected ? "yes" : "no", Render("{% if rows contains b %}yes{% else %}no{% endif %}", ("rows", new[] { left }), ("b", right)));
        if (right is not (null or false)) Assert.Equal(expected ? "1" : "0", Render("{{ rows | where: 'p', b | size }}", ("rows", new[] { new { p = left } }), ("b", right)));
    }

    [Fact]
    public void Lists_are_sorted_and_made_unique_by_value()
    {
        using var scope = App().TestRequestContext("/");
        object?[] numbers = [10, 9.99, 3_000_000_000L, null, 2m, (byte)1];
        DateTimeOffset day = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal("1 2 9.99 10 3000000000 ", Render("{{ v | sort | join: ' ' }}", ("v", numbers)));
        Assert.Equal("1 2 3", Render("{{ v | uniq | join: ' ' }}", ("v", new object[] { 1, 1L, 1.0, 1m, 2, 3, 2f })));
        Assert.Equal("2", Render("{{ v | uniq: 'p' | size }}", ("v", new[] { new { p = (object)1 }, new { p = (object)1.0 }, new { p = (object)"1" } })));
        Assert.Equal("2", Render("{{ v | uniq | size }}", ("v", new object[] { day, day.UtcDateTime, day.AddDays(1) })));
        Assert.Equal("A number and a text can't be compared with \"sort\".", Problem("{{ v | sort }}", ("v", new object[] { 1, "a" }))[..50]);
        Assert.Equal("A text and a number can't be compared with \"<\". Convert one of them: {{ text | plus: 0 }} gives a number, {{ number | append: '' }} a text.",
            Problem("{% if a < 1 %}{% endif %}", ("a", "1")));
    }

    [Theory]
    [InlineData("{% if v == empty %}yes{% endif %}{% if list == empty %}no{% endif %}{% if none == empty %}no{% endif %}", "yes")]
    [InlineData("{% if v == blank %}yes{% endif %}{% if none == blank %}yes{% endif %}{% if list != blank %}yes{% endif %}", "yesyesyes")]
    [InlineData("[{{ empty }}{{ blank }}]", "[]")]
    [InlineData("{% if true or false and false %}yes{% endif %}", "yes")]
    [InlineData("{% if false and false or true %}no{% else %}yes{% endif %}", "yes")]
    [InlineData("{% case 1 %}{% when 1 or 2 %}a{% when 1, 3 %}b{% else %}c{% endcase %}", "ab")]
    [InlineData("{% unless false %}a{% elsif true %}b{% endunless %}{% unless true %}a{% elsif true %}b{% else %}c{% endunless %}", "ab")]
    [InlineData("{% for x in 'text' %}[{{ x }}]{% endfor %}{% for x in '' %}no{% else %}none{% endfor %}", "[text]none")]
    [InlineData("{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ forloop.index }} {% endfor %}{% endfor %}[{{ forloop }}]", "11 12 21 22 []")]
    [InlineData("{% for i in (1..6) limit: 2 %}{{ i }}{% endfor %}-{% for i in (1..6) limit: 2 offset: continue %}{{ i }}{% endfor %}-{% for i in (1..6) offset: continue reversed %}{{ i }}{% endfor %}", "12-34-65")]
    [InlineData("{% for i in list reversed limit: 2 %}{{ i }}{{ forloop.first }}{{ forloop.rindex0 }} {% endfor %}", "2true1 1false0 ")]
    public void Conditions_and_loops_do_as_Shopify_documents(string template, string expected)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal(expected, Render(template, ("v", ""), ("list", new[] { 1, 2, 3 })));
    }

    [Theory]
    [InlineData("{{ 10 | divided_by: 4 }} {{ 20 | divided_by: 7 }} {{ -7 | divided_by: 2 }} {{ 7.5 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }} {{ '10' | divided_by: '4' }} {{ l | divided_by: 4 }}", "2 2 -4 3.75 3.5 2 2")]
    [InlineData("{{ 3 | modulo: 2 }} {{ -7 | modulo: 3 }} {{ 7 | modulo: -3 }} {{ 183.357 | modulo: 12 }}", "1 2 -2 3.357")]
    [InlineData("{{ 1 | plus: 2 }} {{ '1.5' | plus: 1 }} {{ 'abc' | plus: 1 }} {{ nothing | plus: 1 }} {{ '12abc' | minus: 2 }} {{ 2 | times: 2.5 }} {{ '-3' | times: 2 }}", "3 2.5 1 1 10 5.0 -6")]
    [InlineData("{{ '1,5' | plus: 1 }} {{ '1,234.5' | times: 1 }} {{ '1,5' | round }} {{ '1,5' | ceil }} {{ '-1,5' | abs }} {{ '1,5' | at_least: 1 }}", "2 1 1 1 1 1")]
    [InlineData("{{ 2147483647 | plus: 1 }} {{ 9223372036854775807 | plus: 1 }} {{ 9223372036854775807 | times: 9223372036854775807 }}", "2147483648 9223372036854775808 8.507059173023462E+37")]
    [InlineData("{{ 1.2 | round }} {{ 2.5 | round }} {{ -2.5 | round }} {{ 183.357 | round: 2 }} {{ 1234 | round: -2 }} {{ 5 | round: 3 }}", "1 3 -3 183.36 1200 5")]
    [InlineData("{{ 1.2 | ceil }} {{ 1.8 | floor }} {{ -1.2 | floor }} {{ '3.4' | ceil }} {{ -17 | abs }} {{ '-4.5' | abs }} {{ 4 | at_least: 5 }} {{ 4.5 | at_most: 3 }}", "2 1 -2 4 17 4.5 5 3")]
    public void Numbers_are_counted_as_Shopify_documents(string template, string expected)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal(expected, Render(template, ("l", 10L)));
    }

    [Theory]
    [InlineData("{{ 1 | divided_by: 0 }}", "divided_by")]
    [InlineData("{{ 1 | divided_by: 0.0 }}", "divided_by")]
    [InlineData("{{ 1.5 | divided_by: 'x' }}", "divided_by")]
    [InlineData("{{ 1 | modulo: 0 }}", "modulo")]
    public void Dividing_by_zero_is_an_error_with_a_place(string template, string filter)
    {
        using var scope = App().TestRequestContext("/");

        var error = Assert.Throws<TemplateException>(() => Render($"a\n {template}"));

        Assert.Equal((2, 2, $"\"{filter}\" divides by zero. Write another number, or check it first: {{% if number != 0 %}}."), (error.Line, error.Column, error.Problem));
    }

    [Theory]
    [InlineData("%Y-%m-%d", "2024-03-07")]
    [InlineData("%-d.%-m.%Y", "7.3.2024")]
    [InlineData("%e|%_m|%k|%l|%-l", " 7| 3| 0|12|12")]
    [InlineData("%-H %-M %-S %-I %-j %-y", "0 5 9 12 67 24")]
    [InlineData("%a %A %b %B %h %^a %^B %#p", "Thu Thursday Mar March Mar THU MARCH am")]
    [InlineData("%H:%M:%S %I %p %P %T %R %r %X", "00:05:09 12 AM am 00:05:09 00:05 12:05:09 AM 00:05:09")]
    [InlineData("%j %U %W %V %G %g %u %w %C %y", "067 09 10 10 2024 24 4 4 20 24")]
    [InlineData("%L %N %3N %6N %9N", "120 120000000 120 120000 120000000")]
    [InlineData("%z %:z %::z %Z %s", "+0100 +01:00 +01:00:00 +01:00 1709766309")]
    [InlineData("%D %F %x %v %c", "03/07/24 2024-03-07 03/07/24  7-MAR-2024 Thu Mar  7 00:05:09 2024")]
    [InlineData("%5d %05d %_5d %010Y", "00007 00007     7 0000002024")]
    [InlineData("100%% %n%t| %Q %! %", "100% \n\t| %Q %! %")]
    [InlineData("%9999999999d", "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007")]
    [InlineData("", "03/07/2024 00:05:09 +01:00")]
    public void Dates_take_the_formats_of_strftime(string format, string expected)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal(expected, Render($"{{{{ d | date: '{format}' | safe }}}}", ("d", new DateTimeOffset(2024, 3, 7, 0, 5, 9, 120, TimeSpan.FromHours(1)))));
    }

    [Theory]
    [InlineData("{{ '2024-03-07' | date: '%-d %b' }} {{ 'March 7, 2024' | date: '%F' }} {{ '2024-03-07T10:00:00+05:00' | date: '%H %z' }} {{ '2024-03-07T10:00:00Z' | date: '%H %z' }}", "7 Mar 2024-03-07 10 +0500 10 +0000")]
    [InlineData("{{ 0 | date: '%F %T %z' }} {{ '1709766309' | date: '%F' }} {{ 1.9 | date: '%s' }}", "1970-01-01 02:00:00 +0200 2024-03-07 1")]
    [InlineData("{{ 'now' | date: '%F %T' }} {{ 'today' | date: '%Y' }}", "2030-01-02 05:04:05 2030")]
    [InlineData("{{ 'no date' | date: '%Y' }} {{ nothing | date: '%Y' }} {{ 99999999999999999 | date: '%Y' }} {{ true | date: '%Y' }}", "no date  99999999999999999 true")]
    [InlineData("{{ day | date: '%d.%m.%y' }} {{ local | date: '%H %z' }} {{ utc | date: '%H %z' }} {{ least | date: '%Y' }}", "07.03.24 10 +0200 10 +0000 0001")]
    public void Every_date_type_works_with_the_date_filter(string template, string expected)
    {
        var app = App();
        app.Services.AddSingleton<TimeProvider>(new Clock());
        using var scope = app.TestRequestContext("/");

        Assert.Equal(expected, Render(template, ("day", new DateOnly(2024, 3, 7)), ("local", new DateTime(2024, 3, 7, 10, 0, 0)), ("utc", new DateTime(2024, 3, 7, 10, 0, 0, DateTimeKind.Utc)), ("least", DateTime.MinValue)));
    }

    [Theory]
    [InlineData("{{ '😀😁😂🤣' | truncate: 3, '' }} {{ '😀😁😂🤣' | truncate: 4 }} {{ '😀😁😂🤣x' | truncate: 4, '…' }} {{ 'abc' | truncate: 2 }}", "😀😁😂 😀😁😂🤣 😀😁😂… ...")]
    [InlineData("{{ 'a😀b' | slice: 1 }} {{ 'a😀b' | slice: -2, 2 }} {{ 'a😀b' | slice: 0, 99 }} [{{ 'abc' | slice: 7 }}] {{ list | slice: 1, 2 | join: '' }} [{{ list | slice: -9, 2 }}]", "😀 😀b a😀b [] 23 []")]
    [InlineData("{{ '😀a' | size }} {{ s.size }} {{ 'e\u0301' | size }} {{ 12 | size }} {{ nothing | size }}", "2 2 2 0 0")]
    [InlineData("{{ 'a😀b' | split: '' | reverse | join: '' }} {{ 'a😀b' | reverse }}", "b😀a a😀b")]
    [InlineData("{{ 'a,,b,,' | split: ',' | size }} {{ ' a  b ' | split: ' ' | join: '-' }} {{ '' | split: ',' | size }} {{ 'a' | split: '' | first }}", "3 a-b 0 a")]
    [InlineData("{{ '<style>a{}</style>x<script>\nalert(1)</SCRIPT>y<!-- > -->z <b class=\"q\">bold</b> 1 < 2' | strip_html }}", "xyz bold 1 &lt; 2")]
    [InlineData("{{ '<script>never closed' | strip_html }}|{{ 'a <b' | strip_html }}|{{ 'a  \n b &amp; c<br>' | strip_html }}", "never closed|a &lt;b|a  \n b &amp; c")]
    [InlineData("{{ 'ISTANBUL i' | downcase }} {{ 'istanbul' | upcase }} {{ 'iSTANBUL' | capitalize }}", "istanbul i ISTANBUL Istanbul")]
    [InlineData("{{ 'one  two three' | truncatewords: 2 }} {{ 'one two' | truncatewords: 2 }} {{ 'one two three' | truncate_words: 1, '!' }}", "one two... one two one!")]
    [InlineData("{{ 'aaa' | replace: 'a', 'b' }} {{ 'aaa' | replace_first: 'a', 'b' }} {{ 'aaa' | replace_last: 'a', 'b' }} {{ 'aba' | remove: 'a' }} {{ 'aba' | remove_first: 'a' }} {{ 'aba' | remove_last: 'a' }}", "bbb baa aab b ba ab")]
    [InlineData("{{ false | default: 'x' }} {{ false | default: 'x', allow_false: true }} {{ '' | default: 'x' }} {{ 0 | default: 'x' }}", "x false x 0")]
    [InlineData("{{ nested | join: '' }} {{ nested | uniq | size }} {{ nested | concat: list | size }} {{ nested | compact | size }}", "1234 4 7 4")]
    public void Texts_and_lists_do_as_Shopify_documents(string template, string expected)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal(expected, Render(template, ("s", "😀a"), ("list", new[] { 1, 2, 3 }), ("nested", new object[] { 1, new object[] { 2, new[] { 3, 4 } } })));
    }

    [Fact]
    public void Blocks_inside_of_every_branch_fill_the_layout()
    {
        _folder.Add("base.html", "{% block a %}-{% endblock %}{% block b %}-{% endblock %}").Add("page.html", "{% extends 'base.html' %}{% if x %}{% block a %}A{% endblock %}{% else %}{% block b %}B{% endblock %}{% endif %}");
        using var scope = App().TestRequestContext("/");

        Assert.Equal("AB", RenderTemplate("page.html", ("x", true)).ToString());
    }

    [Fact]
    public void Stripping_html_takes_linear_time()
    {
        using var scope = App().TestRequestContext("/");
        var html = string.Concat(Enumerable.Repeat("<script <style <!-- ", 100_000));

        Assert.Equal("2000000", Render("{{ v | strip_html | size }}", ("v", html)));
    }

    [Theory]
    [MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void A_pair_of_a_dictionary_is_a_list_of_two(object dictionary)
    {
        using var scope = App().TestRequestContext("/");

        Assert.Equal("a=1 a=1 a=1 a=1 2;b=2 b=2 b=2 b=2 2;", Render(
            "{% for p in d %}{{ p[0] }}={{ p[1] }} {{ p.first }}={{ p.last }} {{ p | first }}={{ p | last }} {{ p.key }}={{ p.value }} {{ p.size }};{% endfor %}", ("d", dictionary)));
    }

    public static TheoryData<object> Pairs => new()
    {
        new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 },
        new SortedDictionary<string, object?> { ["a"] = 1, ["b"] = 2 },
        new System.Collections.Specialized.OrderedDictionary { ["a"] = 1, ["b"] = 2 },
        new System.Collections.ObjectModel.ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }),
        new List<KeyValuePair<string, int>> { new("a", 1), new("b", 2) },
        System.Text.Json.JsonElement.Parse("""{ "a": 1, "b": 2 }"""),
    };

    [Fact]
    public void The_first_pair_of_a_dictionary_has_a_key_and_a_value()
    {
        using var scope = App().TestRequestContext("/");
        var counts = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };

        Assert.Equal("a1 a1 7 2", Render("{{ d.first[0] }}{{ d.first.last }} {% assign p = d | first %}{{ p[0] }}{{ p[1] }} {{ own.first }} {{ d.size }}", ("d", counts), ("own", new Dictionary<string, int> { ["first"] = 7 })));
    }

    ModularApp App()
    {
        var app = new ModularApp(new() { RootPath = _folder.Path });
        app.UseLiquid();
        return app;
    }

    static string Problem(string template, params (string, object?)[] values) => Assert.Throws<TemplateException>(() => Render(template, values)).Problem;

    static string Render(string template, params (string, object?)[] values) => RenderTemplateString(template, values).ToString();

    sealed class Clock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(2), "here", "here");
        public override DateTimeOffset GetUtcNow() => new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
