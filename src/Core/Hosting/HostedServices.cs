using Microsoft.Extensions.Hosting;

namespace Modular;

/// <summary>The hosted services of a container that no host was built around.</summary>
sealed class HostedServices(IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(cancellationToken);
    }

    /// <summary>Stops all, the last one first, also when one fails.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        foreach (var service in services.GetServices<IHostedService>().Reverse())
        {
            try
            {
                await service.StopAsync(cancellationToken);
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }
        if (failures.Count > 0) throw new AggregateException("Hosted services failed to stop.", failures);
    }
}
