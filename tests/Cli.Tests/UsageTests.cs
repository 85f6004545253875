namespace Modular.Cli.Tests;

/// <summary>Wrong calls: exit code 2, and two sentences on standard error.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("rotues", "There is no command \"rotues\". Did you mean \"routes\"?")]
    [InlineData("xyzzyx", "There is no command \"xyzzyx\". See \"shop --help\" for all commands.")]
    [InlineData("stock cuont tea", "There is no command \"stock cuont\". Did you mean \"stock count\"?")]
    [InlineData("stock", "\"stock\" is a group of commands. Write one of: stock count, stock check.")]
    [InlineData("shell", "The command \"shell\" is in the package Modular.Debugger, which this program doesn't use. Add the package and call app.UseDebugger().")]
    [InlineData("run --prot 80", "\"run\" has no option \"--prot\". Did you mean \"--port\"?")]
    [InlineData("run --xyzzyx", "\"run\" has no option \"--xyzzyx\". See \"shop run --help\".")]
    [InlineData("--port 80", "Option \"--port\" belongs to a command. Write \"shop run --port\".")]
    [InlineData("run --port", "Option \"--port\" has no value. Write \"shop run --port <number>\".")]
    [InlineData("run --port 80 --port 81", "Option \"--port\" was given 2 times. Write it once.")]
    [InlineData("run --port abc", "Option \"--port\" has the value \"abc\", which isn't a number. Write --port 5000.")]
    [InlineData("run --port 70000", "Option \"--port\" has the value \"70000\", which isn't a valid port. Write a number from 0 to 65535: --port 8080.")]
    [InlineData("run --debug --no-debug", "Options \"--debug\" and \"--no-debug\" were both given. Write one of them.")]
    [InlineData("run --reload --no-reload", "Options \"--reload\" and \"--no-reload\" were both given. Write one of them.")]
    [InlineData("routes --mach /x", "\"routes\" has no option \"--mach\". Did you mean \"--match\"?")]
    [InlineData("routes --xyzzyx", "\"routes\" has no option \"--xyzzyx\". See \"shop routes --help\".")]
    [InlineData("routes -x", "\"routes\" has no option \"-x\". Did you mean \"-s\"?")]
    [InlineData("routes --mach=/x", "\"routes\" has no option \"--mach\". Did you mean \"--match\"?")]
    [InlineData("greet --tims 3", "\"greet\" has no option \"--tims\". Did you mean \"--times\"?")]
    [InlineData("run --host --prot 80", "\"run\" has no option \"--prot\". Did you mean \"--port\"?")]
    [InlineData("help rotues", "There is no command \"rotues\". Did you mean \"routes\"?")]
    [InlineData("run fast", "\"fast\" is an unexpected argument of \"run\". See \"shop run --help\".")]
    [InlineData("greet", "<name> is missing. Write \"shop greet <name>\".")]
    [InlineData("stock count milk", "<item> has the value \"milk\", which isn't allowed. Write one of: tea, coffee.")]
    [InlineData("stock count coffe", "<item> has the value \"coffe\", which isn't allowed. Did you mean \"coffee\"? Write one of: tea, coffee.")]
    [InlineData("routes --sort size", "Option \"--sort\" has the value \"size\", which isn't allowed. Write one of: endpoint, methods, rule, blueprint, plugin, match.")]
    public async Task A_wrong_call_is_reported_in_two_sentences_with_similar_names(string words, string message)
    {
        var ended = await Shop.Make().InvokeAsync(words.Split(' '));

        Assert.Equal((2, "", message + "\n"), (ended.ExitCode, ended.Output, ended.Error));
    }

    [StartsPrograms]
    [Fact]
    public async Task A_wrong_call_of_the_program_has_exit_code_2()
    {
        var ended = await Terminal.Run("rotues");

        Assert.Equal((2, "after\n", "There is no command \"rotues\". Did you mean \"routes\"?\n"), (ended.ExitCode, ended.Output, ended.Error));
    }
}
