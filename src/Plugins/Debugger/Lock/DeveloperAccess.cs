using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular.Debugger;

/// <summary>Checks whether a client is the developer on this machine, for error pages and consoles.</summary>
static class DeveloperAccess
{
    static readonly string[] EnvironmentNames = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>
    /// The reason why even local clients get no debugger: behind a proxy on the same machine, every visitor is a local peer.
    /// </summary>
    /// <param name="services">The services of the host, or null. The host's environment counts if the application is mounted in it.</param>
    /// <returns>The environment variable that is <c>Production</c>, or "the environment of the host". Null outside production.</returns>
    internal static string? Production(IServiceProvider? services) =>
        EnvironmentNames.FirstOrDefault(name => string.Equals(Environment.GetEnvironmentVariable(name), Environments.Production,
            StringComparison.OrdinalIgnoreCase))
        ?? (services?.GetService<IHostEnvironment>()?.IsProduction() == true
            || services?.GetService<IWebHostEnvironment>()?.IsProduction() == true
            ? "the environment of the host"
            : null);

    /// <summary>
    /// True for a client on this machine that uses a loopback host: <c>localhost</c>, its subdomains, <c>127.0.0.1</c>, <c>[::1]</c>.
    /// False for a request through a proxy,
    /// regardless of its headers, through a Unix socket, and for a page whose host name points here (DNS rebinding, as in CVE-2024-34069).
    /// </summary>
    /// <remarks>A proxy fixer changes the address and sets <see cref="OriginalAddress"/>. Such a request isn't local either.</remarks>
    internal static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is { } peer ? IPAddress.IsLoopback(peer) : !IsUnixSocket(http))
        && http.Features.Get<OriginalAddress>() is null
        && !IsForwarded(http.Request.Headers)
        && IsLoopbackName(http.Request.Host.Host);

    // An in-memory server has no address and no socket.
    static bool IsUnixSocket(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix
        || http.Features.Get<IConnectionEndPointFeature>() is { LocalEndPoint: UnixDomainSocketEndPoint };

    static bool IsForwarded(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
            if (ProxyHeaders.Has(name)) return true;
        return false;
    }

    static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
