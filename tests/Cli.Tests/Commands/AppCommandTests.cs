namespace Modular.Cli.Tests.Commands;

public sealed class AppCommandTests
{
    static readonly CommandParameter<int> Port = new("--port", "Where.") { Alias = "-p" };
    static readonly CommandParameter<string> Name = new("name", "Who.");
    static readonly CommandParameter<string> Rest = new("rest", "More.") { IsMany = true };
    static readonly CommandParameter<bool> Loud = new("--loud", "In capitals.");
    static readonly CommandParameter<double> Ratio = new("--ratio", "How much.") { Default = 0.5 };

    [Fact]
    public void A_call_returns_the_given_value_or_the_default()
    {
        using var scope = new ModularApp().AppContext();
        var call = new CommandCall(scope.Context.Services, new Dictionary<CommandParameter, IReadOnlyList<string>>
        {
            [Name] = ["peter"], [Rest] = ["a", "b"], [Loud] = ["true"],
        });

        Assert.Equal(("peter", true, 0.5), (call.Get(Name), call.Get(Loud), call.Get(Ratio)));
        Assert.Equal(["a", "b"], call.GetAll(Rest));
        Assert.Equal((true, false), (call.Has(Name), call.Has(Port)));
        Assert.Equal("Option \"--port\" was read, but it wasn't given and has no default. Check call.Has(…) first, or set its Default.", Mistake(() => call.Get(Port)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two  blanks")]
    [InlineData("--option")]
    [InlineData("söme")]
    public void An_invalid_name_is_refused(string name)
    {
        var mistake = Mistake(() => _ = new AppCommand(name, "", _ => { }));

        Assert.Equal($"\"{name}\" isn't a valid command name. Use words of letters, digits and dashes, such as \"clean-sessions\" or \"users create\".", mistake);
    }

    [Fact]
    public void Ambiguous_parameters_are_refused()
    {
        var twice = Mistake(() => _ = new AppCommand("x", "", _ => { }) { Parameters = [Port, new CommandParameter<int>("-p", "")] });
        var greedy = Mistake(() => _ = new AppCommand("x", "", _ => { }) { Parameters = [Rest, Name] });
        var unnamed = Mistake(() => _ = new CommandParameter<int>("--", ""));

        Assert.Equal("The command \"x\" has two parameters \"-p\". Give each a different name.", twice);
        Assert.Equal("The parameter \"rest\" of the command \"x\" takes all remaining arguments, but other parameters follow it. Put it last.", greedy);
        Assert.Equal("\"--\" isn't a valid parameter name. Write \"name\" for an argument, or \"--name\" for an option.", unnamed);
    }

    [Fact]
    public void An_invalid_value_is_reported_with_an_example()
    {
        var choice = new CommandParameter<string>("drink", "") { Choices = ["tea", "coffee"] };
        var even = new CommandParameter<int>("--even", "") { Check = number => number % 2 == 0 ? null : $"{number} is odd. Write an even number." };

        Assert.Equal("Option \"--port\" has the value \"x\\u000A\", which isn't a number. Write --port 8.", Port.Problem("x\n"));
        Assert.Equal("Option \"--ratio\" has the value \"1,5\", which isn't a decimal number. Write --ratio 0.5.", Ratio.Problem("1,5"));
        Assert.Equal("<drink> has the value \"te\", which isn't allowed. Did you mean \"tea\"? Write one of: tea, coffee.", choice.Problem("te"));
        Assert.Equal(("3 is odd. Write an even number.", null), (even.Problem("3"), even.Problem("4")));
    }

    [Fact]
    public async Task Each_shape_of_a_command_has_an_exit_code()
    {
        AppCommand[] commands =
        [
            new("action", "", _ => { }), new("number", "", _ => 2), new("task", "", _ => Task.Delay(0)), new("both", "", async _ => { await Task.Yield(); return 3; }),
            new("whole", "", (_, _) => Task.FromResult(4)),
        ];
        using var scope = new ModularApp().AppContext();
        var call = new CommandCall(scope.Context.Services);

        var codes = await Task.WhenAll(commands.Select(command => command.Run(call, CancellationToken.None)));

        Assert.Equal([0, 2, 0, 3, 4], codes);
    }

    [Fact]
    public async Task The_result_of_a_command_is_its_exit_code_or_awaited_or_refused()
    {
        var ran = 0;
        await Run(new("a", "A.", call => { ran++; }));
        await Run(new("b", "B.", call => Later()));
        await Run(new("c", "C.", call => new ValueTask(Later())));
        await Run(new("d", "D.", async call => { await Task.Yield(); ran++; }));

        var error = await Assert.ThrowsAsync<ModularException>(() => Run(new("e", "E.", call => Task.FromResult("words"))));
        var refused = Mistake(() => _ = new AppCommand("go", "Goes.", (Action<CommandCall>)FireAndForget));

        Assert.Equal((4, 3), (ran, await Run(new("f", "F.", call => Task.FromResult(3)))));
        Assert.Equal("The command \"e\" returned a value of type string, which isn't used. Write it to call.Output, or return an exit code.", error.Message);
        Assert.Equal("The command \"go\" is async and returns void, so it can't be awaited. Return Task, or remove async.", refused);

        async Task Later()
        {
            await Task.Yield();
            ran++;
        }

        static async Task<int> Run(AppCommand command)
        {
            using var scope = new ModularApp().AppContext();
            return await command.Run(new CommandCall(scope.Context.Services), CancellationToken.None);
        }
    }

    static async void FireAndForget(CommandCall call) => await Task.Yield();

    static string Mistake(Action wrong) => Assert.Throws<ModularException>(wrong).Message;
}
