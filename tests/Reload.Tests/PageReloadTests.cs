using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;
using Modular.Debugger;

namespace Modular.Reload.Tests;

/// <summary><c>ReloadPages</c>: the open page reloads automatically.</summary>
public sealed class PageReloadTests
{
    const string Script = "<script src=\"/_modular/reload.js?";
    static readonly HttpClient Client = new();

    [Fact]
    public async Task Only_pages_get_the_script()
    {
        await using var host = await ServeAsync(reloadPages: true, debug: true);

        var page = await Client.GetAsync(new Uri(host.Urls.First() + "/page"));
        var text = await page.Content.ReadAsStringAsync();

        Assert.StartsWith("<h1>ä</h1>" + Script, text, StringComparison.Ordinal);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(text), page.Content.Headers.ContentLength);
        Assert.Equal("<p>streamed</p>", (await Client.GetStringAsync(new Uri(host.Urls.First() + "/stream"))).Split("<script")[0]);
        Assert.Contains(Script, await Client.GetStringAsync(new Uri(host.Urls.First() + "/stream")), StringComparison.Ordinal);
        Assert.Equal("{\"page\":\"<html>\"}\n", System.Text.RegularExpressions.Regex.Unescape(await Client.GetStringAsync(new Uri(host.Urls.First() + "/json"))));
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(host.Urls.First() + "/page"));
        Assert.Equal(11, (await Client.SendAsync(head)).Content.Headers.ContentLength);
        Assert.Equal(HttpStatusCode.NotModified, (await Client.GetAsync(new Uri(host.Urls.First() + "/unchanged"))).StatusCode);
    }

    [Theory]
    [InlineData("<!doctype html><html><body><p>x</p></body></html>\n", "<!doctype html><html><body><p>x</p>|</body></html>\n")]
    [InlineData("<html><p>x</HTML>", "<html><p>x|</HTML>")]
    [InlineData("<script>'</body></html>'</script><p>x</p></BODY >\n</html>", "<script>'</body></html>'</script><p>x</p>|</BODY >\n</html>")]
    [InlineData("<p>a < b </b", "<p>a < b </b|")]
    [InlineData("<p>x", "<p>x|")]
    [InlineData("", "|")]
    public async Task The_script_is_inside_the_page_however_it_is_sent(string page, string expected)
    {
        foreach (var size in (int[])[1, 3, 1000])
        {
            var app = new ModularApp { Debug = true }.UseDebugger(new() { ReloadPages = true });
            app.Get("/", async (HttpContext http) =>
            {
                http.Response.ContentType = "text/html";
                foreach (var piece in page.Chunk(size)) await http.Response.WriteAsync(new string(piece));
            }, endpoint: "index");
            app.Get("/pipe", (HttpContext http) =>
            {
                http.Response.ContentType = "text/html; charset=utf-8";
                http.Response.ContentLength = page.Length;
                System.Buffers.BuffersExtensions.Write(http.Response.BodyWriter, System.Text.Encoding.UTF8.GetBytes(page));       // the server flushes
                return Task.CompletedTask;
            }, endpoint: "pipe");
            app.Get("/file", async (HttpContext http) =>
            {
                http.Response.ContentType = "text/html";
                var file = Path.GetTempFileName();
                await File.WriteAllTextAsync(file, page);
                await http.Response.SendFileAsync(file);
                File.Delete(file);
            }, endpoint: "file");
            await using var host = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
            await host.StartAsync();

            foreach (var path in (string[])["/", "/pipe", "/file"])
            {
                var text = await Client.GetStringAsync(new Uri(host.Urls.First() + path));
                Assert.Equal(expected, System.Text.RegularExpressions.Regex.Replace(text, "<script src=\"/_modular/reload.js[^>]*></script>", "|"));
            }
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Without_debug_or_without_the_option_pages_are_not_changed(bool reloadPages, bool debug)
    {
        await using var host = await ServeAsync(reloadPages, debug);

        Assert.Equal("<h1>ä</h1>", await Client.GetStringAsync(new Uri(host.Urls.First() + "/page")));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync(new Uri(host.Urls.First() + "/_modular/reload.js"))).StatusCode);
    }

    [Fact]
    public async Task A_listener_does_not_delay_the_end_of_the_server()
    {
        await using var host = await ServeAsync(reloadPages: true, debug: true);
        var stream = await Client.GetStreamAsync(new Uri(host.Urls.First() + "/_modular/reload"));
        using var reader = new StreamReader(stream);
        Assert.Equal("retry: 300", await reader.ReadLineAsync());

        await host.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.StartsWith("data: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Null(await reader.ReadLineAsync());
    }

    [NeedsFact(Tool.Chromium, Tool.Script)]
    public async Task The_open_page_follows_style_sheets_and_edits_and_mistakes_and_fixes_automatically()
    {
        using var project = await Project.MakeAsync("""
            var app = new ModularApp().UseDebugger(new() { ReloadPages = true });
            app.Get("/", () => new Markup("<!doctype html><link rel=stylesheet href=/static/style.css><h1>first</h1>"));
            app.Run(port: 0, debug: true);
            """);
        await using var terminal = Terminal.Open(project.Folder, "dotnet bin/Debug/net10.0/Site.dll");
        var url = await terminal.UrlAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Path(Tool.Chromium), Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(url.ToString());
        await page.WaitForFunctionAsync("getComputedStyle(document.querySelector('h1')).color === 'rgb(255, 0, 0)'");

        project.Write("static/style.css", "h1 { color: rgb(0, 128, 0) }");
        await page.WaitForFunctionAsync("getComputedStyle(document.querySelector('h1')).color === 'rgb(0, 128, 0)'");

        project.Replace("Program.cs", "first", "second");
        await page.WaitForSelectorAsync("h1:text-is('second')");

        project.Replace("Program.cs", "</h1>\"", "</h1>");
        await page.WaitForSelectorAsync("h1:text-is('The build failed')");
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", "does-not-build.png") });

        project.Replace("Program.cs", "second</h1>", "third</h1>\"");
        await page.WaitForSelectorAsync("h1:text-is('third')");
        await terminal.PressCtrlCAsync();
        Assert.Equal(0, await terminal.ExitCodeAsync());
    }

    static async Task<WebApplication> ServeAsync(bool reloadPages, bool debug)
    {
        var app = new ModularApp { Debug = debug }.UseDebugger(new() { ReloadPages = reloadPages });
        app.Get("/page", () => new Markup("<h1>ä</h1>"));
        app.Get("/json", () => new { page = "<html>" }, endpoint: "json");
        app.Get("/unchanged", () => new Response("", 304), endpoint: "unchanged");
        app.Get("/stream", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<p>str");
            await http.Response.Body.FlushAsync();
            await http.Response.WriteAsync("eamed</p>");
        }, endpoint: "stream");
        var host = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await host.StartAsync();
        return host;
    }
}
