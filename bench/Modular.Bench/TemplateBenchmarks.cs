using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using DotLiquid;
using HandlebarsDotNet;
using Modular.Bench.Razor;
using Modular.Templating.Handlebars;
using Modular.Templating.Liquid;
using HtmlEncoder = System.Text.Encodings.Web.HtmlEncoder;

namespace Modular.Bench;

/// <summary>The fortunes page, as a string, with escaping on: the plugins, their bare engines, compiled Razor, and a writer by hand.</summary>
public class TemplateBenchmarks
{
    const string Head = "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>";
    const string Foot = "</table></body></html>";

    Func<string> _bareLiquid = null!, _bareLiquidUnescaped = null!, _bareHandlebars = null!;
    List<Row> _rows = null!;

    [Params(12, 201)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rows = [.. Enumerable.Range(0, Rows).Select(i => new Row(i, i % 12 == 11 ? "<script>alert(\"This should not be displayed in a browser alert box.\");</script>" : $"A computer program does what you tell it to do, number {i} & more."))];
        var folder = Directory.CreateTempSubdirectory("modular-bench-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.WriteAllText(Path.Combine(folder, "templates", "fortunes.liquid"), $"{Head}{{% for row in rows %}}<tr><td>{{{{ row.id }}}}</td><td>{{{{ row.message }}}}</td></tr>{{% endfor %}}{Foot}");
        File.WriteAllText(Path.Combine(folder, "templates", "fortunes.hbs"), $"{Head}{{{{#each rows}}}}<tr><td>{{{{id}}}}</td><td>{{{{message}}}}</td></tr>{{{{/each}}}}{Foot}");
        var app = new ModularApp(new() { RootPath = folder });
        app.UseLiquid().UseHandlebars();
        _ = app.TestRequestContext("/").Context;        // current from here on: a page's cost is asked for, not a request's
        (_bareLiquid, _bareLiquidUnescaped, _bareHandlebars) = (BareLiquid("row.message | escape"), BareLiquid("row.message"), BareHandlebars());
        var pages = new[] { Liquid(), Handlebars(), LiquidBare(), HandlebarsBare(), RazorSlices(), ByHand() }.Select(page => System.Net.WebUtility.HtmlDecode(page).ReplaceLineEndings("")).Distinct().Count();
        if (pages != 1) throw new InvalidOperationException("The contenders write different pages.");
    }

    [Benchmark] public string Liquid() => RenderTemplate("fortunes.liquid", ("rows", _rows)).ToString();
    [Benchmark] public string LiquidBare() => _bareLiquid();
    [Benchmark] public string LiquidBareWithoutEscaping() => _bareLiquidUnescaped();
    [Benchmark] public string Handlebars() => RenderTemplate("fortunes.hbs", ("rows", _rows)).ToString();
    [Benchmark] public string HandlebarsBare() => _bareHandlebars();

    [Benchmark]
    public string RazorSlices()
    {
        using var slice = Razor.Slices.Fortunes.Create(_rows);
        using var writer = new StringWriter();
        var rendering = slice.RenderAsync(writer, HtmlEncoder.Default);
        return rendering.IsCompletedSuccessfully ? writer.ToString() : throw new InvalidOperationException("It waited.");
    }

    [Benchmark(Baseline = true)]
    public string ByHand()
    {
        var page = new StringBuilder(Head);
        foreach (var row in _rows)
            page.Append("<tr><td>").Append(CultureInfo.InvariantCulture, $"{row.Id}").Append("</td><td>").Append(HtmlEncoder.Default.Encode(row.Message)).Append("</td></tr>");
        return page.Append(Foot).ToString();
    }

    Func<string> BareLiquid(string value)
    {
        DotLiquid.Template.RegisterSafeType(typeof(Row), ["Id", "Message"]);
        var template = DotLiquid.Template.Parse($"{Head}{{% for row in rows %}}<tr><td>{{{{ row.id }}}}</td><td>{{{{ {value} }}}}</td></tr>{{% endfor %}}{Foot}");
        template.MakeThreadSafe();
        return () => template.Render(Hash.FromDictionary(new Dictionary<string, object> { ["rows"] = _rows }), CultureInfo.InvariantCulture);
    }

    Func<string> BareHandlebars()
    {
        var template = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HandlebarsDotNet.HtmlEncoder(), FormatProvider = CultureInfo.InvariantCulture })
            .Compile($"{Head}{{{{#each rows}}}}<tr><td>{{{{Id}}}}</td><td>{{{{Message}}}}</td></tr>{{{{/each}}}}{Foot}");
        return () => template(new Dictionary<string, object> { ["rows"] = _rows });
    }
}
