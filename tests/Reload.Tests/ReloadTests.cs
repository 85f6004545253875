using System.Net;
using System.Net.Sockets;

namespace Modular.Reload.Tests;

/// <summary><c>app.Run(debug: true)</c> in a terminal: edits are served.</summary>
public sealed class ReloadTests : IDisposable
{
    const string Program = """
        var app = new ModularApp().UseDebugger(new() { ReloadPages = Environment.GetEnvironmentVariable("RELOAD_PAGES") is "1" });
        app.Get("/", () => new Markup("<!doctype html><link rel=stylesheet href=/static/style.css><h1>first</h1>"));
        app.Get("/pid", () => $"{Environment.ProcessId}");
        app.Run(port: 0, debug: true);
        """;

    readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public void Dispose() => _client.Dispose();

    [NeedsFact(Tool.Script, Tool.Sdk)]
    public async Task An_edit_is_served_and_a_mistake_is_shown_until_it_is_fixed_and_Ctrl_C_ends_all()
    {
        using var project = await Project.MakeAsync(Program);
        await using var terminal = Terminal.Open(project.Folder, "dotnet run --no-build");
        var url = await terminal.UrlAsync();
        var first = await PidAsync(url);

        project.Write("static/style.css", "h1 { color: green }");
        await terminal.ShowsAsync(" * Changed: static/style.css");
        project.Write("static/new.css", "h2 { color: blue }");
        await terminal.ShowsAsync(" * Changed: static/new.css");
        Assert.Equal("h1 { color: green }", await _client.GetStringAsync(new Uri(url, "/static/style.css")));
        Assert.Equal("h2 { color: blue }", await _client.GetStringAsync(new Uri(url, "/static/new.css")));
        Assert.Equal(first, await PidAsync(url));        // files are copied, and nothing restarts for them

        project.Replace("Program.cs", "first", "second");
        await terminal.ShowsAsync("restarting");
        Assert.Equal(url, await terminal.UrlAsync());
        Assert.Contains("<h1>second</h1>", await _client.GetStringAsync(url), StringComparison.Ordinal);
        var second = await PidAsync(url);
        Assert.NotEqual(first, second);
        AssertGone(first);

        project.Replace("Program.cs", "<h1>second</h1>\"", "<h1>second</h1>");
        await terminal.ShowsAsync("Program.cs(2,31): error CS1010: Newline in constant");
        await terminal.ShowsAsync(" * The build failed; waiting for a change");
        var (status, type, page) = await AskAsync(url, "text/html");
        Assert.Equal((HttpStatusCode.InternalServerError, "text/html"), (status, type));
        Assert.Contains("<h1>The build failed</h1>\n<pre>Program.cs(2,31): error CS1010", page, StringComparison.Ordinal);
        Assert.StartsWith("The build failed\n\nProgram.cs(2,31): error CS1010", (await AskAsync(url, "*/*")).Text, StringComparison.Ordinal);
        AssertGone(second);

        project.Replace("Program.cs", "<h1>second</h1>", "<h1>third</h1>\"");
        await terminal.UrlAsync();
        Assert.Contains("<h1>third</h1>", await _client.GetStringAsync(url), StringComparison.Ordinal);

        project.Replace("Program.cs", "\"/pid\"", "\"/<nix:pid>\"");
        await terminal.ShowsAsync("1; waiting for a change");
        Assert.StartsWith("The application ended\n\nThe rule \"/<nix:pid>\" names the unknown converter \"nix\".", (await AskAsync(url, "*/*")).Text, StringComparison.Ordinal);

        project.Replace("Program.cs", "\"/<nix:pid>\"", "\"/pid\"");
        await terminal.UrlAsync();
        var last = await PidAsync(url);
        await terminal.PressCtrlCAsync();
        Assert.Equal(0, await terminal.ExitCodeAsync());
        AssertGone(last);
        Assert.Empty(ProcessesOf(project));
        AssertFree(url);
    }

    [NeedsFact(Tool.Script, Tool.Sdk)]
    public async Task The_debuggers_PIN_and_its_cookie_outlive_a_reload_but_not_the_program()
    {
        using var project = await Project.MakeAsync("""
            var app = new ModularApp();
            app.UseDebugger();
            app.Get("/", () => "first");
            app.Run(port: 0, debug: true);
            """);
        await using var terminal = Terminal.Open(project.Folder, "dotnet run --no-build");
        var pin = await PinAsync(terminal);
        var url = await terminal.UrlAsync();
        var cookie = (await CommandAsync(url, "pin", pin, "")).Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        project.Replace("Program.cs", "first", "second");
        await terminal.ShowsAsync("restarting");
        var again = await PinAsync(terminal);
        await terminal.UrlAsync();

        Assert.Equal(pin, again);
        Assert.Equal("second", await _client.GetStringAsync(url));
        Assert.Equal(HttpStatusCode.OK, (await CommandAsync(url, "cancel", "", cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CommandAsync(url, "cancel", "", "")).StatusCode);
        await terminal.PressCtrlCAsync();
        Assert.Equal(0, await terminal.ExitCodeAsync());
        await using var other = Terminal.Open(project.Folder, "dotnet run --no-build");
        Assert.NotEqual(pin, await PinAsync(other));
    }

    static async Task<string> PinAsync(Terminal terminal)
    {
        await terminal.ShowsAsync(" * Debugger PIN: ");
        var all = await terminal.ShowsAsync("\n");
        return all.Split(" * Debugger PIN: ")[^1][..11];
    }

    async Task<HttpResponseMessage> CommandAsync(Uri url, string command, string pin, string cookie)
    {
        var page = await _client.GetStringAsync(new Uri(url, "/console"));
        string Data(string name) => page.Split($"data-{name}=\"")[1].Split('"')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, $"/_modular/debugger/{command}"))
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { secret = Data("secret"), session = Data("session"), pin }),
        };
        request.Headers.Add("Origin", url.GetLeftPart(UriPartial.Authority));
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        return await _client.SendAsync(request);
    }

    [NeedsFact(Tool.Script, Tool.Sdk)]
    public async Task The_reloader_is_not_a_setting_of_the_application()
    {
        using var project = await Project.MakeAsync("""
            var app = new ModularApp().UseDebugger();
            app.Get("/", () => $"{string.Join(' ', app.Config.AsEnumerable().Select(pair => pair.Key))} {Environment.GetEnvironmentVariable("RELOADER_OF_MODULAR")}");
            app.Run(port: 0, debug: true);
            """);
        await using var terminal = Terminal.Open(project.Folder, "dotnet bin/Debug/net10.0/Site.dll");

        var settings = await _client.GetStringAsync(await terminal.UrlAsync());

        Assert.DoesNotContain("reload", settings, StringComparison.OrdinalIgnoreCase);
        await terminal.PressCtrlCAsync();
        Assert.Equal(0, await terminal.ExitCodeAsync());
    }

    [NeedsFact(Tool.Script, Tool.Sdk)]
    public async Task A_program_in_a_single_file_is_followed_too()
    {
        using var folder = Project.OfSingleFile("""
            #:property PublishAot=false
            var app = new ModularApp().UseDebugger();
            app.Get("/", () => "first");
            app.Run(port: 0, debug: true);
            """);
        await using var terminal = Terminal.Open(folder.Folder, "dotnet run app.cs");
        var url = await terminal.UrlAsync();
        Assert.Equal("first", await _client.GetStringAsync(url));

        folder.Replace("app.cs", "first", "second");
        await terminal.UrlAsync();

        Assert.Equal("second", await _client.GetStringAsync(url));
        await terminal.PressCtrlCAsync();
        Assert.Equal(0, await terminal.ExitCodeAsync());
    }

    [NeedsFact(Tool.Script, Tool.Sdk)]
    public async Task The_page_of_a_failure_reveals_nothing_to_a_foreign_host()
    {
        using var project = await Project.MakeAsync(Program);
        await using var terminal = Terminal.Open(project.Folder, "dotnet bin/Debug/net10.0/Site.dll");
        await terminal.UrlAsync();
        project.Replace("Program.cs", "\"/pid\"", "\"/<nix:pid>\"");
        await terminal.ShowsAsync("waiting for a change");
        var url = await terminal.UrlAsync("; ", " shows this");

        var rebound = await AskAsync(url, "text/html", ("Host", "rebound.example"));
        var proxied = await AskAsync(url, "text/html", ("X-Forwarded-For", "203.0.113.9"));
        var own = await AskAsync(url, "text/html", ("Host", "site.localhost"));

        Assert.Equal((HttpStatusCode.InternalServerError, ""), (rebound.Status, rebound.Text));
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (proxied.Status, proxied.Text));
        Assert.Contains("unknown converter", own.Text, StringComparison.Ordinal);
    }

    async Task<int> PidAsync(Uri url) => int.Parse(await _client.GetStringAsync(new Uri(url, "/pid")), System.Globalization.CultureInfo.InvariantCulture);

    async Task<(HttpStatusCode Status, string? Type, string Text)> AskAsync(Uri url, string accept, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Accept", accept } } };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    static int[] ProcessesOf(Project project) =>
        [.. Directory.EnumerateDirectories("/proc").Where(place => int.TryParse(Path.GetFileName(place), out _))
            .Where(place => CommandOf(place).Contains(project.Folder, StringComparison.Ordinal)).Select(place => int.Parse(Path.GetFileName(place), System.Globalization.CultureInfo.InvariantCulture))];

    static string CommandOf(string place)
    {
        try
        {
            return File.ReadAllText(Path.Combine(place, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    static void AssertGone(int id) => Assert.False(Directory.Exists($"/proc/{id}"), $"process {id} still runs");

    internal static void AssertFree(Uri url)
    {
        using var next = new TcpListener(IPAddress.Loopback, url.Port);
        next.Start();
    }
}
