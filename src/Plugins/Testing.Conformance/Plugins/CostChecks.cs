using Microsoft.AspNetCore.Http.Features;

namespace Modular.Testing.Conformance;

/// <summary>What the plugin costs a request that doesn't use it.</summary>
static class CostChecks
{
    const int Batches = 7;
    const int Requests = 200;

    internal static async Task CostsNothing(PluginUnderTest plugin, Findings findings, CancellationToken cancellationToken)
    {
        if (plugin.Kit.AllocationBudget is not { } budget) return;
        findings.Try("starting it", PluginUnderTest.FixStart);
        var (without, _) = await Measure(plugin.Bare(plugin.Without()));
        var (with, waits) = await Measure(plugin.Bare([.. plugin.Kit.With, plugin.Kit.Install]));
        findings.Try($"{Batches * Requests} requests to a view that doesn't use it");
        if (waits) findings.Add("such a request waits", "Open a slot when it is first read, and await only what a request needs.");
        else if (with - without > budget) findings.Add(
            $"{with - without} bytes more for each request than without it ({with} instead of {without})",
            $"Create what a request needs when it is first read, or set AllocationBudget, which is {budget}.");

        async Task<(long Bytes, bool Waits)> Measure(ModularApp app)
        {
            await using (app)
            {
                await using var services = new ServiceCollection().BuildServiceProvider();
                var (fewest, waits) = (long.MaxValue, false);
                for (var batch = 0; batch <= Batches; batch++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var contexts = Enumerable.Range(0, Requests).Select(_ => Request(services)).ToList();
                    var (bytes, running) = Run(app.AppDelegate, contexts);
                    await Task.WhenAll(running);
                    if (batch == 0) continue;       // starts the application
                    waits |= running.Count > 0;
                    fewest = Math.Min(fewest, bytes / Requests);
                }
                return (fewest, waits);
            }
        }
    }

    // Not async, so that all of it is on this thread. A request that waits is counted up to there.
    static (long Bytes, List<Task> Running) Run(RequestDelegate app, List<DefaultHttpContext> contexts)
    {
        List<Task> running = new(contexts.Count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var context in contexts)
        {
            var request = app(context);
            if (!request.IsCompletedSuccessfully) running.Add(request);
        }
        return (GC.GetAllocatedBytesForCurrentThread() - before, running);
    }

    static DefaultHttpContext Request(IServiceProvider services)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        (http.Request.Method, http.Request.Scheme, http.Request.Host) = ("GET", "http", new("localhost"));
        http.Request.Path = PluginUnderTest.Plain;
        http.Request.Headers.Cookie = "theme=dark";
        http.Request.Headers.UserAgent = "Modular.Testing.Conformance";
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return http;
    }
}
