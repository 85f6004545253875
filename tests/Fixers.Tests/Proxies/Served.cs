using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Fixers.Tests.Proxies;

/// <summary>An application on Kestrel, on a free port and on a Unix socket.</summary>
sealed class Served : IAsyncDisposable
{
    readonly WebApplication _host;
    readonly string _folder;

    Served(WebApplication host, string folder) => (_host, _folder) = (host, folder);

    internal int Port => new Uri(_host.Urls.First(url => url.StartsWith("http://127", StringComparison.Ordinal))).Port;

    internal string Socket => Path.Combine(_folder, "app.sock");

    internal static async Task<Served> Start(ProxyFixOptions options)
    {
        var app = new ModularApp();
        app.UseProxyFix(options);
        app.Get("/info", Info, endpoint: "info");
        app.Get("/go", () => Redirect(UrlFor("branch")), endpoint: "go");
        app.Get("/cookie", () =>
        {
            var response = new Response("set");
            response.SetCookie("seen", "yes", new() { Secure = Current.Request.IsSecure, Path = Current.Request.ScriptRoot });
            return response;
        }, endpoint: "cookie");
        app.Get("/branch/", () => "branch", endpoint: "branch");
        app.Get("/path/<path:rest>", (string rest) => rest, endpoint: "path");
        app.Post("/upload", () => $"{Current.Request.Data.Length}", endpoint: "upload");
        var folder = Directory.CreateTempSubdirectory("modular-app-").FullName;
        var host = app.Build(builder =>
        {
            builder.Services.AddLogging(logging => logging.ClearProviders());
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.ListenUnixSocket(Path.Combine(folder, "app.sock"));
            });
        });
        await host.StartAsync();
        return new(host, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    static string Info()
    {
        var request = Current.Request;
        return $"{request.RemoteAddr} {request.Url} {request.ScriptRoot}|{request.Path} {UrlFor("info", new() { External = true })} {request.IsSecure}";
    }
}
