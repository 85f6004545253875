using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Modular.Bench.Razor;
using Modular.Templating.Jinja;

namespace Modular.Bench;

/// <summary>
/// Jinja's pages against the other engines of .NET and, when python3 has it, against Jinja2: the best and the middle of many short rounds,
/// all contenders in turn. Then the time to compile a template of 300 lines, and what a compiled one holds.
/// </summary>
static class JinjaBench
{
    internal static void Run(int rounds)
    {
        JinjaPage[] pages = [JinjaPage.Fortunes(12), JinjaPage.Fortunes(201), JinjaPage.Layout(), JinjaPage.Table()];
        foreach (var page in pages)
        {
            var contenders = page.Contenders();
            if (contenders.Select(contender => Words(contender.Render())).Distinct().Count() != 1) throw new InvalidOperationException($"The contenders write different pages: {page.Name}.");
            Measure(page, contenders, rounds);
            Python(page, contenders[0].Render(), rounds);
        }
        Compile();
    }

    static string Words(string page) => System.Net.WebUtility.HtmlDecode(page).ReplaceLineEndings("");

    static void Measure(JinjaPage page, List<(string Engine, Func<string> Render)> contenders, int rounds)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2);)
            foreach (var (_, render) in contenders) render();
        var inner = Math.Max(1, 4000 / (page.Rows.Count + 10));
        var times = contenders.ConvertAll(_ => new List<double>());
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < contenders.Count; i++)
            {
                var (render, start) = (contenders[i].Render, Stopwatch.GetTimestamp());
                for (var k = 0; k < inner; k++) render();
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / inner);
            }
        for (var i = 0; i < contenders.Count; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            contenders[i].Render();
            Print(page.Name, contenders[i].Engine, times[i], $"{GC.GetAllocatedBytesForCurrentThread() - before:N0} B");
        }
    }

    static void Print(string page, string engine, List<double> times, string bytes)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{page,-20} {engine,-26} best {times[0],9:N1} us  median {times[times.Count / 2],9:N1} us  90% {times[times.Count * 9 / 10],9:N1} us  {bytes}"));
    }

    // The same templates and rows in Jinja2 itself.
    static void Python(JinjaPage page, string expected, int rounds)
    {
        const string Program = """
            import json, sys, time
            from jinja2 import DictLoader, Environment
            given = json.load(sys.stdin)
            template = Environment(loader=DictLoader(given["templates"]), autoescape=True).get_template("page.html")
            rows = given["rows"]
            inner = max(1, 4000 // (len(rows) + 10)) // 4 + 1
            times = []
            for _ in range(given["rounds"]):
                start = time.perf_counter()
                for _ in range(inner):
                    text = template.render(rows=rows)
                times.append((time.perf_counter() - start) * 1e6 / inner)
            json.dump({"text": text, "times": times}, sys.stdout)
            """;
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-X", "utf8", "-c", Program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            python.StandardInput.Write(JsonSerializer.Serialize(new { templates = page.Jinja, rows = page.Rows.Select(row => new { id = row.Id, message = row.Message }), rounds = Math.Min(rounds, 50) }));
            python.StandardInput.Close();
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            if (python.ExitCode != 0)
            {
                Console.WriteLine($"{page.Name,-20} Jinja2 isn't installed for python3");
                return;
            }
            using var answer = JsonDocument.Parse(output);
            if (answer.RootElement.GetProperty("text").GetString() != expected) throw new InvalidOperationException($"Jinja2 writes another page: {page.Name}.");
            Print(page.Name, "Jinja2 (Python)", [.. answer.RootElement.GetProperty("times").EnumerateArray().Select(time => time.GetDouble())], "");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"{page.Name,-20} python3 isn't installed");
        }
    }

    static void Compile()
    {
        const string Part = "<tr class=\"{{ loop.cycle('odd', 'even') }}\">\n  {% if row.id > 10 and row.message %}\n    <td title=\"{{ row.message|truncate(20) }}\">{{ row.id }}</td>\n  {% elif loop.first %}\n    <td>{{ '%05d'|format(row.id) }}</td>\n  {% endif %}\n</tr>\n";
        var text = "{% extends 'base.html' %}\n{% block content %}\n" + string.Concat(Enumerable.Repeat("{% for row in rows %}\n" + Part + "{% endfor %}\n", 33)) + "{% endblock %}\n";
        const int Files = 200;
        var folder = Directory.CreateTempSubdirectory("modular-bench-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.WriteAllText(Path.Combine(folder, "templates", "base.html"), "{% block content %}{% endblock %}");
        for (var i = 0; i < Files; i++) File.WriteAllText(Path.Combine(folder, "templates", $"page{i}.html"), text);
        var app = new ModularApp(new() { RootPath = folder });
        app.UseJinja();
        _ = app.TestRequestContext("/").Context;
        List<double> times = [];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Files; i++)
        {
            // The page without rows takes next to nothing. The rest is to read and to compile its file.
            var start = Stopwatch.GetTimestamp();
            RenderTemplate($"page{i}.html", ("rows", Array.Empty<Row>()));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        var first = times[0];
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / Files;
        GC.KeepAlive(app);
        Print("compile", $"{text.Count(c => c == '\n')} lines, {text.Length:N0} chars", times, $"{held:N0} B held by each, {first:N0} us the first time");
    }
}
