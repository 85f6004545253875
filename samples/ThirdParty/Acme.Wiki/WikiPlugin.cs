using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Modular;
using Modular.Cli;
using Modular.Plugins;

namespace Acme.Wiki;

/// <summary>The settings of the wiki, which the section "Wiki" of the configuration can change.</summary>
public sealed record WikiOptions
{
    public string Url { get; init; } = "/wiki";

    public string FirstPage { get; init; } = "Welcome";
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

/// <summary>A plugin with its own blueprint, static files, command, hosted service and health check.</summary>
public sealed class WikiPlugin(WikiOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Acme.Wiki", core: "[0.2,1.0)") { Version = "1.0.0" };

    public void Install(PluginBuilder builder)
    {
        var settings = builder.Options("Wiki", options with { });
        builder.Services.AddSingleton<WikiPages>();
        builder.Services.AddHostedService(services => new FirstPage(services.GetRequiredService<WikiPages>(), settings));
        builder.Services.AddHealthChecks().AddCheck<HasPages>("wiki");
        builder.Validate(_ => settings.FirstPage.Length == 0 ? "WikiOptions.FirstPage is empty. Write the text of the first page." : null);

        var wiki = new Blueprint("wiki", settings.Url);
        wiki.Static("/static", new EmbeddedFileProvider(typeof(WikiPlugin).Assembly, "Acme.Wiki.static"));
        wiki.Get("/<name>", (RequestContext context, string name) => context.Services.GetRequiredService<WikiPages>().Find(name) ?? "There is no such page.", endpoint: "page");
        builder.Register(wiki);
        builder.Command(new AppCommand("wiki-count", "Counts the pages of the wiki.", (CommandCall call) => call.Output.WriteLine(call.Services.GetRequiredService<WikiPages>().Count)));
    }

    sealed class FirstPage(WikiPages pages, WikiOptions options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            pages.Save("home", options.FirstPage);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed class HasPages(WikiPages pages) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(pages.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The wiki has no page."));
    }
}
