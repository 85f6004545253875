using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Debugger.Tests;

/// <summary>An application with the debugger on a real Kestrel, and a browser's requests.</summary>
sealed partial class Site : IAsyncDisposable
{
    readonly WebApplication _host;
    readonly StringWriter _terminal;

    Site(WebApplication host, StringWriter terminal, LogLines log)
    {
        (_host, _terminal, Log, Url) = (host, terminal, log, host.Urls.First());
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(Url) };
    }

    internal LogLines Log { get; }
    internal string Url { get; }
    internal HttpClient Client { get; }

    /// <summary>What was printed when it started.</summary>
    internal string Terminal => _terminal.ToString();

    internal string Pin => PinLine().Match(Terminal).Groups[1].Value;

    /// <param name="peer">The client's address as the server sees it; null for the real one.</param>
    internal static async Task<Site> Start(Action<ModularApp> setUp, DebuggerOptions? options = null, bool debug = true, ModularOptions? app = null, IPAddress? peer = null, Action<WebApplicationBuilder>? configure = null)
    {
        var (terminal, log) = (new StringWriter(), new LogLines());
        var application = new ModularApp(app ?? new() { Name = "shop" }) { Debug = debug };
        application.UseDebugger((options ?? new()) with { Terminal = terminal });
        setUp(application);
        var host = application.Build(builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(log);
            if (peer is not null) builder.Services.AddSingleton<IStartupFilter>(new PeerFilter(peer));
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            configure?.Invoke(builder);
        });
        await host.StartAsync();
        return new(host, terminal, log);
    }

    /// <summary>An application whose every page fails.</summary>
    internal static Task<Site> Failing(DebuggerOptions? options = null, bool debug = true, IPAddress? peer = null) =>
        Start(app => app.Route("/", string () => throw new InvalidOperationException("the secret of the house"), endpoint: "index"), options, debug, peer: peer);

    /// <summary>A GET as a browser's.</summary>
    internal Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), .. headers]);

    internal async Task<Answer> Send(string method, string path, (string Name, string Value)[] headers, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = content };
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A command as our page sends it.</summary>
    internal async Task<Answer> Command(string name, object entry, params (string Name, string Value)[] headers) =>
        await Send("POST", $"/_modular/debugger/{name}", [("Origin", Url), ("Sec-Fetch-Site", "same-origin"), .. headers], JsonContent.Create(entry));

    /// <summary>Sends the PIN and gets the cookie.</summary>
    internal async Task<string> Unlock(string secret)
    {
        var answer = await Command("pin", new { secret, pin = Pin });
        Assert.Equal(200, answer.Status);
        return answer.Headers["Set-Cookie"].Split(';')[0];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    [GeneratedRegex(@"\* Debugger PIN: (\d{3}-\d{3}-\d{3})")]
    private static partial Regex PinLine();

    sealed class PeerFilter(IPAddress peer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => host =>
        {
            host.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = peer;
                return rest(http);
            });
            next(host);
        };
    }
}

/// <summary>The response.</summary>
sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    internal IHtmlDocument Page => new HtmlParser().ParseDocument(Text);

    internal JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The texts of all elements that a selector finds.</summary>
    internal IEnumerable<string> Texts(string selector) => Page.QuerySelectorAll(selector).Select(element => element.TextContent.Trim());

    /// <summary>A row of the page's tables.</summary>
    internal string? Fact(string table, string name) => Page.QuerySelectorAll(".facts").FirstOrDefault(facts => facts.QuerySelector("h3")!.TextContent == table)
        ?.QuerySelectorAll("tr").FirstOrDefault(row => row.QuerySelector("th")!.TextContent == name)?.QuerySelector("td")!.TextContent;

    internal string Secret => Page.Body!.GetAttribute("data-secret")!;

    internal string Session => Page.Body!.GetAttribute("data-session")!;
}

/// <summary>The log lines.</summary>
sealed class LogLines : ILoggerProvider
{
    readonly ConcurrentQueue<string> _lines = [];

    internal IEnumerable<string> All => _lines;

    /// <summary>The errors, without the tasks that other tests of the process didn't await: each debugger logs those.</summary>
    internal IEnumerable<string> Errors => _lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal) && !line.Contains("A task that wasn't awaited", StringComparison.Ordinal));

    internal bool Has(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    internal async Task Wait(string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Has(text)) await Task.Delay(10, deadline.Token);
    }

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void Dispose()
    {
    }

    sealed class Lines(LogLines all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : $" | {exception.GetType().Name}: {exception.Message}")}");
    }
}
