using System.Reflection;

namespace Modular.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_all_commands_with_examples(string option)
    {
        var shown = await Shop.Make().InvokeAsync(option);

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal("""

            Usage:
              shop [command] [options]

            Commands:
              run         Serves the application until Ctrl-C. This is the default command.
              routes      Shows all rules with their endpoints, methods, blueprints and plugins.
              plugins     Shows the plugins from the outermost to the innermost: manifest, version, and additions.
              config      Shows the settings in effect and where each comes from. Secrets are masked.
              completion  Writes a shell script that completes the program's commands and options.
              visits      Prints how many visits were counted.
              greet       Greets somebody.
              stock       count, check.
              wait        Waits for Ctrl-C.
              fail        Fails.
              soon        Says so later.
              echo        Says what it is told.
              admin       purge.

            Options:
              --help     Shows help for the program, or for a command.
              --version  Shows the versions of the program and of Modular.Core.

            Examples:
              shop run --port 8080
              shop routes --match /user/7
              shop routes --help

            """, shown.Output[(shown.Output.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task Help_of_a_command_shows_what_it_takes_with_defaults_and_examples()
    {
        var shown = await Shop.Make().InvokeAsync("greet", "--help");

        Assert.Equal("""
            Greets somebody.

            Usage:
              shop greet <name> [options]

            Arguments:
              name  Who it is for.

            Options:
              -l, --loud        In capitals.
              --times <number>  How often. [default: 1]
              --tag <text>      What goes with it. [any number]
              --help            Shows help for the program, or for a command.

            Examples:
              shop greet peter --loud

            """, shown.Output);
    }

    [StartsPrograms]
    [Fact]
    public async Task Help_of_run_shows_the_arguments_of_app_Run_as_defaults()
    {
        var shown = await Terminal.Run("run", "--help");

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("-p, --port <number>   The port. 0 selects a free port and prints it. [default: 0]", shown.Output, StringComparison.Ordinal);
        Assert.Contains("shop run --port 8080 --debug", shown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help routes", "routes --help")]
    [InlineData("help stock count", "stock count --help")]
    [InlineData("run -h", "run --help")]
    [InlineData("run --debug -h", "run --help")]
    [InlineData("routes -h", "routes --help")]
    public async Task Help_is_shown_for_every_help_option(string words, string same)
    {
        var (shown, expected) = (await Shop.Make().InvokeAsync(words.Split(' ')), await Shop.Make().InvokeAsync(same.Split(' ')));

        Assert.Equal((0, expected.Output, ""), (shown.ExitCode, shown.Output, shown.Error));
    }

    [Fact]
    public async Task A_custom_help_command_runs_and_a_value_can_start_with_dashes()
    {
        var app = new ModularApp().UseCli([], new() { ProgramName = "own" });
        var word = new CommandParameter<string>("word", "A word.") { IsRequired = false };
        app.Command(new("help", "Helps.", call => call.Output.Write(call.Has(word) ? call.Get(word) : "helping")) { Parameters = [word] });

        var (own, dashed, below) = (await app.InvokeAsync("help"), await app.InvokeAsync("help", "--", "--dashed"), await app.InvokeAsync("help", "-5"));

        Assert.Equal(("helping", "--dashed", "-5"), (own.Output, dashed.Output, below.Output));
    }

    [Fact]
    public async Task Help_of_a_group_lists_its_commands()
    {
        var shown = await Shop.Make().InvokeAsync("stock", "--help");

        Assert.Contains("  shop stock <command> [options]\n\nCommands:\n  count  Counts what is there.\n  check  Ends with 3 when something is missing.\n", shown.Output, StringComparison.Ordinal);
    }

    [StartsPrograms]
    [Fact]
    public async Task Version_is_the_programs_and_the_cores()
    {
        var core = typeof(ModularApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        var shown = await Terminal.Run("--version");

        Assert.Equal((0, $"shop 1.2.3 on Modular.Core {core}\nafter\n"), (shown.ExitCode, shown.Output));
    }
}
