using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Modular;

sealed class ListenAddress
{
    readonly IPAddress? _ip;
    readonly string? _socket;

    internal ListenAddress(string host, int port)
    {
        (Host, Port) = (host, port);
        if (port is < 0 or > 65535) throw new ModularException(
            $"Port {port.ToString(CultureInfo.InvariantCulture)} does not exist. Use 1 to 65535, or 0 for a free one.");
        if (host.StartsWith("unix:", StringComparison.Ordinal)) _socket = host["unix:".Length..];
        if (_socket is not null && (!Path.IsPathRooted(_socket) || Encoding.UTF8.GetByteCount(_socket) > 103)) throw new ModularException(
            $"\"{host}\" isn't a socket's address. Write an absolute path of at most 103 bytes, such as \"unix:/run/site.sock\".");
        if (_socket is not null) return;
        if (host is "localhost") _ip = IPAddress.Loopback;
        else if (host.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) throw new ModularException(
            $"\"{host}\" can't be served by app.Run. Write a URL such as \"http://127.0.0.1:5000\"; for HTTPS use app.Build(…).");
        else if (!IPAddress.TryParse(host, out _ip) || !host.AsSpan().ContainsAny('.', ':')) throw new ModularException(
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
        if (_socket is not null) StaleSocket.Remove(_socket);
    }

    internal ModularException Failed(Exception error) => error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException
        ? new(_socket is not null
            ? $"Socket {_socket} is in use by another program. Stop that program, or remove the file if none runs."
            : $"Port {Port} on {Host} is in use by another program. Stop that program, or choose another port: "
                + $"app.Run(port: {(Port < 65535 ? Port + 1 : 0)}).", error)
        : new($"Listening on {Host} port {Port} failed: {error.Message.TrimEnd('.')}. "
            + "Use an address of this machine, and a port that you may open.", error);

    /// <summary>The address in ASP.NET's own settings: the first HTTP URL, or else one that can't be served.</summary>
    internal static (string Host, int Port)? Configured()
    {
        if (Urls() is not [var first, ..] urls) return null;
        if (urls.FirstOrDefault(IsHttp) is not { Length: > 7 } url) return (first, 0);
        var address = BindingAddress.Parse(url);
        var isName = !IPAddress.TryParse(address.Host, out _) && address.Host is not "localhost";
        return address.IsUnixPipe ? ($"unix:{address.UnixPipePath}", 0)
            : isName && address.Host.Contains(':') ? (url, 0) : (isName ? "0.0.0.0" : address.Host, address.Port);
    }

    internal void PrintUnused()
    {
        if (Configured() is not { } configured) return;
        if (configured.Host != Host || (configured.Port != Port && configured.Port != 0)) Console.WriteLine(
            " * The address of the program is used, not that of ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS or --urls");
        else foreach (var url in Urls().Except(Urls().Where(IsHttp).Take(1))) Console.WriteLine(
            $" * Not listening on {url}, because app.Run serves one HTTP address. For others use app.Build(…)");
    }

    static bool IsHttp(string url) => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    // "dotnet run" sets ASPNETCORE_URLS from launchSettings.json; container images set ASPNETCORE_HTTP_PORTS.
    static string[] Urls()
    {
        string[] option = [.. Environment.GetCommandLineArgs()
            .SkipWhile(arg => arg != "--urls" && !arg.StartsWith("--urls=", StringComparison.Ordinal)).Take(2)];
        var ports = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS") ?? "";
        var text = option switch
        {
            ["--urls", var next] => next,
            [['-', '-', 'u', 'r', 'l', 's', '=', .. var value], ..] => value,
            _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS")
                ?? string.Join(';', ports.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port}")),
        };
        return text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
