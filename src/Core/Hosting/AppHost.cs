using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Modular;

/// <summary>Puts an application on ASP.NET's host and Kestrel.</summary>
static class AppHost
{
    /// <param name="address">Where to listen; null leaves it to <paramref name="configure"/>.</param>
    internal static WebApplication Build(ModularApp app, ListenAddress? address, Action<WebApplicationBuilder>? configure = null, bool? propagatesExceptions = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()
        {
            ApplicationName = app.Name,
            EnvironmentName = app.Debug ? Environments.Development : Environments.Production,
        });
        AddServices(builder.Services, app);
        builder.Configuration.AddConfiguration(app.Config);
        builder.Host.UseDefaultServiceProvider((context, options) => Defaults.Validate(options, context.HostingEnvironment.IsDevelopment()));
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Logging.SetMinimumLevel(app.Debug ? LogLevel.Debug : LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning);
        WebApplication? host = null;
        // A start that failed is thrown, and Run tells it in two sentences; the host would log it with its whole stack.
        if (address is not null) builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host",
            level => level >= LogLevel.Warning && host!.Lifetime.ApplicationStarted.IsCancellationRequested);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Not lower than the server's own: our limits are held while reading, and a body that nobody reads has to be read over, or the client never sees its answer.
            if (app.Options.Limits.MaxContentLength is { } limit) kestrel.Limits.MaxRequestBodySize = Math.Max(limit, kestrel.Limits.MaxRequestBodySize ?? limit);
            address?.Configure(kestrel);
        });
        configure?.Invoke(builder);
        Defaults.AddLogging(builder.Services);
        Defaults.AddEndpoints(builder.Services);
        builder.Services.AddSingleton(_ => new HostedPipeline(app));

        host = Defaults.Built(builder.Build);
        HostedPipeline hosted;
        try
        {
            // Made last, so that it is the first to be disposed of with the host's services.
            hosted = host.Services.GetRequiredService<HostedPipeline>();
            hosted.Pipeline = app.FreezeFor(host.Services, propagatesExceptions);
        }
        catch
        {
            ((IDisposable)host).Dispose();
            throw;
        }
        // ASP.NET would check authorization around the application too, where no endpoint is known yet: a FallbackPolicy would reject every request.
        ((IApplicationBuilder)host).Properties["__AuthorizationMiddlewareSet"] = true;
        if (app.Rules.Any(rule => rule.WebSocket)) host.UseWebSockets();
        host.Run(app.DelegateIn(hosted));
        return host;
    }

    // An application that a script has used already keeps its services, with what was put into them; the host starts and stops those.
    static void AddServices(IServiceCollection services, ModularApp app)
    {
        if (app.ServicesOfItsOwn is not { } known)
        {
            services.Add(app.Services);
            return;
        }
        services.Add(app.Services.Where(service => service.ServiceType != typeof(IHostedService)));
        services.AddSingleton(known.GetRequiredService<ILoggerFactory>()).AddHostedService(_ => new HostedServices(known));
    }

    internal static async Task StartAsync(WebApplication host, ListenAddress address, CancellationToken cancellation)
    {
        address.Clear();
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

    static void PrintBanner(WebApplication host, ListenAddress address)
    {
        if (address.IsSocket) Console.WriteLine($" * Running on {address.Host}");
        else if (address.Host is "0.0.0.0" or "::") Console.WriteLine($" * Running on all addresses ({address.Host})");
        foreach (var url in address.IsSocket ? [] : host.Urls) Console.WriteLine($" * Running on {url.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "[::1]")}/");
        Console.WriteLine("Press CTRL+C to quit");
    }
}
