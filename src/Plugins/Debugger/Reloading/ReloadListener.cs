using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular.Debugger;

/// <summary>Stops the application as Ctrl-C does, when its reloader requests it or ends.</summary>
sealed class ReloadListener(DebuggerPlugin plugin, IServiceProvider services) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (plugin.Link is not { } link) return;
        await link.ListenAsync(stoppingToken);
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    }
}
