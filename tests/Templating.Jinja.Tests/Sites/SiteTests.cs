using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Modular.Templating.Jinja.Tests;

/// <summary>Folders of templates that were written for Flask render byte for byte as Flask does.</summary>
public sealed class SiteTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sites");

    static readonly JsonElement Described = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "pages.json"))).RootElement;

    [NeedsFact(Tool.Flask)]
    public async Task Each_page_of_the_four_sites_is_the_page_of_Flask()
    {
        var pages = Described.GetProperty("pages").EnumerateArray().ToList();

        var expected = await FromFlask();

        Assert.Equal(pages.Count, expected.Count);
        for (var i = 0; i < pages.Count; i++) Assert.Equal(expected[i], await Page(pages[i]));
    }

    static async Task<List<string>> FromFlask()
    {
        using var python = Process.Start(new ProcessStartInfo(Tools.Path(Tool.Flask), ["-X", "utf8", Path.Combine(Folder, "render_sites.py")])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        })!;
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string>(line)!)];
    }

    static async Task<string> Page(JsonElement page)
    {
        await using var app = new ModularApp(new() { RootPath = Path.Combine(Folder, page.GetProperty("site").GetString()!) });
        app.UseSessions(new() { SecretKey = "a key for the tests of Jinja" });
        app.UseFlash();
        app.UseJinja();
        foreach (var setting in Described.GetProperty("config").EnumerateObject()) app.Config[setting.Name] = setting.Value.GetString();
        foreach (var blueprint in Described.GetProperty("endpoints").EnumerateObject().GroupBy(endpoint => endpoint.Name.Split('.')[0]))
        {
            var made = new Blueprint(blueprint.Key);
            foreach (var endpoint in blueprint) made.Route(endpoint.Value.GetString()!, (RequestContext _) => "", endpoint: endpoint.Name.Split('.')[1]);
            app.Register(made);
        }
        using var scope = app.TestRequestContext(page.GetProperty("path").GetString()!);
        foreach (var (name, value) in Values(page, "g")) Current.G[name] = value;
        foreach (var (name, value) in Values(page, "session")) Current.Session[name] = value;
        if (page.TryGetProperty("flashes", out var flashes))
            foreach (var flash in flashes.EnumerateArray()) Flash(flash[1].GetString()!, flash[0].GetString()!);
        var template = page.GetProperty("template").GetString()!;
        return template.EndsWith(".txt", StringComparison.Ordinal) ? RenderText(template, Values(page, "context"))
            : RenderTemplate(template, Values(page, "context")).ToString();
    }

    static Dictionary<string, object?> Values(JsonElement page, string part) => page.TryGetProperty(part, out var values)
        ? values.EnumerateObject().ToDictionary(value => value.Name, value => Value(value.Value)) : [];

    static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt32(out var whole) ? whole : (object)json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object when json.TryGetProperty("$date", out var date) => DateTime.Parse(date.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(item => item.Name, item => Value(item.Value)),
        _ => null,
    };
}
