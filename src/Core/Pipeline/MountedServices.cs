namespace Modular;

/// <summary>The services of an application that is mounted in another host: its own first, then the host's.</summary>
sealed class MountedServices(IServiceProvider own, IServiceProvider? host) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) => own.GetService(serviceType) ?? host?.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) =>
        (own as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey) ?? (host as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => GetKeyedService(serviceType, serviceKey)
        ?? throw new InvalidOperationException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"No service of type {serviceType} is registered under the key {serviceKey}. Add it to app.Services, or to the host's."));
}
