using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Modular.Uploads;

namespace Modular.Bench;

/// <summary>Sends one large file to each way of taking it, over real sockets, and tells megabytes a second and how much the heap grew meanwhile.</summary>
static class UploadBench
{
    const int Piece = 256 * 1024;
    static readonly string Folder = Directory.CreateTempSubdirectory("modular-bench-").FullName;

    internal static async Task Run(int megabytes)
    {
        await using var modular = Modular();
        await using var minimal = Minimal();
        await modular.StartAsync();
        await minimal.StartAsync();
        var flask = StartFlask();
        (string Name, int Port, string Path)[] contenders =
        [
            ("raw body, counted", PortOf(minimal), "/raw"),
            ("Modular UploadStream, counted", PortOf(modular), "/stream"),
            ("raw body, to a file", PortOf(minimal), "/rawfile"),
            ("Modular UploadStream, saved", PortOf(modular), "/saved"),
            ("Modular Files", PortOf(modular), "/files"),
            ("minimal API IFormFile", PortOf(minimal), "/form"),
            .. flask is null ? [] : new[] { ("Flask on gunicorn", 8765, "/") },
        ];
        try
        {
            foreach (var (name, port, path) in contenders)
            {
                await Upload(port, path, 64, null);
                var best = 0.0;
                var growth = long.MaxValue;
                for (var round = 0; round < 3; round++)
                {
                    var heap = new List<long>();
                    var clock = Stopwatch.StartNew();
                    await Upload(port, path, megabytes, null);
                    best = Math.Max(best, megabytes / clock.Elapsed.TotalSeconds);
                    await Upload(port, path, megabytes, heap);
                    growth = Math.Min(growth, heap.Skip(1).Max() - heap[0]);
                }
                var grown = name.StartsWith("Flask", StringComparison.Ordinal) ? "(another process)" : $"{growth / 1024.0:F0} KiB";
                Console.WriteLine($"{name,-32} {best,8:F0} MB/s   heap growth {grown}");
            }
        }
        finally
        {
            flask?.Kill(entireProcessTree: true);
            Directory.Delete(Folder, recursive: true);
        }
    }

    static WebApplication Modular()
    {
        var app = new ModularApp(new() { StaticFolder = null, Limits = new() { MaxContentLength = 1L << 40 } });
        app.UseUploads();
        app.Services.AddLogging(logging => logging.ClearProviders());
        app.Post("/stream", async (UploadStream upload) => $"{await Count((await upload.NextAsync())!.Content)}");
        app.Post("/saved", async (UploadStream upload) => await (await upload.NextAsync())!.SaveAsync(Path.Combine(Folder, "modular")));
        app.Post("/files", () => $"{Current.Request.Files["f"].Length}");
        return app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
    }

    static WebApplication Minimal()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form => form.MultipartBodyLengthLimit = 1L << 40);
        var app = builder.Build();
        app.MapPost("/raw", async http => await http.Response.WriteAsync($"{await Count(http.Request.Body)}"));
        app.MapPost("/rawfile", async http =>
        {
            await using var file = new FileStream(Path.Combine(Folder, "raw"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await http.Request.Body.CopyToAsync(file, 64 * 1024);
            await http.Response.WriteAsync("ok");
        });
        app.MapPost("/form", (IFormFile f) => $"{f.Length}").DisableAntiforgery();
        return app;
    }

    static async Task<long> Count(Stream body)
    {
        var buffer = new byte[64 * 1024];
        var sum = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var count) sum += count;
        return sum;
    }

    static Process? StartFlask()
    {
        if (!File.Exists("/usr/bin/gunicorn")) return null;
        File.WriteAllText(Path.Combine(Folder, "flaskapp.py"), """
            from flask import Flask, request
            app = Flask(__name__)
            @app.post("/")
            def up():
                f = request.files["f"]
                f.seek(0, 2)
                return str(f.tell())
            """);
        return Process.Start(new ProcessStartInfo("/usr/bin/gunicorn", ["-w", "1", "-b", "127.0.0.1:8765", "--timeout", "300", "flaskapp:app"]) { WorkingDirectory = Folder, RedirectStandardError = true });
    }

    static int PortOf(WebApplication app) => new Uri(app.Urls.First()).Port;

    static async Task Upload(int port, string path, int megabytes, List<long>? heap)
    {
        var head = "--BB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n";
        const string Tail = "\r\n--BB--\r\n";
        var piece = new byte[Piece];
        new Random(1).NextBytes(piece);
        using var socket = await Connect(port);
        var pieces = megabytes * (1024 * 1024 / Piece);
        var length = head.Length + Tail.Length + ((long)pieces * Piece);
        await socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=BB\r\nContent-Length: {length}\r\n\r\n{head}")));
        for (var i = 0; i < pieces; i++)
        {
            for (var sent = 0; sent < Piece;) sent += await socket.SendAsync(piece.AsMemory(sent), SocketFlags.None);
            if (heap is not null && i % (pieces / 8) == pieces / 16) heap.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
        await socket.SendAsync(Encoding.ASCII.GetBytes(Tail));
        var answer = new byte[4096];
        var count = await socket.ReceiveAsync(answer);
        if (!Encoding.ASCII.GetString(answer, 0, count).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, count));
        while (await socket.ReceiveAsync(answer) > 0)
        {
        }
    }

    static async Task<Socket> Connect(int port)
    {
        for (var tries = 0; ; tries++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return socket;
            }
            catch (SocketException) when (tries < 50)
            {
                socket.Dispose();
                await Task.Delay(100);
            }
        }
    }
}
