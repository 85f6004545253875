using System.Collections;

namespace Modular.Templating.Tests;

/// <summary>Every number, item and character that an expression or a filter makes counts, and the time limit and the client's connection are checked meanwhile.</summary>
public sealed class LiquidLimitTests
{
    const string Loops = "has run more than 100000 loop iterations.";
    const string Long = "has written more than 1600000 characters.";

    // A tenth of the defaults, so that the tests take a tenth of the time.
    static readonly TemplateLimits Small = new() { MaxIterations = 100_000, MaxOutput = 1_600_000 };

    [Theory]
    [InlineData("{% assign r = (1..v) %}{{ r | sort | size }}", Loops)]
    [InlineData("{{ (1..v) | join: ',' | size }}", Loops)]
    [InlineData("{{ (1..v) | sort | size }}", Loops)]
    [InlineData("{{ (1..v) | sort_natural | size }}", Loops)]
    [InlineData("{{ (1..v) | reverse | size }}", Loops)]
    [InlineData("{{ (1..v) | uniq | size }}", Loops)]
    [InlineData("{{ (1..v) | compact | size }}", Loops)]
    [InlineData("{{ (1..v) | map: 'x' | size }}", Loops)]
    [InlineData("{{ (1..v) | where: 'x' | size }}", Loops)]
    [InlineData("{{ (1..v) | slice: 0, v | size }}", Loops)]
    [InlineData("{{ (1..3) | concat: (1..v) | size }}", Loops)]
    [InlineData("{{ (1..v) | tojson | size }}", Loops)]
    [InlineData("{{ (1..v) | numbers }}", Loops)]
    [InlineData("{% for i in (1..v) %}{% endfor %}", Loops)]
    [InlineData("{% for i in (1..v) reversed %}{% endfor %}", Loops)]
    [InlineData("{% tablerow i in (1..v) cols: 1000 %}{% endtablerow %}", Long)]
    [InlineData("{% include 'part.html' for (1..v) %}", Loops)]
    [InlineData("{{ many | join | size }}", Loops)]
    [InlineData("{{ many | sort | reverse | uniq | size }}", Loops)]
    [InlineData("{{ many.size }}", Loops)]
    [InlineData("{{ many.last }}", Loops)]
    [InlineData("{{ many | last }}", Loops)]
    [InlineData("{{ many | upcase | size }}", Loops)]
    [InlineData("{{ many | append: 'x' | size }}", Loops)]
    [InlineData("{% if many contains 'x' %}{% endif %}", Loops)]
    [InlineData("{{ many | safe }}", Loops)]
    [InlineData("{{ many | escape }}", Loops)]
    [InlineData("{{ many | striptags }}", Loops)]
    [InlineData("{{ long | split: '' | size }}", Loops)]
    [InlineData("{{ long | split: ' ' | size }}", Loops)]
    [InlineData("{{ long | split: 'a' | size }}", Loops)]
    [InlineData("{{ long | replace: 'a', long | size }}", Long)]
    [InlineData("{{ lines | newline_to_br | size }}", Long)]
    [InlineData("{% assign s = long %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}", Long)]
    [InlineData("{% assign s = long %}{% for i in (1..40) %}{% assign s = s | prepend: s | upcase %}{% endfor %}", Long)]
    [InlineData("{% for i in (1..1000) %}{{ long | upcase | size }}{% endfor %}", Long)]
    [InlineData("{% for i in (1..1000) %}{{ long | url_encode | base64_encode | size }}{% endfor %}", Long)]
    [InlineData("{{ endless | tojson | size }}", Long)]
    public void The_output_of_expressions_and_filters_counts_against_the_limits(string template, string limit)
    {
        using var folder = new TemplateFolder().Add("part.html", "");
        using var scope = App(folder, Small).TestRequestContext("/");

        var error = Assert.Throws<TemplateLimitException>(() => Render(template));

        Assert.Contains(limit, error.Message);
    }

    [Theory]
    [InlineData("{% assign r = (1..v) %}{{ r.size }} {{ r.first }} {{ r.last }} {{ r | size }}", "2147483647 1 2147483647 2147483647")]
    [InlineData("{% if (1..v) contains 2147483647 %}yes{% endif %}{% if (1..v) contains 1.5 %}no{% endif %}{% if (1..v) contains 'x' %}no{% endif %}", "yes")]
    [InlineData("{% assign r = (2147483646..v) %}{% for i in r %}{{ i }} {% endfor %}", "2147483646 2147483647 ")]
    [InlineData("{% for i in (2147483646..2147483648) %}{{ i }} {% endfor %}", "2147483646 2147483647 2147483648 ")]
    [InlineData("{% for i in (9223372036854775806..9223372036854775807) %}{{ i }} {% endfor %}", "9223372036854775806 9223372036854775807 ")]
    [InlineData("{% for i in (1..v) limit: 2 offset: 2000000000 %}{{ i }} {% endfor %}", "2000000001 2000000002 ")]
    [InlineData("{{ (1..v) | slice: -2, 2 | join: ' ' }}", "2147483646 2147483647")]
    [InlineData("{{ (1..3) }} {{ (3..1) | size }} {{ (1..3) | reverse | join: '' }} {{ ('2'..'4') | join: '' }} {{ (nothing..1) | join: '' }}", "1..3 0 321 234 01")]
    public void A_range_creates_only_the_numbers_that_are_read(string template, string expected)
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");

        Assert.Equal(expected, Render(template));
    }

    [Fact]
    public void A_range_to_a_value_that_is_not_a_number_is_reported()
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");

        Assert.Contains("A range needs an integer but got \"abc\". Write an integer, or a variable with an integer.", Assert.Throws<TemplateException>(() => Render("{{ (1..word) | size }}")).Message);
        Assert.Contains("A range needs an integer but got \"99999999999999999999\".", Assert.Throws<TemplateException>(() => Render("{{ (1..huge) | size }}")).Message);
    }

    [Theory]
    [InlineData("{{ (1..900000) | join: ',' | size }}")]
    [InlineData("{{ (1..900000) | sort | size }}")]
    [InlineData("{{ (1..900000) | tojson | size }}")]
    [InlineData("{% for i in (1..900000) %}{% endfor %}")]
    [InlineData("{{ (1..900000) | numbers }}")]
    [InlineData("{{ long | upcase | downcase | upcase | size }}")]
    [InlineData("{{ long | replace: 'a', 'bb' | size }}")]
    [InlineData("{{ endless | tojson | size }}")]
    public void A_disconnected_client_and_the_time_limit_end_it_in_the_middle(string template)
    {
        using var folder = new TemplateFolder();
        var clock = new Clock();
        var slow = App(folder, new() { MaxTime = TimeSpan.FromSeconds(1) });
        slow.Services.AddSingleton<TimeProvider>(clock);
        var app = App(folder);
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        using (slow.TestRequestContext("/")) Assert.Contains("took longer than 1 seconds.", Assert.Throws<TemplateLimitException>(() => Render(template)).Message);
        using (app.RequestContext(new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestAborted = gone.Token })) Assert.ThrowsAny<OperationCanceledException>(() => Render(template));
    }

    [Fact]
    public void A_list_that_contains_itself_is_reported_and_does_not_end_the_process()
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");
        var self = new List<object?>();
        self.Add(self);

        foreach (var filter in (string[])["sort", "uniq", "compact", "reverse", "join", "map: 'x'", "where: 'x'", "upcase", "escape"])
            Assert.Contains("levels, or contains itself. Write its items in a loop of the template.",
                Assert.ThrowsAny<TemplateException>(() => RenderTemplateString($"{{{{ v | {filter} }}}}", ("v", self))).Message);
    }

    static ModularApp App(TemplateFolder folder, TemplateLimits? limits = null)
    {
        var app = new ModularApp(new() { RootPath = folder.Path }).UseTemplating(new() { Limits = limits ?? new() });
        app.UseLiquid();
        app.TemplateFilter("numbers", (value, _) => ((IEnumerable)value!).Cast<object?>().Count());
        return app;
    }

    static string Render(string template) => RenderTemplateString(template,
        ("v", int.MaxValue), ("word", "abc"), ("huge", "99999999999999999999"), ("many", Enumerable.Repeat("", int.MaxValue)), ("endless", Enumerable.Repeat(1, int.MaxValue)),
        ("long", string.Concat(Enumerable.Repeat("a ", 150_000))), ("lines", new string('\n', 300_000))).ToString();

    // A second passes at each read.
    sealed class Clock : TimeProvider
    {
        long _seconds;
        public override long TimestampFrequency => 1;
        public override long GetTimestamp() => _seconds++;
    }
}

/// <summary>The same in Handlebars.</summary>
public sealed class HandlebarsLimitTests
{
    const string Loops = "has run more than 100000 loop iterations.";
    const string Long = "has written more than 1600000 characters.";

    [Theory]
    [InlineData("{{many.size}}", Loops)]
    [InlineData("{{many.length}}", Loops)]
    [InlineData("{{many.last}}", Loops)]
    [InlineData("{{lookup many 'last'}}", Loops)]
    [InlineData("{{many}}", Loops)]
    [InlineData("{{escape many}}", Loops)]
    [InlineData("{{safe many}}", Loops)]
    [InlineData("{{striptags many}}", Loops)]
    [InlineData("{{#each many}}{{/each}}", Loops)]
    [InlineData("{{#many}}{{/many}}", Loops)]
    [InlineData("{{#each hundred}}{{#with @root.wide}}{{> part.html x=1}}{{/with}}{{/each}}", Loops)]
    [InlineData("{{#each (tojson endless)}}{{/each}}", Long)]
    [InlineData("{{#if (tojson endless)}}{{/if}}", Long)]
    [InlineData("{{#each hundred}}{{#if (twice @root.long)}}{{/if}}{{/each}}", Long)]
    [InlineData("{{#each hundred}}{{#if (escape @root.long)}}{{/if}}{{/each}}", Long)]
    public void The_output_of_expressions_and_helpers_counts_against_the_limits(string template, string limit)
    {
        using var folder = new TemplateFolder().Add("part.html", "");
        using var scope = App(folder).TestRequestContext("/");

        var error = Assert.Throws<TemplateLimitException>(() => RenderTemplateString(template,
            ("many", Enumerable.Repeat("", int.MaxValue)), ("endless", Enumerable.Repeat(1, int.MaxValue)), ("hundred", Enumerable.Range(0, 100)),
            ("long", new string('<', 50_000)), ("wide", Enumerable.Range(0, 2_000).ToDictionary(number => $"n{number}"))));

        Assert.Contains(limit, error.Message);
    }

    static ModularApp App(TemplateFolder folder)
    {
        var app = new ModularApp(new() { RootPath = folder.Path }).UseTemplating(new() { Limits = new() { MaxIterations = 100_000, MaxOutput = 1_600_000 } });
        app.UseHandlebars();
        app.TemplateFilter("twice", (value, _) => $"{value}{value}");
        return app;
    }
}
