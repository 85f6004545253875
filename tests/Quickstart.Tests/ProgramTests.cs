using System.Net;

namespace Quickstart.Tests;

/// <summary>The program of <c>dotnet run --project samples/Quickstart</c>, in its own process.</summary>
[StartsPrograms]
public class ProgramTests
{
    [NeedsFact(Tool.Coreutils)]
    public async Task The_program_prints_its_address_and_serves_and_ends_with_Ctrl_C()
    {
        using var client = new HttpClient();
        await using var process = ServedProcess.Start("Quickstart.dll", [], ("PORT", "0"));

        var url = await process.Url();
        var hello = await client.GetStringAsync(new Uri(url, "/hello"));
        using var style = await client.GetAsync(new Uri(url, "/static/style.css"));
        await process.Signal("INT");
        var (code, output, error) = await process.Exit();

        Assert.Equal(("Hello, World", HttpStatusCode.OK), (hello, style.StatusCode));
        Assert.Equal((0, $" * Running on {url}\nPress CTRL+C to quit", ""), (code, output, error));
    }

    [Theory]
    [InlineData("--help", 0, "Commands:")]
    [InlineData("routes", 0, "hello_world")]
    [InlineData("--hlep", 2, "Did you mean \"--help\"?")]
    public async Task The_programs_command_line_arguments_are_used(string word, int expected, string text)
    {
        await using var process = ServedProcess.Start("Quickstart.dll", [word], ("PORT", "0"));

        var (code, output, error) = await process.Exit();

        Assert.Equal(expected, code);
        Assert.Contains(text, output + error, StringComparison.Ordinal);
    }
}
