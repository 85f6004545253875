namespace Modular;

/// <summary>The <c>HttpContext.RequestServices</c> of a mounted application: its own and the host's, created on first use.</summary>
sealed class MountedRequest : IServiceProvidersFeature
{
    readonly RequestContext _context;
    readonly IServiceProvidersFeature? _around;

    internal MountedRequest(HttpContext http, RequestContext context)
    {
        (_context, _around) = (context, http.Features.Get<IServiceProvidersFeature>());
        http.Features.Set<IServiceProvidersFeature>(this);
    }

    public IServiceProvider RequestServices
    {
        get => _context.Services;
        set => _context.Http.Features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = value });
    }

    internal static IServiceProvider? ServicesAround(HttpContext http) =>
        http.Features.Get<IServiceProvidersFeature>() is MountedRequest mounted ? mounted._around?.RequestServices : http.RequestServices;

    internal void Leave(HttpContext http) => http.Features.Set(_around);
}

/// <summary>The services of an application that is mounted in another host: its own first, then the host's.</summary>
sealed class MountedServices(IServiceProvider own, IServiceProvider? host) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) => own.GetService(serviceType) ?? host?.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) =>
        (own as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey)
        ?? (host as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => GetKeyedService(serviceType, serviceKey)
        ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"No service of type {serviceType} is registered under the key {serviceKey}. Add it to app.Services, or to the host's."));
}
