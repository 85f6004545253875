using System.Net;
using System.Net.Sockets;

namespace Modular.Tests.Hosting;

/// <summary><c>app.Run()</c> in a process of its own: signals, exit codes, standard error.</summary>
[StartsPrograms]
public class ProcessTests
{
    static readonly HttpClient Client = new();

    [NeedsTheory(Tool.Coreutils)]
    [InlineData("run", "INT")]
    [InlineData("run", "TERM")]
    [InlineData("async", "INT")]
    [InlineData("async", "TERM")]
    public async Task A_signal_lets_the_running_request_finish_and_ends_with_0(string scenario, string signal)
    {
        await using var process = ServedProcess.Start("ServedApp.dll", [scenario, "0"]);
        var url = await process.Url();
        var answer = Client.GetStringAsync(new Uri(url, "/slow"));
        await process.Line("slow: begun");

        await process.Signal(signal);
        var text = await answer;
        var (code, output, error) = await process.Exit();

        Assert.Equal((1_000_003, "end"), (text.Length, text[^3..]));
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("\nafter", output, StringComparison.Ordinal);        // code after app.Run() runs too
        using var next = new TcpListener(IPAddress.Loopback, url.Port);
        next.Start();
    }

    [Fact]
    public async Task A_port_in_use_is_two_sentences_on_standard_error_and_exit_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var process = ServedProcess.Start("ServedApp.dll", ["run", $"{port}"]);

        var (code, output, error) = await process.Exit();

        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"Port {port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: app.Run(port: {port + 1}).\n", error);
    }

    [Theory]
    [InlineData("mistake")]
    [InlineData("async mistake")]
    public async Task A_wrong_set_up_ends_the_program_with_only_its_message_and_exit_code_1(string scenario)
    {
        await using var process = ServedProcess.Start("ServedApp.dll", [scenario, "0"]);

        var (code, output, error) = await process.Exit();

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("Lonely requires Friends, which isn't installed. Add the package and call app.UseFriends().\n", error);
    }

    [Fact]
    public async Task A_mistake_found_while_a_rule_is_added_ends_the_program_as_one_found_at_Run()
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["rule", "0"]);

        var (code, output, error) = await process.Exit();

        Assert.Equal((1, "", "The rule \"hi\" doesn't start with a slash. Write \"/hi\".\n"), (code, output, error));
    }

    [Fact]
    public async Task A_mistake_while_serving_keeps_its_stack_trace()
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["run", "0"]);
        var url = await process.Url();

        _ = Client.GetAsync(new Uri(url, "/crash"));
        var (code, _, error) = await process.Exit();

        Assert.NotEqual(0, code);
        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:7001;http://localhost:0")]
    public async Task The_URL_of_ASPNET_is_used_where_Run_names_no_address(string variable, string value)
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["any", "0"], (variable, value));

        var url = await process.Url();

        Assert.NotEqual(5000, url.Port);
        Assert.Equal("up", await Client.GetStringAsync(url));
    }

    [Fact]
    public async Task Urls_on_the_command_line_come_before_the_environment()
    {
        await using var process = ServedProcess.Start(
            "ServedApp.dll", ["any", "0", "--urls", "http://127.0.0.1:0"], ("ASPNETCORE_URLS", "http://127.0.0.1:1"));

        Assert.Equal("up", await Client.GetStringAsync(await process.Url()));
    }

    [Fact]
    public async Task Other_arguments_of_the_program_are_ignored()
    {
        await using var process = ServedProcess.Start(
            "ServedApp.dll", ["any", "0", "-o=file", "--urls=http://127.0.0.1:0", "-x=1"]);

        Assert.Equal("up", await Client.GetStringAsync(await process.Url()));
    }

    [Fact]
    public async Task An_address_of_Run_wins_over_that_of_ASPNET_with_a_note()
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["run", "0"], ("ASPNETCORE_HTTP_PORTS", "1"));

        await process.Line(" * The address of the program is used, not that of ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS or --urls");

        Assert.Equal("up", await Client.GetStringAsync(await process.Url()));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://*:abc", "http://*:abc")]
    [InlineData("ASPNETCORE_URLS", "http://", "http://")]
    [InlineData("ASPNETCORE_URLS", "5000", "5000")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "abc", "http://*:abc")]
    public async Task A_malformed_address_is_an_error(string variable, string value, string shown)
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["any", "0"], (variable, value));

        var (code, _, error) = await process.Exit();

        Assert.Equal((1, $"\"{shown}\" isn't an address to listen on. "
            + "Write an IP address such as \"127.0.0.1\", or \"0.0.0.0\" for all networks of this machine.\n"), (code, error));
    }

    [Fact]
    public async Task A_URL_that_cannot_be_served_is_an_error()
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["any", "0"], ("ASPNETCORE_URLS", "https://*:7001"));

        var (code, _, error) = await process.Exit();

        Assert.Equal((1, "\"https://*:7001\" can't be served by app.Run. "
            + "Write a URL such as \"http://127.0.0.1:5000\"; for HTTPS use app.Build(…).\n"), (code, error));
    }

    [Fact]
    public async Task In_debug_mode_the_terminal_shows_a_line_for_each_request()
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["run", "0", "true"]);
        var url = await process.Url();

        await Client.GetAsync(new Uri(url, "/nowhere?a=%0A1"));

        await process.Line("127.0.0.1 \"GET /nowhere?a=%0A1 HTTP/1.1\" 404");
    }

    [Theory]
    [InlineData(null, null, "False")]
    [InlineData("1", null, "True")]
    [InlineData("true", null, "True")]
    [InlineData("0", null, "False")]
    [InlineData("1", "false", "False")]
    [InlineData(null, "true", "True")]
    public async Task Debug_is_the_environments_unless_the_argument_says_otherwise(string? environment, string? argument, string expected)
    {
        await using var process = ServedProcess.Start("ServedApp.dll",
            argument is null ? ["run", "0"] : ["run", "0", argument], ("MODULAR_DEBUG", environment ?? ""));

        var debug = await Client.GetStringAsync(new Uri(await process.Url(), "/debug"));

        Assert.Equal(expected, debug);
    }

    [Fact]
    public async Task The_environment_configures_by_names_that_start_with_MODULAR()
    {
        await using var process = ServedProcess.Start("ServedApp.dll", ["run", "0"], ("MODULAR_Greeting", "Good day"), ("Greeting", "other"));

        var greeting = await Client.GetStringAsync(new Uri(await process.Url(), "/greeting"));

        Assert.Equal("Good day", greeting);
    }

    [NeedsTheory(Tool.Coreutils)]
    [InlineData("run", "true")]
    [InlineData("async", "true")]
    public async Task Debug_without_a_debugger_runs_and_names_the_package_with_the_reloader_and_the_error_page(string scenario, string debug)
    {
        await using var process = ServedProcess.Start("ServedApp.dll", [scenario, "0", debug]);

        await Client.GetStringAsync(new Uri(await process.Url(), "/"));
        await process.Signal("INT");
        var (code, output, _) = await process.Exit();

        Assert.Equal(0, code);
        Assert.StartsWith(" * This program has no reloader and no error page. For both, add the package Modular.Debugger and write app.UseDebugger().\n * Running on ", output, StringComparison.Ordinal);
    }
}
