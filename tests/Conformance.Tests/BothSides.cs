using System.Diagnostics;

namespace Conformance.Tests;

/// <summary>The application on Debian's Flask under gunicorn, and the sample, as processes side by side.</summary>
public sealed class BothSides : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("modular-conformance-").FullName;
    readonly List<Server> _servers = [];

    internal int FlaskPort { get; private set; }

    internal int FlaskPlainPort { get; private set; }

    internal int ModularPort { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Tools.Missing(Tool.Flask, Tool.Gunicorn) is not null) return;
        (FlaskPort, FlaskPlainPort, ModularPort) = (Server.FreePorts(), Server.FreePorts(), Server.FreePorts());
        _servers.Add(await Server.Start(Gunicorn("main", FlaskPort), "Booting worker"));
        _servers.Add(await Server.Start(Gunicorn("plain", FlaskPlainPort), "Booting worker"));
        var sample = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "Conformance.dll")]);
        sample.Environment["PORT"] = $"{ModularPort}";
        sample.Environment["UPLOAD_DIR"] = Path.Combine(_folder, "modular");
        _servers.Add(await Server.Start(WithKey(sample), "Running on", signs: 2));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<Pair> Ask(RawRequest request, Jar? flaskJar = null, Jar? modularJar = null)
    {
        var (onFlask, onModular) = request.IsToPlain ? (FlaskPlainPort, ModularPort + 1) : (FlaskPort, ModularPort);
        var flask = RawClient.Send(onFlask, request, request.KeepsCookies ? flaskJar!.Header : "");
        var modular = RawClient.Send(onModular, request, request.KeepsCookies ? modularJar!.Header : "");
        await Task.WhenAll(flask, modular);
        return new(request, await flask, await modular);
    }

    // Debian's 2.2 gets the client's address from gunicorn, so it must not trust a proxy itself.
    ProcessStartInfo Gunicorn(string app, int port)
    {
        var start = new ProcessStartInfo(Tools.Path(Tool.Gunicorn),
            ["-m", "gunicorn", "--forwarded-allow-ips", "203.0.113.9", "-b", $"127.0.0.1:{port}", "-w", "1", "--threads", "8", "--worker-tmp-dir", _folder, $"app:{app}"])
        {
            WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "reference"),
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["STATIC_DIR"] = Path.Combine(AppContext.BaseDirectory, "static");
        start.Environment["UPLOAD_DIR"] = Path.Combine(_folder, "flask");
        return WithKey(start);
    }

    static ProcessStartInfo WithKey(ProcessStartInfo start)
    {
        start.Environment["SECRET_KEY"] = "conformance-secret-key";
        return start;
    }
}
