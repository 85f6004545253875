using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular.Debugger;

/// <summary>Ends an application that a reloader started, as Ctrl-C does, when the reloader says so or is gone.</summary>
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
