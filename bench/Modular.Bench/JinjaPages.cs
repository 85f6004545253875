using System.Globalization;
using DotLiquid;
using Fluid;
using HandlebarsDotNet;
using Modular.Bench.Razor;
using Modular.Templating.Jinja;

namespace Modular.Bench;

/// <summary>One page in the language of each engine.</summary>
/// <param name="Jinja">The template by name, with those that it extends and imports.</param>
/// <param name="Liquid">The page for DotLiquid and Fluid. Null when its features aren't there.</param>
/// <param name="Handlebars">The page for Handlebars.Net.</param>
/// <param name="Razor">The compiled page. Null when there is none.</param>
sealed record JinjaPage(string Name, Dictionary<string, string> Jinja, string? Liquid, Dictionary<string, string>? Handlebars, Func<string>? Razor, List<Row> Rows)
{
    internal const string Main = "page.html";
    const string Head = "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>";
    const string Foot = "</table></body></html>";

    internal static JinjaPage Fortunes(int rows)
    {
        List<Row> all = [.. Enumerable.Range(0, rows).Select(i => new Row(i, i % 12 == 11 ? "<script>alert(\"This should not be displayed in a browser alert box.\");</script>" : $"A computer program does what you tell it to do, number {i} & more."))];
        return new($"fortunes, {rows} rows", new() { [Main] = $"{Head}{{% for row in rows %}}<tr><td>{{{{ row.id }}}}</td><td>{{{{ row.message }}}}</td></tr>{{% endfor %}}{Foot}" },
            $"{Head}{{% for row in rows %}}<tr><td>{{{{ row.id }}}}</td><td>{{{{ row.message | escape }}}}</td></tr>{{% endfor %}}{Foot}",
            new() { [Main] = $"{Head}{{{{#each rows}}}}<tr><td>{{{{Id}}}}</td><td>{{{{Message}}}}</td></tr>{{{{/each}}}}{Foot}" }, () => Slice(all), all);
    }

    internal static JinjaPage Table()
    {
        List<Row> all = [.. Enumerable.Range(0, 1000).Select(i => new Row(i, $"Row {i} & <more>"))];
        return new("table, 1,000 rows", new() { [Main] = "<table>{% for row in rows %}<tr class=\"{{ 'odd' if loop.index is odd else 'even' }}\"><td>{{ loop.index }}</td><td>{{ row.id }}</td><td>{{ row.message }}</td></tr>{% endfor %}</table>" },
            "<table>{% for row in rows %}<tr class=\"{% cycle 'odd', 'even' %}\"><td>{{ forloop.index }}</td><td>{{ row.id }}</td><td>{{ row.message | escape }}</td></tr>{% endfor %}</table>", null, null, all);
    }

    internal static JinjaPage Layout()
    {
        List<Row> all = [.. Enumerable.Range(0, 20).Select(i => new Row(i, $"Entry {i}"))];
        return new("3 layouts, macros", new()
        {
            ["base.html"] = "<!doctype html><title>{% block title %}Site{% endblock %}</title><nav>{% block nav %}{% endblock %}</nav><main>{% block content %}{% endblock %}</main><footer>{% block footer %}the end{% endblock %}</footer>",
            ["section.html"] = "{% extends 'base.html' %}{% block title %}{{ super() }}: Section{% endblock %}{% block nav %}<a href=/>Home</a>{% endblock %}{% block content %}<h1>{% block heading %}{% endblock %}</h1>{% block inner %}{% endblock %}{% endblock %}",
            ["forms.html"] = "{% macro field(name, value='', type='text') %}<label>{{ name|title }} <input type=\"{{ type }}\" name=\"{{ name }}\" value=\"{{ value }}\"></label>{% endmacro %}{% macro item(row) %}<li id=\"i{{ row.id }}\">{{ row.message }}: {{ caller() }}</li>{% endmacro %}",
            [Main] = "{% extends 'section.html' %}{% from 'forms.html' import field, item %}{% block title %}{{ super() }} / Page{% endblock %}{% block heading %}Entries{% endblock %}{% block inner %}<form>{{ field('name', 'a & b') }}{{ field('mail', type='email') }}</form><ul>{% for row in rows %}{% call item(row) %}{{ loop.index }}/{{ loop.length }}{% endcall %}{% endfor %}</ul>{% endblock %}",
        }, null, null, null, all);
    }

    static string Slice(List<Row> rows)
    {
        using var slice = Modular.Bench.Razor.Slices.Fortunes.Create(rows);
        using var writer = new StringWriter();
        var rendering = slice.RenderAsync(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return rendering.IsCompletedSuccessfully ? writer.ToString() : throw new InvalidOperationException("It waited.");
    }

    /// <summary>What each engine renders. Jinja's page is that of the plugin, with its limits and values of the application.</summary>
    internal List<(string Engine, Func<string> Render)> Contenders()
    {
        var folder = Directory.CreateTempSubdirectory("modular-bench-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        foreach (var (name, text) in Jinja) File.WriteAllText(Path.Combine(folder, "templates", name), text);
        var app = new ModularApp(new() { RootPath = folder });
        app.UseJinja();
        _ = app.TestRequestContext("/").Context;        // current from here on
        List<(string, Func<string>)> all = [("Modular.Templating.Jinja", () => RenderTemplate(Main, ("rows", Rows)).ToString())];
        if (Handlebars is not null) all.Add(("Handlebars.Net", BareHandlebars()));
        if (Liquid is not null)
        {
            all.Add(("Fluid.Core", BareFluid()));
            all.Add(("DotLiquid", BareLiquid()));
        }
        if (Razor is not null) all.Add(("RazorSlices", Razor));
        return all;
    }

    Func<string> BareHandlebars()
    {
        var template = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HandlebarsDotNet.HtmlEncoder(), FormatProvider = CultureInfo.InvariantCulture })
            .Compile(Handlebars![Main]);
        return () => template(new Dictionary<string, object> { ["rows"] = Rows });
    }

    Func<string> BareLiquid()
    {
        DotLiquid.Template.RegisterSafeType(typeof(Row), ["Id", "Message"]);
        var template = DotLiquid.Template.Parse(Liquid);
        template.MakeThreadSafe();
        return () => template.Render(Hash.FromDictionary(new Dictionary<string, object> { ["rows"] = Rows }), CultureInfo.InvariantCulture);
    }

    Func<string> BareFluid()
    {
        var template = new FluidParser().Parse(Liquid);
        TemplateOptions options = new() { MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.CamelCase } };
        return () => template.Render(new Fluid.TemplateContext(new Dictionary<string, object> { ["rows"] = Rows }, options));
    }
}
