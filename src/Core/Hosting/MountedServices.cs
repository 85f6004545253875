namespace Modular;

/// <summary>The services of an application that is mounted in another host: its own first, then the host's.</summary>
sealed class MountedServices(IServiceProvider own, IServiceProvider? host) : IServiceProvider
{
    public object? GetService(Type serviceType) => own.GetService(serviceType) ?? host?.GetService(serviceType);
}
