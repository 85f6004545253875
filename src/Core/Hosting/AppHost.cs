using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>Puts an application on ASP.NET's host and Kestrel.</summary>
static class AppHost
{
    /// <param name="address">Where to listen; null leaves it to <paramref name="configure"/>.</param>
    internal static WebApplication Build(ModularApp app, ListenAddress? address, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()
        {
            ApplicationName = app.Name,
            EnvironmentName = app.Debug ? Environments.Development : Environments.Production,
        });
        builder.Services.Add(app.Services);
        builder.Configuration.AddConfiguration(app.Config);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Logging.SetMinimumLevel(app.Debug ? LogLevel.Debug : LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (app.Options.Limits.MaxContentLength is { } limit) kestrel.Limits.MaxRequestBodySize = limit;
            address?.Configure(kestrel);
        });
        configure?.Invoke(builder);
        Defaults.AddLogging(builder.Services);

        var host = builder.Build();
        var dispatcher = app.Freeze(hosted: host.Services);
        dispatcher.MarkStarted();
        if (app.Rules.Any(rule => rule.WebSocket)) host.UseWebSockets();
        host.Run(app.AppDelegate);
        return host;
    }

    internal static async Task StartAsync(WebApplication host, ListenAddress address, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (IOException error)
        {
            throw address.Failed(error);
        }
        catch (SocketException error)
        {
            throw address.Failed(new IOException(error.Message, error));
        }
        PrintBanner(host, address);
    }

    /// <summary>As <see cref="StartAsync"/>, through the host's own blocking start: for a Main that is not async.</summary>
    internal static void Start(WebApplication host, ListenAddress address)
    {
        try
        {
            ((IHost)host).Start();
        }
        catch (IOException error)
        {
            throw address.Failed(error);
        }
        catch (SocketException error)
        {
            throw address.Failed(new IOException(error.Message, error));
        }
        PrintBanner(host, address);
    }

    static void PrintBanner(WebApplication host, ListenAddress address)
    {
        if (address.Host is "0.0.0.0" or "::") Console.WriteLine($" * Running on all addresses ({address.Host})");
        foreach (var url in host.Urls) Console.WriteLine($" * Running on {url.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "[::1]")}/");
        Console.WriteLine("Press CTRL+C to quit");
    }
}
