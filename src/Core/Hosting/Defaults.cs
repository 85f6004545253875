namespace Modular;

static class Defaults
{
    // As in ASP.NET: in development, a service that can't be created and a singleton that takes a scoped one are errors at the start.
    internal static ServiceProvider Build(AppSetup setup, bool validates)
    {
        var services = new ServiceCollection();
        services.Add(setup.Services);
        AddLogging(services);
        AddEndpoints(services);
        var options = new ServiceProviderOptions { ValidateScopes = validates, ValidateOnBuild = validates };
        return Built(() => services.BuildServiceProvider(options));
    }

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
        var others = services.LastOrDefault(service => service.ServiceType == typeof(EndpointDataSource))?.ImplementationFactory;
        services.AddSingleton<EndpointDataSource>(provider =>
            others is null ? endpoints : new CompositeEndpointDataSource([endpoints, (EndpointDataSource)others(provider)]));
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
