using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>What an application has when nobody chose otherwise.</summary>
static class Defaults
{
    /// <summary>Services of an application that no host was built for.</summary>
    internal static ServiceProvider Build(AppSetup setup)
    {
        var services = new ServiceCollection();
        services.Add(setup.Services);
        AddLogging(services);
        AddEndpoints(services);
        return services.BuildServiceProvider();
    }

    /// <summary>The endpoints, for authorization and API descriptions, beside those of ASP.NET's own routing when the application uses that too.</summary>
    internal static void AddEndpoints(IServiceCollection services)
    {
        var endpoints = new AppEndpoints();
        services.AddSingleton(endpoints);
        if (services.LastOrDefault(service => service.ServiceType == typeof(EndpointDataSource))?.ImplementationFactory is not { } others)
            services.AddSingleton<EndpointDataSource>(endpoints);
        else services.AddSingleton<EndpointDataSource>(provider => new CompositeEndpointDataSource([endpoints, (EndpointDataSource)others(provider)]));
    }

    /// <summary>A console logger, unless a provider is there already.</summary>
    internal static void AddLogging(IServiceCollection services)
    {
        var hasProvider = services.Any(service => service.ServiceType == typeof(ILoggerProvider));
        services.AddLogging(logging =>
        {
            if (!hasProvider) logging.AddSimpleConsole();
        });
    }
}
