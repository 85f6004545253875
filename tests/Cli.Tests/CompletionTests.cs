namespace Modular.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("", "admin completion config echo fail greet plugins routes run soon stock visits wait")]
    [InlineData("r", "routes run")]
    [InlineData("--", "--help --version")]
    [InlineData("stock ", "check count")]
    [InlineData("stock count ", "coffee tea")]
    [InlineData("run --", "--debug --help --host --no-debug --no-reload --port --reload")]
    [InlineData("run --debug --d", "")]
    [InlineData("greet --tag a --t", "--tag --times")]
    [InlineData("routes --sort m", "match methods")]
    [InlineData("routes -s r", "rule")]
    [InlineData("run --port ", "")]
    [InlineData("nowhere ", "")]
    public async Task The_possible_next_words_are_offered(string line, string expected)
    {
        var found = await Shop.Make().InvokeAsync(["completion", "--words", .. line.Split(' ')], "");

        Assert.Equal(expected, string.Join(' ', found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["complete: ".Length..])));
    }

    [NeedsTheory(Tool.Bash)]
    [InlineData("shop ro", "routes")]
    [InlineData("shop stock count ", "coffee tea")]
    [InlineData("shop routes --sort=m", "match methods")]
    [InlineData("shop run --po", "--port")]
    public async Task The_script_for_bash_makes_bash_complete(string line, string expected)
    {
        var script = (await Terminal.Run("completion", "bash")).Output.Replace("after\n", "", StringComparison.Ordinal);
        await using var bash = Terminal.Of(Tools.Path(Tool.Bash), ["--norc", "-c", """
            PATH="$1:$PATH"
            eval "$2"
            IFS=' ' read -ra COMP_WORDS <<< "${3//=/ = }"
            [[ $3 == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$3 COMP_POINT=${#3}
            function=$(complete -p shop); function=${function##*-F }; function=${function%% *}
            "$function"
            echo "${COMPREPLY[*]}"
            """, "bash", Terminal.Folder, script, line]);

        var completed = await bash.Exit();

        Assert.Equal((expected + "\n", ""), (completed.Output, completed.Error));
    }

    [Theory]
    [InlineData("zsh", "#compdef shop\n")]
    [InlineData("fish", "complete -c shop -f -a ")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName shop ")]
    public async Task Other_shells_have_their_scripts(string shell, string piece)
    {
        var shown = await Shop.Make().InvokeAsync("completion", shell);

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains(piece, shown.Output, StringComparison.Ordinal);
        Assert.Contains("completion --words", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NAME", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("FUNCTION", shown.Output, StringComparison.Ordinal);
    }
}
