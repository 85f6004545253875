using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Modular;

/// <summary>Where to listen, as the user wrote it.</summary>
sealed class ListenAddress
{
    readonly IPAddress? _ip;
    readonly string? _socket;

    /// <exception cref="ModularException">Neither an address nor a socket, or no port.</exception>
    internal ListenAddress(string host, int port)
    {
        (Host, Port) = (host, port);
        if (port is < 0 or > 65535) throw new ModularException(string.Create(CultureInfo.InvariantCulture, $"Port {port} does not exist. Use 1 to 65535, or 0 for a free one."));
        if (host.StartsWith("unix:", StringComparison.Ordinal)) _socket = host["unix:".Length..];
        else if (host is "localhost") _ip = IPAddress.Loopback;
        else if (!IPAddress.TryParse(host, out _ip)) throw new ModularException(
            $"\"{host}\" is no address to listen on. Write an IP address such as \"127.0.0.1\", or \"0.0.0.0\" for all networks of this machine.");
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

    internal ModularException Failed(IOException error) => error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException
        ? new(_socket is not null
            ? $"Socket {_socket} is in use by another program. Stop that program, or remove the file if none runs."
            : $"Port {Port} on {Host} is in use by another program. Stop that program, or choose another port: app.Run(port: {(Port < 65535 ? Port + 1 : 0)}).", error)
        : new($"{Host} port {Port} cannot be listened on: {error.Message.TrimEnd('.')}. Use an address of this machine, and a port that you may open.", error);
}
