using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Modular;

/// <summary>What an application has when nobody chose otherwise.</summary>
static class Defaults
{
    /// <summary>Services of an application that no host was built for.</summary>
    /// <param name="validates">True in development.</param>
    internal static ServiceProvider Build(AppSetup setup, bool validates)
    {
        var services = new ServiceCollection();
        services.Add(setup.Services);
        AddLogging(services);
        AddEndpoints(services);
        var options = new ServiceProviderOptions();
        Validate(options, validates);
        return Built(() => services.BuildServiceProvider(options));
    }

    // As ASP.NET's own host: in development, a service that can't be created and a singleton that takes a scoped service are errors at the start.
    internal static void Validate(ServiceProviderOptions options, bool validates) => (options.ValidateScopes, options.ValidateOnBuild) = (validates, validates);

    /// <summary>Builds a container.</summary>
    /// <exception cref="ModularException">The container has found a mistake in its services.</exception>
    internal static T Built<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (AggregateException error) when (error.InnerExceptions.All(one => one.InnerException is InvalidOperationException))
        {
            var reasons = error.InnerExceptions.Select(one => one.InnerException!.Message).Distinct();
            throw new ModularException($"The application's services can't be created: {string.Join(" ", reasons)} "
                + "Add what is missing to app.Services, and let a singleton take IServiceScopeFactory instead of a scoped service.", error);
        }
    }

    internal static void AddEndpoints(IServiceCollection services)
    {
        var endpoints = new AppEndpoints();
        services.AddSingleton(endpoints);
        if (services.LastOrDefault(service => service.ServiceType == typeof(EndpointDataSource))?.ImplementationFactory is not { } others)
            services.AddSingleton<EndpointDataSource>(endpoints);
        else services.AddSingleton<EndpointDataSource>(provider => new CompositeEndpointDataSource([endpoints, (EndpointDataSource)others(provider)]));
    }

    internal static void AddLogging(IServiceCollection services)
    {
        var hasProvider = services.Any(service => service.ServiceType == typeof(ILoggerProvider));
        services.AddLogging(logging =>
        {
            if (!hasProvider) logging.AddSimpleConsole();
        });
    }
}
