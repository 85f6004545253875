using Microsoft.AspNetCore.Hosting;

namespace Modular;

/// <summary>The application in the host that was built for it: a service of that host, and disposed of with it.</summary>
sealed class HostedPipeline(ModularApp app) : IDisposable
{
    internal ModularApp App => app;

    internal RequestPipeline? Pipeline { get; set; }

    public void Dispose()
    {
        if (Pipeline is not null) app.Forget(Pipeline);
    }
}

static class AppHost
{
    internal static WebApplication Build(
        ModularApp app, ListenAddress? address, Action<WebApplicationBuilder>? configure = null, bool? propagatesExceptions = null)
    {
        var environment = app.Debug ? Environments.Development : Environments.Production;
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = app.Name, EnvironmentName = environment });
        AddServices(builder.Services, app);
        builder.Configuration.AddConfiguration(app.Config);
        builder.Host.UseDefaultServiceProvider(
            (context, options) => options.ValidateScopes = options.ValidateOnBuild = context.HostingEnvironment.IsDevelopment());
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Logging.SetMinimumLevel(app.Debug ? LogLevel.Debug : LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        WebApplication? host = null;
        // A failed start is thrown with a two-sentence message; the host would log the whole stack trace.
        if (address is not null) builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host",
            level => level >= LogLevel.Warning && host!.Lifetime.ApplicationStarted.IsCancellationRequested);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Not lower than the server's own limit: ours hold while reading, and an unread body has to be drained,
            // or the client never sees the response.
            if (app.Options.Limits.MaxContentLength is { } limit)
                kestrel.Limits.MaxRequestBodySize = Math.Max(limit, kestrel.Limits.MaxRequestBodySize ?? limit);
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
            // Created last, so that it is disposed of first with the host's services.
            hosted = host.Services.GetRequiredService<HostedPipeline>();
            hosted.Pipeline = app.FreezeFor(host.Services, propagatesExceptions);
        }
        catch
        {
            ((IDisposable)host).Dispose();
            throw;
        }
        // ASP.NET would check authorization around the application too, where no endpoint is known yet: a FallbackPolicy would reject all.
        ((IApplicationBuilder)host).Properties["__AuthorizationMiddlewareSet"] = true;
        // A plugin that logs requests provides this name.
        if (address is not null && app.Debug && !app.Has("RequestLog")) host.Use(PrintRequest);
        if (app.Setup.HasWebSockets) host.UseWebSockets();
        host.Run(app.DelegateIn(hosted));
        return host;
    }

    // A line for each request, as the development server of Flask prints it. When an exception propagates, the server sends a 500.
    static async Task PrintRequest(HttpContext http, RequestDelegate next)
    {
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(http);
            status = http.Response.StatusCode;
        }
        finally
        {
            var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{http.Connection.RemoteIpAddress} \"{http.Request.Method} {target} {http.Request.Protocol}\" {status}"));
        }
    }

    // An application that a script has used already keeps its services and their state; the host starts and stops those.
    static void AddServices(IServiceCollection services, ModularApp app)
    {
        var known = app.ServicesOfItsOwn;
        services.Add(app.Services.Where(service => known is null || service.ServiceType != typeof(IHostedService)));
        if (known is null) return;
        services.AddSingleton(known.GetRequiredService<ILoggerFactory>()).AddHostedService(_ => new HostedServices(known));
    }

    internal static async Task StartAsync(WebApplication host, ListenAddress address, CancellationToken cancellationToken)
    {
        address.Clear();
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw address.Failed(error);
        }
        PrintBanner(host, address);
    }

    static void PrintBanner(WebApplication host, ListenAddress address)
    {
        if (address.IsSocket) Console.WriteLine($" * Running on {address.Host}");
        else if (address.Host is "0.0.0.0" or "::") Console.WriteLine($" * Running on all addresses ({address.Host})");
        foreach (var url in address.IsSocket ? [] : host.Urls)
            Console.WriteLine($" * Running on {url.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "[::1]")}/");
        Console.WriteLine("Press CTRL+C to quit");
    }
}
