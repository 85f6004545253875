namespace Modular.Architecture.Tests;

// A tiny core. The goal is 9,000 lines and 600 lines of public API. It was reached before the plugin contract of 0.2 added filters, phases,
// options and the report; until it is reached again the core may only shrink, and these numbers with it.
public sealed class SizeTests
{
    const int MostLines = 9_394;
    const int MostPublicLines = 611;

    [Fact]
    public void The_core_does_not_grow()
    {
        var lines = Source.All.Where(source => source.File.StartsWith("src/Core/", StringComparison.Ordinal)).Sum(source => source.Text.Count(c => c == '\n'));
        var words = ((string[])["Shipped", "Unshipped"]).Sum(file => File.ReadLines(Repository.Full($"src/Core/PublicAPI.{file}.txt")).Count());

        Assert.True(lines <= MostLines, $"src/Core has {lines} lines, and {MostLines} are allowed. Take out what a plugin could do.");
        Assert.True(words <= MostPublicLines, $"The public API of src/Core has {words} lines, and {MostPublicLines} are allowed. Make internal what has no second customer.");
    }
}
