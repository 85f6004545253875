using System.Net;
using System.Net.Sockets;

namespace Modular.Cli.Tests;

/// <summary><c>run</c>, in a real process.</summary>
[StartsPrograms]
public sealed class RunTests
{
    static readonly HttpClient Client = new();

    [NeedsTheory(Tool.Coreutils)]
    [InlineData("", "0", "INT")]
    [InlineData("run", "0", "INT")]
    [InlineData("run", "0", "TERM")]
    [InlineData("run", "1", "INT")]
    public async Task Without_a_command_and_with_run_it_serves_until_a_signal_ends_it_with_0_and_the_port_is_free(string command, string isAsync, string signal)
    {
        await using var shop = Terminal.Pipe(command.Length == 0 ? [] : [command], ("SHOP_ASYNC", isAsync));
        var url = await shop.Url();
        var answer = await Client.GetStringAsync(url);

        await shop.Signal(signal);
        var ended = await shop.Exit();

        Assert.Equal(("up", 0, ""), (answer, ended.ExitCode, ended.Error));
        Assert.EndsWith("\nafter\n", ended.Output, StringComparison.Ordinal);
        using var next = new TcpListener(IPAddress.Loopback, url.Port);
        next.Start();
    }

    [Theory]
    [InlineData("https://localhost:7001")]
    [InlineData("https://localhost:7001;http://localhost:5001")]
    public async Task A_command_that_does_not_serve_prints_nothing_about_addresses(string urls)
    {
        await using var plain = Terminal.Pipe(["routes", "--json"]);
        await using var shop = Terminal.Pipe(["routes", "--json"], ("ASPNETCORE_URLS", urls));

        var (expected, ended) = (await plain.Exit(), await shop.Exit());

        Assert.Equal((0, expected.Output, ""), (ended.ExitCode, ended.Output, ended.Error));
    }

    [NeedsFact(Tool.Python, Tool.Script)]
    public async Task Ctrl_C_in_a_terminal_ends_run_with_0()
    {
        await using var shop = Terminal.Of(Tools.Path(Tool.Python), ["-c", """
            import os, pty, signal, sys
            pid, terminal = pty.fork()
            if pid == 0:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execv(sys.argv[1], [sys.argv[1], "run"])
            seen = b""
            while True:
                try:
                    piece = os.read(terminal, 4096)
                except OSError:
                    break
                if not piece:
                    break
                if b"Press CTRL+C" in seen + piece and b"Press CTRL+C" not in seen:
                    os.write(terminal, b"\x03")
                seen += piece
            print("exit code", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """, Path.Combine(Terminal.Folder, "shop")]);

        var ended = await shop.Exit();

        Assert.Equal("exit code 0\n", ended.Output);
    }

    [Fact]
    public async Task Host_port_and_debug_of_the_command_line_win_over_those_of_the_program_and_the_environment()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var shop = Terminal.Pipe(["run", "--host", "127.0.0.2", $"--port={port}", "--no-debug"], ("MODULAR_DEBUG", "1"), ("MODULAR_Greeting", "other"));

        var url = await shop.Url();
        var settings = await Client.GetStringAsync(new Uri(url, "/settings"));

        Assert.Equal(($"http://127.0.0.2:{port}/", "debug=False greeting=Good day"), (url.ToString(), settings));
    }

    [Fact]
    public async Task Debug_can_be_switched_on()
    {
        await using var shop = Terminal.Pipe(["run", "--debug", "-p", "0"]);

        var settings = await Client.GetStringAsync(new Uri(await shop.Url(), "/settings"));

        Assert.StartsWith("debug=True", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_two_sentences_with_exit_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var ended = await Terminal.Run("run", "--port", $"{port}");

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal($"Port {port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: app.Run(port: {port + 1}).\n", ended.Error);
    }
}
