using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Modular.Reload.Tests;

/// <summary>How the reloader starts and ends. All start the same program, which is built once.</summary>
public sealed class ReloaderStartTests(ReloaderStartTests.BuiltProject project) : IClassFixture<ReloaderStartTests.BuiltProject>, IDisposable
{
    readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public void Dispose() => _client.Dispose();

    [NeedsFact(Tool.Script, Tool.Sdk)]
    public async Task Ctrl_C_lets_the_running_request_finish()
    {
        await using var terminal = Terminal.Open(project.Built.Folder, "dotnet bin/Debug/net10.0/Site.dll");
        var url = await terminal.UrlAsync();
        var answer = _client.GetStringAsync(new Uri(url, "/slow"));
        await terminal.ShowsAsync("slow: begun");

        await terminal.PressCtrlCAsync();

        Assert.Equal("drained", await answer);
        Assert.Equal(0, await terminal.ExitCodeAsync());
    }

    [NeedsFact(Tool.Sdk)]
    public async Task When_the_reloader_is_killed_the_application_ends_too()
    {
        using var reloader = Process.Start(new ProcessStartInfo("dotnet", [project.Built.Program]) { RedirectStandardOutput = true })!;
        var url = await BannerAsync(reloader);
        using var application = Process.GetProcessById(await PidAsync(url));

        reloader.Kill();

        await application.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        ReloadTests.AssertFree(url);
    }

    [NeedsTheory(Tool.Sdk)]
    [InlineData("DOTNET_WATCH", "true", "")]
    [InlineData("MODULAR_DEBUG", "false", "")]
    [InlineData("MODULAR_DEBUG", "true", "false")]
    public async Task With_another_reloader_or_with_reload_false_it_does_nothing(string variable, string debug, string reload)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [project.Built.Program])
        {
            RedirectStandardOutput = true, Environment = { [variable] = "1", ["SITE_DEBUG"] = debug, ["SITE_RELOAD"] = reload },
        })!;

        var url = await BannerAsync(program);

        Assert.Equal(program.Id, await PidAsync(url));
        program.Kill();
        await program.WaitForExitAsync();
    }

    [NeedsFact(Tool.Sdk)]
    public async Task A_published_program_says_that_it_cannot_reload_and_runs()
    {
        var elsewhere = Directory.CreateTempSubdirectory("modular-published-");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(project.Built.Program)!)) File.Copy(file, Path.Combine(elsewhere.FullName, Path.GetFileName(file)));
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(elsewhere.FullName, "Site.dll")]) { RedirectStandardOutput = true })!;

        var said = await program.StandardOutput.ReadLineAsync();
        var url = await BannerAsync(program);

        Assert.Equal($" * Not reloading: there is no project above {elsewhere.FullName}/", said);
        Assert.Equal(program.Id, await PidAsync(url));
        program.Kill();
        await program.WaitForExitAsync();
        elsewhere.Delete(recursive: true);
    }

    [NeedsFact(Tool.Sdk)]
    public async Task A_port_in_use_ends_it_as_without_a_reloader()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var program = Process.Start(new ProcessStartInfo("dotnet", [project.Built.Program]) { RedirectStandardError = true, Environment = { ["SITE_PORT"] = $"{port}" } })!;

        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(1, program.ExitCode);
        Assert.EndsWith($"Port {port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: app.Run(port: {port + 1}).\n", error, StringComparison.Ordinal);
    }

    async Task<int> PidAsync(Uri url) => int.Parse(await _client.GetStringAsync(new Uri(url, "/pid")), System.Globalization.CultureInfo.InvariantCulture);

    static async Task<Uri> BannerAsync(Process program)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(" * Running on ", StringComparison.Ordinal)) return new(line[" * Running on ".Length..]);
        throw new InvalidOperationException("There was no banner.");
    }

    /// <summary>A program that reads the arguments for <c>Run</c> from the environment.</summary>
    public sealed class BuiltProject : IAsyncLifetime
    {
        const string Program = """
            using System.Globalization;
            var app = new ModularApp().UseDebugger();
            app.Get("/pid", () => $"{Environment.ProcessId}");
            app.Get("/slow", async (Microsoft.Extensions.Hosting.IHostApplicationLifetime lifetime) =>
            {
                Console.WriteLine("slow: begun");
                try { await Task.Delay(-1, lifetime.ApplicationStopping); } catch (OperationCanceledException) { }
                return "drained";
            });
            bool? Set(string name) => bool.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;
            var port = int.Parse(Environment.GetEnvironmentVariable("SITE_PORT") ?? "0", CultureInfo.InvariantCulture);
            app.Run(port: port, debug: Set("SITE_DEBUG") ?? true, reload: Set("SITE_RELOAD"));
            """;

        Project? _project;

        internal Project Built => _project!;

        public async ValueTask InitializeAsync() => _project = Tools.Find(Tool.Sdk) is null ? null : await Project.MakeAsync(Program);

        public ValueTask DisposeAsync()
        {
            _project?.Dispose();
            return default;
        }
    }
}
