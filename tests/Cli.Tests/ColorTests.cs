namespace Modular.Cli.Tests;

/// <summary>Colours are for terminals.</summary>
public sealed class ColorTests
{
    const string Escape = "\e[";

    [NeedsFact(Tool.Script, Tool.Coreutils)]
    public async Task A_terminal_gets_colours_and_a_pipe_does_not()
    {
        await using var person = Terminal.Pty(["routes"]);
        await using var wrong = Terminal.Pty(["rotues"]);
        var onTerminal = await person.Exit();
        var mistake = await wrong.Exit();

        var inPipe = await Terminal.Run("routes");

        Assert.Contains($"{Escape}1mEndpoint", onTerminal.Output, StringComparison.Ordinal);
        Assert.Contains($"{Escape}31mThere is no command \"rotues\".", mistake.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (onTerminal.ExitCode, mistake.ExitCode));
        Assert.DoesNotContain(Escape, inPipe.Output, StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.Script, Tool.Coreutils)]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task NO_COLOR_turns_colours_off_on_a_terminal(string name, string value)
    {
        await using var person = Terminal.Pty(["routes"], (name, value));

        var shown = await person.Exit();

        Assert.DoesNotContain($"{Escape}1m", shown.Output, StringComparison.Ordinal);
    }
}
