using Modular.Fuzz;

namespace Modular.Proofs;

/// <summary>The fuzz targets without a fuzzer: the corpus and random changes of it. tests/Fuzz/run.sh looks deeper.</summary>
public sealed class FuzzTests
{
    static readonly int Iterations =
        int.TryParse(Environment.GetEnvironmentVariable("MODULAR_FUZZ"), out var iterations) ? iterations : 5_000;

    [Theory]
    [InlineData("rule")]
    [InlineData("match")]
    [InlineData("cookie")]
    [InlineData("query")]
    [InlineData("form")]
    [InlineData("forwarded")]
    [InlineData("jinja")]
    [InlineData("multipart")]
    [InlineData("filename")]
    [InlineData("session")]
    public void No_input_breaks_a_reader(string target) => Mutation.Run(target, Iterations, seed: 20251122);

    [Fact]
    public void Every_target_has_its_test() => Assert.Equal(["cookie", "filename", "form", "forwarded", "jinja", "match", "multipart", "query", "rule", "session"], Targets.All.Keys);
}
