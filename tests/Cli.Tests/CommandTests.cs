namespace Modular.Cli.Tests;

/// <summary>Commands of the application, of blueprints and of plugins.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("greet peter", "Hello peter\n")]
    [InlineData("greet peter -l --times 2", "HELLO PETER\nHELLO PETER\n")]
    [InlineData("greet --tag a --tag=b peter", "Hello peter #a #b\n")]
    [InlineData("greet -- --peter", "Hello --peter\n")]
    [InlineData("stock count tea", "tea: 7 in shop, RequestItems\n")]
    [InlineData("admin purge", "purged\n")]
    [InlineData("soon", "now\n")]
    [InlineData("visits", "0 visits\n")]
    public async Task A_command_gets_its_arguments_and_options_and_services_and_an_application_context(string words, string output)
    {
        var ended = await Shop.Make().InvokeAsync(words.Split(' '));

        Assert.Equal((0, output, ""), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Fact]
    public async Task A_command_reads_its_standard_input()
    {
        var ended = await Shop.Make().InvokeAsync(["echo"], "typed");

        Assert.Equal("typed\n", ended.Output);
    }

    [StartsPrograms]
    [Fact]
    public async Task The_exit_code_of_a_command_is_the_programs_and_its_log_lines_are_not_lost()
    {
        var ended = await Terminal.Run("stock", "check");

        Assert.Equal(3, ended.ExitCode);
        Assert.Contains("Coffee is missing", ended.Output, StringComparison.Ordinal);
        Assert.Contains("after\n", ended.Output, StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Coreutils)]
    public async Task Ctrl_C_cancels_a_command_which_ends_with_130()
    {
        await using var shop = Terminal.Pipe(["wait"]);
        await shop.Line("waiting");

        await shop.Signal("INT");
        var ended = await shop.Exit();

        Assert.Equal((130, "waiting\nafter\n", ""), (ended.ExitCode, ended.Output, ended.Error));
    }

    [StartsPrograms]
    [Fact]
    public async Task An_exception_of_a_command_is_exit_code_1_and_one_line_and_in_debug_the_whole_stack()
    {
        var ended = await Terminal.Run("fail");
        await using var debugged = Terminal.Pipe(["fail"], ("MODULAR_DEBUG", "1"));
        var trace = await debugged.Exit();

        Assert.Equal((1, "The command \"fail\" failed: InvalidOperationException: out of paper\nSet MODULAR_DEBUG=1 to see the stack trace.\n"), (ended.ExitCode, ended.Error));
        Assert.Contains("   at CliApp.Shop", trace.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_test_an_exception_of_a_command_is_thrown_out_of_the_call()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Shop.Make().InvokeAsync("fail"));

        Assert.Equal("out of paper", failure.Message);
    }

    [Fact]
    public async Task Commands_of_one_name_and_of_built_in_names_are_in_the_report_of_the_start_with_their_plugins()
    {
        var app = Shop.Make().Use(new Adds("Acme.A", "greet", "own", "own")).Use(new Adds("Acme.B", "run", "greet")).Use(new Adds("Acme.C")).Use(new Adds("Acme.C"));
        app.Command(new("routes mine", "Mine.", _ => { }));

        var report = Assert.Throws<ModularException>(() => app.TestRequestContext("/"));
        var ofCommand = await Assert.ThrowsAsync<ModularException>(() => app.InvokeAsync("greet", "x"));
        var ofBuiltIn = await Assert.ThrowsAsync<ModularException>(() => app.InvokeAsync("routes"));

        Assert.Equal(
            "The application can't start, for 5 reasons.\n" +
            "1. Acme.C is installed 2 times. Remove all calls but one.\n" +
            "2. Acme.B adds the command \"run\", which has the name of the built-in command \"run\". Choose another name.\n" +
            "3. The application adds the command \"routes mine\", which has the name of the built-in command \"routes\". Choose another name.\n" +
            "4. The application, Acme.A and Acme.B add the command \"greet\". Rename one of them.\n" +
            "5. Acme.A adds the command \"own\" twice. Rename one of them.", report.Message);
        Assert.Equal((report.Message, report.Message), (ofCommand.Message, ofBuiltIn.Message));
    }

    sealed class Adds(string id, params string[] names) : IPlugin
    {
        public PluginManifest Manifest { get; } = new(id, "[0.1,1.0)");

        public void Install(PluginBuilder builder)
        {
            foreach (var name in names) builder.Command(new(name, "", _ => { }));
        }
    }

    [Fact]
    public async Task Run_is_not_for_tests()
    {
        var refused = await Assert.ThrowsAsync<ModularException>(() => Shop.Make().InvokeAsync("run"));

        Assert.Equal("\"run\" serves until it is stopped, so InvokeAsync can't run it. Use app.TestClient().", refused.Message);
    }

    [Fact]
    public async Task Commands_come_from_plugins_and_the_application_and_blueprints_under_their_names()
    {
        var (outer, inner) = (new Blueprint("shop"), new Blueprint("admin"));
        var app = new ModularApp().UseCli([]).Use(new Two(inner));
        outer.Command(new("four", "", _ => { }));
        inner.Command(new("five words", "", call => call.Output.WriteLine("said")));
        outer.Register(inner);
        app.Register(outer);
        app.Register(outer, name: "second");
        app.Command(new("seven", "", _ => { }));

        var completed = await app.InvokeAsync("completion", "--words", "");
        var inside = await app.InvokeAsync("completion", "--words", "shop", "admin", "");
        var ran = await app.InvokeAsync("second", "admin", "five", "words");

        Assert.Equal(["completion", "config", "one", "plugins", "routes", "run", "second", "seven", "shop"], Words(completed));
        Assert.Equal(["five", "three"], Words(inside));
        Assert.Equal((0, "said\n"), (ran.ExitCode, ran.Output));

        static IEnumerable<string> Words(CommandResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["complete: ".Length..]);
    }

    sealed class Two(Blueprint blueprint) : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Two", "[0.1,1.0)");

        public void Install(PluginBuilder builder)
        {
            builder.Command(new("one", "", _ => { }));
            builder.Command(new("three", "", _ => { }), blueprint);
        }
    }

    [Fact]
    public async Task A_command_that_is_added_too_late_or_without_a_name_is_reported()
    {
        var (app, other) = (new ModularApp().UseCli([]), new ModularApp().UseCli([]));
        other.Services.AddSingleton(_ => new AppCommand("made", "", _ => { }));
        var unnamed = await Assert.ThrowsAsync<ModularException>(() => other.InvokeAsync("made"));
        var start = Assert.Throws<ModularException>(() => other.AppContext());
        using var scope = app.AppContext();

        var late = Assert.Throws<ModularException>(() => app.Command(new("late", "", _ => { })));

        Assert.Equal("A command is registered as a type or a factory, so its name isn't known before the application runs. Add it with app.Command(…).", unnamed.Message);
        Assert.Equal($"Modular.Cli: {unnamed.Message}", start.Message);
        Assert.Equal("The command \"late\" was added after the application had started. Add it before app.Run().", late.Message);
    }
}
