using System.Globalization;

namespace Modular.Templating.Tests;

public sealed class LiquidCultureTests() : CultureFacts(new LiquidSyntax())
{
    [Theory]
    [InlineData("{{ '1,5' | plus: 1 }} {{ '1.5' | plus: 1 }} {{ 1.5 | times: '2.5' }} {{ '1,5' | round }} {{ '1.5' | ceil }} {{ '-1.5' | abs }} {{ '1.5' | at_least: '1.25' }} {{ '7.5' | modulo: 2 }} {{ '7.5' | divided_by: 2 }}")]
    [InlineData("{{ d }} {{ m }} {{ -3 }} {{ negative }} {{ day }} {{ d | append: '' }} {{ list | join: ' ' }} {{ d | tojson }} {{ d | split: '' | join: '' }}")]
    [InlineData("{{ day | date: '%A %B %p %x %X %c' }} {{ '2024-03-07' | date: '%-d %B' }} {{ 'March 7, 2024' | date: '%F' }} {{ '07.03.2024' | date: '%F' }} {{ '3/7/2024' | date: '%F' }}")]
    [InlineData("{{ 'ISTANBUL i' | downcase }} {{ 'istanbul' | upcase }} {{ 'iSTANBUL' | capitalize }} {{ 'aﬃx' | replace_first: 'f', 'x' }} {{ 'STRASSE' | sort_natural }}")]
    [InlineData("{% if d == 1.5 %}a{% endif %}{% if d > 1.25 %}b{% endif %}{% if 'coop' < 'co-op' %}c{% endif %}{% if list contains 1.5 %}d{% endif %}{% case d %}{% when 1.5 %}e{% endcase %}")]
    [InlineData("{{ words | sort | join: ' ' }} {{ words | sort_natural | join: ' ' }} {% for i in (1..'3') limit: '2' %}{{ i }}{% endfor %} {{ list[-1] }} {{ d | round: 1 }} {{ 1234.5 | currency }} {{ '1234.5' | currency }} {{ '1,5' | currency }}")]
    [InlineData("{{ d | half }} {{ '1.5' | half }} {{ -4 | half }} {{ 12345.678 | typed }} {{ '1.5' | typed }}")]
    public void A_page_is_the_same_in_every_culture(string template) => IsTheSame(template);

    [Theory]
    [InlineData("{{ '1,5' | typed }}", "The filter \"typed\" needs a Decimal for \"input\" but got \"1,5\". Pass another value.")]
    [InlineData("{{ '1,5' | half }}", "The argument \"value\" is string, not double. Pass another value in the template.")]
    public void A_comma_is_not_a_decimal_point_or_a_thousands_separator(string template, string problem)
    {
        foreach (var culture in Cultures) Assert.Equal(problem, In(culture, () => Assert.Throws<TemplateException>(() => Render(template)).Problem));
    }
}

public sealed class HandlebarsCultureTests() : CultureFacts(new HandlebarsSyntax())
{
    [Theory]
    [InlineData("{{d}} {{m}} {{negative}} {{day}} {{list}} {{{d}}} {{safe d}} {{tojson d}} {{half d}} {{half '1.5'}} {{lookup list '-1'}} {{#each list}}{{@index}}{{this}} {{/each}}")]
    [InlineData("{{eq 15 '1,5'}} {{eq d '1.5'}} {{lt d '1.75'}} {{gt '1.75' d}} {{eq d 1.5}} {{lt 'coop' 'co-op'}} {{eq negative '-4'}}")]
    public void A_page_is_the_same_in_every_culture(string template) => IsTheSame(template);
}

/// <summary>The culture of the thread, or of the machine, changes no page.</summary>
public abstract class CultureFacts(EngineDialect engine)
{
    // The first writes 1.234,5 and −4 also where .NET runs without its tables of cultures; the others are there only with them.
    protected private static readonly CultureInfo[] Cultures = [CultureInfo.InvariantCulture, Comma(), .. new[] { "de-DE", "tr-TR", "sv-SE", "fa-IR", "ar-SA", "th-TH", "da-DK" }.SelectMany(Known)];

    [Fact]
    public void An_error_writes_its_numbers_the_same_in_every_culture()
    {
        using var folder = new TemplateFolder();
        var app = App(folder, new() { MaxTime = TimeSpan.FromSeconds(1.5) });
        app.Services.AddSingleton<TimeProvider>(new Clock());
        using var scope = app.TestRequestContext("/");

        foreach (var culture in Cultures) Assert.Equal("Template \"<string>\" took longer than 1.5 seconds. Pass it fewer values, or raise TemplateLimits.MaxTime.",
            In(culture, () => Assert.Throws<TemplateLimitException>(() => RenderTemplateString(engine.Each("v", ""), ("v", Enumerable.Range(0, 1000)))).Message));
    }

    protected private void IsTheSame(string template)
    {
        var expected = In(CultureInfo.InvariantCulture, () => Render(template));

        foreach (var culture in Cultures) Assert.Equal(expected, In(culture, () => Render(template)));
        Assert.DoesNotContain("16", expected);
    }

    protected private string Render(string template)
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");
        return RenderTemplateString(template, ("d", 1.5), ("m", 1234.5m), ("negative", -4), ("list", new object[] { 1.5, 2.25m }), ("words", new[] { "ä", "z", "co-op", "coop", "I", "i" }),
            ("day", new DateTime(2024, 3, 7, 15, 4, 5))).ToString();
    }

    protected private static string In(CultureInfo culture, Func<string> render)
    {
        var (before, beforeOfTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            return render();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeOfTexts);
        }
    }

    static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (",", ".", "\u2212");
        (culture.NumberFormat.CurrencyDecimalSeparator, culture.NumberFormat.CurrencySymbol) = (",", "€");
        (culture.DateTimeFormat.ShortDatePattern, culture.DateTimeFormat.LongTimePattern, culture.DateTimeFormat.DateSeparator) = ("dd.MM.yyyy", "HH.mm.ss", ".");
        (culture.DateTimeFormat.DayNames, culture.DateTimeFormat.AMDesignator, culture.DateTimeFormat.PMDesignator) = (["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"], "vorm.", "nachm.");
        return culture;
    }

    static IEnumerable<CultureInfo> Known(string name)
    {
        try
        {
            return [CultureInfo.GetCultureInfo(name, predefinedOnly: true)];
        }
        catch (CultureNotFoundException)
        {
            return [];
        }
    }

    ModularApp App(TemplateFolder folder, TemplateLimits? limits = null)
    {
        var app = new ModularApp(new() { RootPath = folder.Path }).UseTemplating(new() { Limits = limits ?? new() });
        if (engine is LiquidSyntax) app.UseLiquid(new() { Filters = [typeof(TypedFilters)] });
        else engine.Install(app);
        app.TemplateFilter("half", (value, _) => new TemplateArguments([value], []).Get(0, "value", 0.0) / 2);
        return app;
    }

    static class TypedFilters
    {
        public static decimal Typed(decimal input) => input;
    }

    // A second passes at each read.
    sealed class Clock : TimeProvider
    {
        long _seconds;
        public override long TimestampFrequency => 1;
        public override long GetTimestamp() => _seconds++;
    }
}
