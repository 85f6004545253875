using System.Net;
using System.Net.Sockets;

namespace Modular.Tests.Hosting;

/// <summary><c>app.RunAsync</c>, in this process: its addresses, its output and its end.</summary>
public class RunTests
{
    static readonly HttpClient Client = new();

    static ModularApp Hello()
    {
        var app = new ModularApp();
        app.Route("/", () => "Hello World!", endpoint: "index");
        return app;
    }

    [Fact]
    public async Task Port_0_takes_a_free_port_and_the_banner_says_which()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();

        var running = Hello().RunAsync(port: 0, cancellationToken: stop.Token);
        var url = await console.Url;
        var text = await Client.GetStringAsync(url);
        await stop.CancelAsync();
        await running;

        Assert.Equal("Hello World!", text);
        Assert.Equal($" * Running on http://127.0.0.1:{url.Port}/\nPress CTRL+C to quit\n", console.Text);
    }

    [Fact]
    public async Task All_networks_are_served_by_0_0_0_0_and_the_banner_says_an_address_to_click()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();

        var running = Hello().RunAsync("0.0.0.0", 0, cancellationToken: stop.Token);
        var url = await console.Url;
        var text = await Client.GetStringAsync(url);
        await stop.CancelAsync();
        await running;

        Assert.Equal("Hello World!", text);
        Assert.Equal($" * Running on all addresses (0.0.0.0)\n * Running on http://127.0.0.1:{url.Port}/\nPress CTRL+C to quit\n", console.Text);
    }

    [Fact]
    public async Task Localhost_is_this_machine_alone()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();

        var running = Hello().RunAsync("localhost", 0, cancellationToken: stop.Token);
        var url = await console.Url;
        await stop.CancelAsync();
        await running;

        Assert.Equal("127.0.0.1", url.Host);
    }

    [Fact]
    public async Task A_unix_socket_is_served_and_removed_afterwards()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation) });

        var running = Hello().RunAsync($"unix:{path}", cancellationToken: stop.Token);
        var text = await client.GetStringAsync(new Uri("http://localhost/"));
        await stop.CancelAsync();
        await running;

        Assert.Equal("Hello World!", text);
        Assert.Equal($" * Running on unix:{path}\nPress CTRL+C to quit\n", console.Text);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task An_existing_socket_file_is_reported_with_its_remedy()
    {
        using var console = ConsoleText.Capture();
        var path = Path.GetTempFileName();

        var mistake = await Assert.ThrowsAsync<ModularException>(() => Hello().RunAsync($"unix:{path}"));
        File.Delete(path);

        Assert.Equal($"Socket {path} is in use by another program. Stop that program, or remove the file if none runs.", mistake.Message);
    }

    [Fact]
    public async Task A_socket_that_a_killed_process_left_is_reused()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        File.Move(Left(path), path);
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation) });

        var running = Hello().RunAsync($"unix:{path}", cancellationToken: stop.Token);
        var text = await client.GetStringAsync(new Uri("http://localhost/"));
        await stop.CancelAsync();
        await running;

        Assert.Equal("Hello World!", text);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"{Path.GetFileName(path)}*"));
    }

    // .NET removes the file of a socket that it closes; one that was moved before stays, as after a kill.
    static string Left(string path)
    {
        var kept = $"{path}.kept";
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        File.Move(path, kept);
        return kept;
    }

    [Fact]
    public async Task A_live_socket_stays_and_continues_to_serve()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation) });
        var running = Hello().RunAsync($"unix:{path}", cancellationToken: stop.Token);
        await client.GetStringAsync(new Uri("http://localhost/"));

        var mistake = await Assert.ThrowsAsync<ModularException>(() => Hello().RunAsync($"unix:{path}"));
        var text = await client.GetStringAsync(new Uri("http://localhost/"));
        await stop.CancelAsync();
        await running;

        Assert.Equal($"Socket {path} is in use by another program. Stop that program, or remove the file if none runs.", mistake.Message);
        Assert.Equal("Hello World!", text);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("folder")]
    public Task A_file_that_is_not_a_socket_is_not_removed(string kind) => StaysWhereItIs(kind);

    [NeedsFact(Tool.Coreutils)]
    public Task A_pipe_is_not_removed() => StaysWhereItIs("pipe");

    static async Task StaysWhereItIs(string kind)
    {
        using var console = ConsoleText.Capture();
        var folder = Directory.CreateTempSubdirectory("modular-socket-").FullName;
        var path = Path.Combine(folder, "there");
        if (kind == "file") File.WriteAllText(path, "precious");
        else if (kind == "folder") Directory.CreateDirectory(path);
        else if (kind == "pipe") await System.Diagnostics.Process.Start("mkfifo", path).WaitForExitAsync();
        else
        {
            File.Move(Left(Path.Combine(folder, "socket")), Path.Combine(folder, "socket"));
            File.CreateSymbolicLink(path, Path.Combine(folder, "socket"));
        }

        await Assert.ThrowsAsync<ModularException>(() => Hello().RunAsync($"unix:{path}"));

        Assert.True(Path.Exists(path));
        if (kind == "file") Assert.Equal("precious", File.ReadAllText(path));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_with_its_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var mistake = await Assert.ThrowsAsync<ModularException>(() => Hello().RunAsync(port: port));

        Assert.Equal($"Port {port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: app.Run(port: {port + 1}).", mistake.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_reported_with_its_remedy()
    {
        var mistake = await Assert.ThrowsAsync<ModularException>(() => Hello().RunAsync("203.0.113.7", 5000));

        Assert.StartsWith("Listening on 203.0.113.7 port 5000 failed: ", mistake.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Use an address of this machine, and a port that you may open.", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix:relative.sock", 0, "\"unix:relative.sock\" isn't a socket's address. Write an absolute path of at most 103 bytes, such as \"unix:/run/site.sock\".")]
    [InlineData("unix:", 0, "\"unix:\" isn't a socket's address. Write an absolute path of at most 103 bytes, such as \"unix:/run/site.sock\".")]
    [InlineData("nowhere", 5000, "\"nowhere\" isn't an address to listen on. Write an IP address such as \"127.0.0.1\", or \"0.0.0.0\" for all networks of this machine.")]
    [InlineData("127.0.0.1", 65536, "Port 65536 does not exist. Use 1 to 65535, or 0 for a free one.")]
    [InlineData("127.0.0.1", -1, "Port -1 does not exist. Use 1 to 65535, or 0 for a free one.")]
    public async Task An_impossible_socket_path_is_reported_with_its_remedy(string host, int port, string message)
    {
        var mistake = await Assert.ThrowsAsync<ModularException>(() => Hello().RunAsync(host, port));

        Assert.Equal(message, mistake.Message);
    }

    [Fact]
    public async Task Cancelling_lets_a_running_request_finish_and_frees_the_port()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var app = new ModularApp();
        app.Route("/slow", async () =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return "whole";
        }, endpoint: "slow");

        var running = app.RunAsync(port: 0, cancellationToken: stop.Token);
        var url = await console.Url;
        var answer = Client.GetStringAsync(new Uri(url, "/slow"));
        await begun.Task;
        await stop.CancelAsync();
        await running;

        Assert.Equal("whole", await answer);
        using var next = new TcpListener(IPAddress.Loopback, url.Port);
        next.Start();
    }

    [Fact]
    public async Task Two_applications_run_side_by_side_independently()
    {
        await using var first = await Served.Start(Named("first"));
        await using var second = await Served.Start(Named("second"));

        var names = await Task.WhenAll(first.Client.GetStringAsync(first.Url), second.Client.GetStringAsync(second.Url));

        Assert.Equal(["first", "second"], names);

        static ModularApp Named(string name)
        {
            var app = new ModularApp(new() { Name = name });
            app.Route("/", () => Current.App.Name, endpoint: "index");
            return app;
        }
    }

    [Fact]
    public async Task The_host_is_built_but_not_started_for_those_who_choose_the_server_themselves()
    {
        var app = Hello();
        var configured = false;

        await using var host = app.Build(_ => configured = true);

        Assert.True(configured);
        Assert.Same(app, host.Services.GetRequiredService<ModularApp>());
    }

    [Fact]
    public async Task An_application_can_be_run_again()
    {
        var app = Hello();
        app.Services.AddSingleton<Counter>();
        app.Route("/count", (Counter counter) => $"{++counter.Value}", endpoint: "count");

        List<string> counts = [];
        for (var round = 0; round < 2; round++)
        {
            using var console = ConsoleText.Capture();
            using var stop = new CancellationTokenSource();
            var running = app.RunAsync(port: 0, cancellationToken: stop.Token);
            counts.Add(await Client.GetStringAsync(new Uri(await console.Url, "/count")));
            app.Logger.LogInformation("round {Round}", round);
            await stop.CancelAsync();
            await running;
            Assert.Contains($"round {round}", console.Text, StringComparison.Ordinal);
        }

        Assert.Equal(["1", "1"], counts);
    }

    [Fact]
    public async Task A_value_that_a_script_put_into_a_service_is_there_when_the_application_is_served()
    {
        using var console = ConsoleText.Capture();
        using var stop = new CancellationTokenSource();
        var app = Hello();
        app.Services.AddRateLimiter(_ => { }).AddSingleton<Counter>().AddHostedService<CountingService>();
        app.UseMiddleware(asp => asp.UseRateLimiter());
        app.Route("/count", (Counter counter, HttpContext http) => $"{counter.Value} {http.RequestServices.GetRequiredService<Counter>().Value}", endpoint: "count");
        using (var scope = app.AppContext()) scope.Context.Services.GetRequiredService<Counter>().Value = 10;

        var running = app.RunAsync(port: 0, cancellationToken: stop.Token);
        var text = await Client.GetStringAsync(new Uri(await console.Url, "/count"));
        await stop.CancelAsync();
        await running;

        Assert.Equal("110 110", text);        // the hosted service added 100, once, to the same counter
        using (var scope = app.AppContext()) Assert.Equal(-1, scope.Context.Services.GetRequiredService<Counter>().Value);
    }

    static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

sealed class Counter
{
    public int Value { get; set; }
}

sealed class CountingService(Counter counter) : Microsoft.Extensions.Hosting.IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        counter.Value += 100;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        counter.Value = -1;
        return Task.CompletedTask;
    }
}
