namespace Modular.Architecture.Tests;

// A tiny core.
public sealed class SizeTests
{
    const int MostLines = 9_000;
    const int MostPublicLines = 600;

    [Fact]
    public void The_core_does_not_grow()
    {
        var lines = Source.All.Where(source => source.File.StartsWith("src/Core/", StringComparison.Ordinal)).Sum(source => source.Text.Count(c => c == '\n'));
        var words = ((string[])["Shipped", "Unshipped"]).Sum(file => File.ReadLines(Repository.Full($"src/Core/PublicAPI.{file}.txt")).Count());

        Assert.True(lines <= MostLines, $"src/Core has {lines} lines, and {MostLines} are allowed. Take out what a plugin could do.");
        Assert.True(words <= MostPublicLines, $"The public API of src/Core has {words} lines, and {MostPublicLines} are allowed. Make internal what has no second customer.");
    }
}
