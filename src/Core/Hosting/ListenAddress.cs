using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Modular;

/// <summary>The address to listen on, as the user wrote it.</summary>
sealed class ListenAddress
{
    readonly IPAddress? _ip;
    readonly string? _socket;

    /// <exception cref="ModularException">Neither an address nor a socket, or no port.</exception>
    internal ListenAddress(string host, int port)
    {
        (Host, Port) = (host, port);
        if (port is < 0 or > 65535) throw new ModularException(
            $"Port {port.ToString(CultureInfo.InvariantCulture)} does not exist. Use 1 to 65535, or 0 for a free one.");
        if (host.StartsWith("unix:", StringComparison.Ordinal)) _socket = host["unix:".Length..];
        else if (host is "localhost") _ip = IPAddress.Loopback;
        else if (!IPAddress.TryParse(host, out _ip)) throw new ModularException(
            $"\"{host}\" isn't an address to listen on. "
            + "Write an IP address such as \"127.0.0.1\", or \"0.0.0.0\" for all networks of this machine.");
    }

    internal string Host { get; }
    internal int Port { get; }
    internal bool IsSocket => _socket is not null;

    internal void Configure(KestrelServerOptions kestrel)
    {
        if (_socket is not null) kestrel.ListenUnixSocket(_socket);
        else kestrel.Listen(_ip!, Port);
    }

    internal void Clear()
    {
        if (_socket is not null) StaleSocket.Remove(Path.GetFullPath(_socket));
    }

    internal ModularException Failed(Exception error) => error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException
        ? new(_socket is not null
            ? $"Socket {_socket} is in use by another program. Stop that program, or remove the file if none runs."
            : $"Port {Port} on {Host} is in use by another program. Stop that program, or choose another port: "
                + $"app.Run(port: {(Port < 65535 ? Port + 1 : 0)}).", error)
        : new($"Listening on {Host} port {Port} failed: {error.Message.TrimEnd('.')}. "
            + "Use an address of this machine, and a port that you may open.", error);

    /// <summary>
    /// The address of ASP.NET's own settings: <c>--urls</c>, else <c>ASPNETCORE_URLS</c>, which <c>dotnet run</c> takes from
    /// launchSettings.json, else <c>ASPNETCORE_HTTP_PORTS</c>, which container images have.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    internal static (string Host, int Port)? Configured()
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_")
            .AddCommandLine(Environment.GetCommandLineArgs()[1..]).Build();
        var text = settings["urls"] ?? (settings["http_ports"] is { Length: > 0 } ports ? $"http://*:{ports.Split(';')[0]}" : null);
        if (string.IsNullOrEmpty(text)) return null;
        string[] urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries);
        var served = urls.FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            ?? throw new ModularException($"The URL \"{text}\" of ASPNETCORE_URLS or --urls can't be served. "
                + "Write one such as \"http://127.0.0.1:5000\"; for HTTPS use app.Build(…).");
        foreach (var url in urls.Where(url => url != served)) Console.WriteLine(
            $" * Not listening on {url}, because app.Run serves one HTTP address. For others use app.Build(…)");
        var address = BindingAddress.Parse(served);
        return (address.IsUnixPipe ? $"unix:{address.UnixPipePath}"
            : address.Host is "localhost" || IPAddress.TryParse(address.Host, out _) ? address.Host : "0.0.0.0", address.Port);
    }
}
