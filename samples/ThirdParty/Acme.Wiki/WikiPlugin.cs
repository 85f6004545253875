using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Modular;
using Modular.Cli;
using Modular.Plugins;
using Modular.Templating;
using static Modular.Functions;
using static Modular.Templating.TemplatingFunctions;

namespace Acme.Wiki;

/// <summary>The settings of the wiki, which the section "Wiki" of the configuration can change.</summary>
public sealed record WikiOptions
{
    public string Url { get; init; } = "/wiki";

    public string FirstPage { get; init; } = "Welcome";

    /// <summary>A text file, which becomes the first page when the application starts. Default null: none.</summary>
    public string? Import { get; init; }
}

public static class WikiExtensions
{
    public static ModularApp UseWiki(this ModularApp app, WikiOptions? options = null) => app.Use(new WikiPlugin(options ?? new()));
}

/// <summary>The pages of one application.</summary>
public sealed class WikiPages
{
    readonly ConcurrentDictionary<string, string> _pages = new();

    public int Count => _pages.Count;

    public string? Find(string name) => _pages.GetValueOrDefault(name);

    public void Save(string name, string text) => _pages[name] = text;
}

/// <summary>A plugin with its own blueprint, templates, static files, command, hosted service and health check.</summary>
public sealed class WikiPlugin(WikiOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Acme.Wiki", core: "[0.2,1.0)")
    {
        Version = "1.0.0",
        Dependencies = [new("Modular.Templating.Liquid", "app.UseLiquid()", "[0.2,1.0)")],
    };

    public void Install(PluginBuilder builder)
    {
        var settings = builder.Options("Wiki", options with { });
        builder.Services.AddSingleton<WikiPages>();
        builder.Services.AddHostedService(services => new FirstPage(services.GetRequiredService<WikiPages>(), settings));
        builder.Services.AddHealthChecks().AddCheck<HasPages>("wiki");
        builder.Validate(_ => settings.FirstPage.Length == 0 ? "WikiOptions.FirstPage is empty. Write the text of the first page." : null);

        var wiki = new Blueprint("wiki", settings.Url);
        wiki.Static("/static", new EmbeddedFileProvider(typeof(WikiPlugin).Assembly, "Acme.Wiki.static"));
        wiki.Get("/<name>", (RequestContext context, string name) =>
            context.Services.GetRequiredService<WikiPages>().Find(name) is { } text
                ? RenderTemplate("wiki/page.liquid", ("name", name), ("text", text))
                : throw new HttpException(404), endpoint: "page");
        builder.Register(wiki);
        builder.Templates(new EmbeddedFileProvider(typeof(WikiPlugin).Assembly, "Acme.Wiki.templates"));     // an application's wiki/page.liquid wins
        builder.Command(new AppCommand("wiki-count", "Counts the pages of the wiki.", (CommandCall call) => call.Output.WriteLine(call.Services.GetRequiredService<WikiPages>().Count)));
    }

    sealed class FirstPage(WikiPages pages, WikiOptions options) : IHostedService
    {
        // Before the first request. An exception ends the start.
        public async Task StartAsync(CancellationToken cancellationToken) => pages.Save("home",
            options.Import is { } path ? await File.ReadAllTextAsync(path, cancellationToken) : options.FirstPage);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed class HasPages(WikiPages pages) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(pages.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The wiki has no page."));
    }
}
