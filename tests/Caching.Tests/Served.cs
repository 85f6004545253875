using Microsoft.AspNetCore.Hosting;

namespace Modular.Caching.Tests;

/// <summary>An application on a socket, whose clients can leave.</summary>
sealed class Served : IAsyncDisposable
{
    readonly WebApplication _host;

    Served(WebApplication host) => (_host, Url) = (host, new(host.Urls.Single()));

    internal Uri Url { get; }

    internal HttpClient Client { get; } = new();

    internal static async Task<Served> StartAsync(ModularApp app)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        host.Run(app.AppDelegate);
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
