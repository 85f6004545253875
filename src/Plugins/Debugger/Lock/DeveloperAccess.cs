using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular.Debugger;

/// <summary>Tells the developer at this machine from everybody else, for what must be shown to nobody else: error pages, consoles.</summary>
static class DeveloperAccess
{
    static readonly string[] EnvironmentNames = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>Why nothing may be shown to anybody, also not to a local peer: a proxy on the same machine makes one of each visitor.</summary>
    /// <param name="services">Of the host; null where there is none. What a host says of itself counts where the application is mounted.</param>
    /// <returns>The environment variable that is <c>Production</c>, or "the environment of the host"; null where this is no production.</returns>
    internal static string? Production(IServiceProvider? services) =>
        EnvironmentNames.FirstOrDefault(name => string.Equals(Environment.GetEnvironmentVariable(name), Environments.Production, StringComparison.OrdinalIgnoreCase))
        ?? (services?.GetService<IHostEnvironment>()?.IsProduction() == true || services?.GetService<IWebHostEnvironment>()?.IsProduction() == true ? "the environment of the host" : null);

    /// <summary>
    /// True for a client on this machine that asks for it by a name of this machine: <c>localhost</c>, names below it, <c>127.0.0.1</c>, <c>[::1]</c>. A proxy's client is none,
    /// whatever it says of itself, nor is whoever comes through a Unix socket, nor a page whose host name was made to point here (DNS rebinding, as in CVE-2024-34069).
    /// </summary>
    /// <remarks>A fixer of proxies' headers changes the address, and leaves an <see cref="OriginalAddress"/>: such a request is not local either.</remarks>
    internal static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is { } peer ? IPAddress.IsLoopback(peer) : !IsUnixSocket(http))
        && http.Features.Get<OriginalAddress>() is null
        && !IsForwarded(http.Request.Headers)
        && IsLoopbackName(http.Request.Host.Host);

    // A server in memory has neither an address nor a socket.
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
