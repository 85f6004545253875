using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Modular.Tests.Support;

/// <summary>A web server of Debian in front of an application, in its own folder, on a free port of this machine. Stopped by its process id.</summary>
public sealed class ProxyProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly string _folder;

    ProxyProcess(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <summary>nginx with these lines in its server block; optionally with TLS and its own certificate.</summary>
    public static Task<ProxyProcess> Nginx(string server, bool tls = false) => NginxSite((folder, port) => $$"""
        server {
          listen 127.0.0.1:{{port}}{{(tls ? " ssl" : "")}};
          {{(tls ? $"ssl_certificate {folder}/both.pem; ssl_certificate_key {folder}/both.pem;" : "")}}
          {{server}}
        }
        """);

    /// <summary>nginx with whole sites.</summary>
    /// <param name="sites">Gets the folder, where <c>both.pem</c> is certificate and key, and the port.</param>
    public static Task<ProxyProcess> NginxSite(Func<string, int, string> sites) => Start(
        (folder, port) => $$"""
            daemon off;
            master_process off;
            pid {{folder}}/pid;
            error_log stderr notice;
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi; uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
              {{sites(folder, port)}}
            }
            """,
        (folder, config) => new(Tools.Path(Tool.Nginx), ["-p", folder, "-c", config, "-e", "stderr"]), " OS: ");

    /// <summary>lighttpd with these lines in its configuration.</summary>
    public static Task<ProxyProcess> Lighttpd(string lines, bool tls = false) => Start(
        (folder, port) => $"""
            server.modules = ("mod_rewrite", "mod_setenv", "mod_proxy"{(tls ? ", \"mod_openssl\"" : "")})
            server.bind = "127.0.0.1"
            server.port = {port}
            server.document-root = "{folder}"
            server.upload-dirs = ("{folder}")
            {(tls ? $"ssl.engine = \"enable\"\nssl.pemfile = \"{folder}/both.pem\"" : "")}
            {lines}
            """,
        (_, config) => new(Tools.Path(Tool.Lighttpd), ["-D", "-f", config]), "server started");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static async Task<ProxyProcess> Start(Func<string, int, string> configure, Func<string, string, ProcessStartInfo> command, string ready)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("modular-proxy-").FullName, FreePort());
        var config = Path.Combine(folder, "config");
        await File.WriteAllTextAsync(Path.Combine(folder, "both.pem"), Certificate.Pem);
        await File.WriteAllTextAsync(config, configure(folder, port));
        var start = command(folder, config);
        (start.RedirectStandardError, start.WorkingDirectory) = (true, folder);
        var process = Process.Start(start)!;
        await Ready(process, ready);
        return new(process, folder, port);
    }

    static async Task Ready(Process process, string sign)
    {
        var (ready, log) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new List<string>());
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetException(new InvalidOperationException($"{process.StartInfo.FileName} did not start:\n{string.Join('\n', log)}"));
            else if (line.Data.Contains(sign, StringComparison.Ordinal)) ready.TrySetResult();
            else log.Add(line.Data);
        };
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
