namespace Toy.Visits;

/// <summary>Reads the total before the first request.</summary>
sealed class TotalsLoader(VisitTotals totals, VisitsOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => totals.Add(await options.LoadTotal(cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
