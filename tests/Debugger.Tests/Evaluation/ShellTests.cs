namespace Modular.Debugger.Tests.Evaluation;

/// <summary><c>shell</c>, the prompt on the command line.</summary>
public class ShellTests
{
    [Fact]
    public async Task It_reads_evaluates_and_shows_until_the_input_ends()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var app = new ModularApp(new() { Name = "shop" });
        var input = new StringReader("app.Name\nint Add(int a, int b)\n{\n  return a + b;\n}\nAdd(2, 3)\nnew { Left = 1 }\nnix\n\nConsole.WriteLine(\"said\");\nexit\n1 + 1\n");
        await using var services = new ServiceCollection().AddSingleton(app).BuildServiceProvider();

        var code = await ShellCommand.Command.Run(new(services) { Input = input, Output = output, Error = error }, CancellationToken.None);

        Assert.Equal(0, code);
        Assert.Equal("C# with shop: app and services are available. Ctrl-D or \"exit\" ends it.\n> \"shop\"\n> . . . > 5\n> { Left = 1 }\n  Left: 1\n> > > said\n> ", output.ToString());
        Assert.Equal("(1,1): CS0103: The name 'nix' does not exist in the current context\n", error.ToString());
    }
}
