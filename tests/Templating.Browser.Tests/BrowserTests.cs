using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;

namespace Modular.Templating.Browser.Tests;

/// <summary>The pages in a real browser: hostile values stay text, and nothing of them runs.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    readonly TemplateFolder _folder = new TemplateFolder()
        .Add("page.liquid", """
            <!doctype html><title>{{ v }}</title>
            {% assign messages = get_flashed_messages(with_categories=true) %}{% for m in messages %}<p class="flash" title='{{ m[0] }}'>{{ m[1] }}</p>{% endfor %}
            {% for x in list %}<div class="text">{{ x }}</div><p class="double" title="{{ x }}">-</p><p class="single" title='{{ x }}'>-</p><textarea>{{ x }}</textarea>
            {% capture y %}{{ x }}{% endcapture %}<i>{{ y }}</i><i>{% cycle x, 'b' %}</i><i>{{ x | split: '' }}</i><p data-json='{{ x | tojson }}'></p>
            <script>window.seen = (window.seen || []).concat({{ x | tojson }})</script>{% endfor %}
            """)
        .Add("page.hbs", """
            <!doctype html><title>{{v}}</title>
            {{#each (get_flashed_messages with_categories=true)}}<p class="flash" title='{{this.[0]}}'>{{this.[1]}}</p>{{/each}}
            {{#each list}}<div class="text">{{this}}</div><p class="double" title="{{this}}">-</p><p class="single" title='{{this}}'>-</p><textarea>{{this}}</textarea>
               {{> part.hbs x=this}}
            <p data-json='{{tojson this}}'></p><script>window.seen = (window.seen || []).concat({{tojson this}})</script>{{/each}}
            """)
        .Add("part.hbs", "<i>{{x}}</i>")
        .Add("page.jinja", """
            <!doctype html><title>{{ v }}</title>
            {% for category, text in get_flashed_messages(with_categories=true) %}<p class="flash" title='{{ category }}'>{{ text }}</p>{% endfor %}
            {% macro cell(x) %}<div class="text">{{ x }}</div><p class="double" title="{{ x }}">-</p><p class="single" title='{{ x }}'>-</p>{{ caller() }}{% endmacro %}
            {% for x in list %}{% call cell(x) %}<textarea>{{ x }}</textarea>{% endcall %}
            {% set y %}{{ x }}{% endset %}<i>{{ y }}</i><i>{{ loop.cycle(x, 'b') }}</i><i>{{ x|list }}</i><i>{{ [x]|join(', ') }}</i><p {{ {'title': x}|xmlattr }}>-</p><p>{{ x|urlize }}</p>
            <p data-json='{{ x|tojson }}'></p><script>window.seen = (window.seen || []).concat({{ x|tojson }})</script>{% endfor %}
            """)
        .Add("unsafe.liquid", "<div class=\"text\">{{ v | safe }}</div>")
        .Add("unsafe.hbs", "<div class=\"text\">{{safe v}}</div>")
        .Add("unsafe.jinja", "<div class=\"text\">{{ v|safe }}</div>");

    readonly ConcurrentQueue<string> _happened = new();
    Microsoft.AspNetCore.Builder.WebApplication? _host;
    IPlaywright? _playwright;
    IBrowser? _browser;
    IPage _page = null!;
    string _url = "";

    public async ValueTask InitializeAsync()
    {
        if (Tools.Find(Tool.Chromium) is null) return;
        var app = new ModularApp(new() { RootPath = _folder.Path });
        app.UseSessions(new() { SecretKey = "a key for the browser tests" });
        app.UseFlash();
        app.UseLiquid().UseHandlebars().UseJinja();
        app.Route("/page/<ending>", (string ending) => RenderTemplate($"page.{ending}", ("v", Xss.Payloads[0]), ("list", Payloads)), endpoint: "page");
        app.Route("/unsafe/<ending>", (string ending) => RenderTemplate($"unsafe.{ending}", ("v", "<img src=x onerror=alert(1)>")), endpoint: "unsafe");
        app.Route("/flash/<ending>/<int:from>", (string ending, int from) =>
        {
            foreach (var payload in Payloads.Skip(from).Take(5)) FlashFunctions.Flash(payload, payload);
            return Redirect(UrlFor("shown", ("ending", ending)));
        }, endpoint: "flash");
        app.Route("/shown/<ending>", (string ending) => RenderTemplate($"page.{ending}", ("v", "shown"), ("list", Array.Empty<string>())), endpoint: "shown");
        _host = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await _host.StartAsync();
        _url = _host.Urls.First();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Path(Tool.Chromium), Args = ["--no-sandbox"] });
        _page = await _browser.NewPageAsync();
        _page.Dialog += async (_, dialog) =>
        {
            _happened.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        await _page.RouteAsync("**/*", async route =>
        {
            var isOurs = route.Request.Url.StartsWith(_url, StringComparison.Ordinal);
            if (!isOurs || route.Request.ResourceType != "document" && !route.Request.Url.EndsWith("/favicon.ico", StringComparison.Ordinal)) _happened.Enqueue($"request: {route.Request.Url}");
            if (isOurs) await route.ContinueAsync();
            else await route.AbortAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    [NeedsTheory(Tool.Chromium)]
    [InlineData("liquid")]
    [InlineData("hbs")]
    [InlineData("jinja")]
    public async Task Payloads_in_text_attributes_and_scripts_run_nothing(string ending)
    {
        await _page.GotoAsync($"{_url}/page/{ending}");

        Assert.Equal(Payloads, await _page.EvaluateAsync<string[]>("[...document.querySelectorAll('.text')].map(e => e.textContent)"));
        Assert.Equal(Payloads, await _page.EvaluateAsync<string[]>("[...document.querySelectorAll('.double')].map(e => e.title)"));
        Assert.Equal(Payloads, await _page.EvaluateAsync<string[]>("[...document.querySelectorAll('.single')].map(e => e.title)"));
        Assert.Equal(Payloads, await _page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-json]')].map(e => JSON.parse(e.dataset.json))"));
        Assert.Equal(Payloads, await _page.EvaluateAsync<string[]>("window.seen"));
        Assert.Equal(0, await _page.Locator("img, svg, iframe, object, embed, link, base, form, input, [onerror], [onload], [onfocus], [style], script[src]").CountAsync());
        Assert.Empty(_happened);
    }

    [NeedsTheory(Tool.Chromium)]
    [InlineData("liquid")]
    [InlineData("hbs")]
    [InlineData("jinja")]
    public async Task Payloads_in_flashed_messages_run_nothing(string ending)
    {
        for (var from = 0; from < Payloads.Length; from += 5)
        {
            await _page.GotoAsync($"{_url}/flash/{ending}/{from}");
            var expected = Payloads.Skip(from).Take(5).ToArray();

            Assert.Equal(expected, await _page.EvaluateAsync<string[]>("[...document.querySelectorAll('.flash')].map(e => e.textContent)"));
            Assert.Equal(expected, await _page.EvaluateAsync<string[]>("[...document.querySelectorAll('.flash')].map(e => e.title)"));
        }

        Assert.Empty(_happened);
    }

    [NeedsTheory(Tool.Chromium)]
    [InlineData("liquid")]
    [InlineData("hbs")]
    [InlineData("jinja")]
    public async Task A_script_that_is_marked_as_safe_is_noticed_here(string ending)
    {
        var dialog = _page.NextDialogAsync();

        await _page.GotoAsync($"{_url}/unsafe/{ending}");

        Assert.Equal("1", await dialog);
        Assert.Contains("dialog: 1", _happened);
    }

    // What HTML itself changes is left out: NUL, and line ends.
    static string[] Payloads { get; } = [.. Xss.Payloads.Where(payload => !payload.AsSpan().ContainsAny('\0', '\r'))];
}

static class PageExtensions
{
    /// <summary>The text of the next dialog.</summary>
    internal static Task<string> NextDialogAsync(this IPage page)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += (_, dialog) => seen.TrySetResult(dialog.Message);
        return seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
