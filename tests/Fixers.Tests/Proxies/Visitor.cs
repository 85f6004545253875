using System.Net;
using System.Net.Sockets;

namespace Modular.Fixers.Tests.Proxies;

/// <summary>A client with its own address: all of 127.0.0.0/8 is this machine.</summary>
sealed class Visitor : IDisposable
{
    readonly HttpClient _http;

    internal Visitor(string address)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.Hash;
        handler.ConnectCallback = async (connection, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, connection.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        };
        _http = new(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    internal async Task<string> Get(string url, params (string Name, string Value)[] headers)
    {
        using var response = await Send(url, headers);
        return await response.Content.ReadAsStringAsync();
    }

    internal async Task<string> Location(string url)
    {
        using var response = await Send(url, []);
        return response.Headers.Location?.OriginalString ?? "";
    }

    internal async Task<string> Cookie(string url)
    {
        using var response = await Send(url, []);
        return string.Join('|', response.Headers.GetValues("Set-Cookie"));
    }

    public void Dispose() => _http.Dispose();

    Task<HttpResponseMessage> Send(string url, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }
}
