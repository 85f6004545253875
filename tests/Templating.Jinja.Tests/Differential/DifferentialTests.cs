namespace Modular.Templating.Jinja.Tests;

/// <summary>Pages are the same, byte by byte, as those of the real Jinja2.</summary>
public sealed class DifferentialTests
{
    /// <summary>How many random templates are compared, and where they start.</summary>
    static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("MODULAR_JINJA_RANDOM") ?? "400");
    static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("MODULAR_JINJA_SEED") ?? "1");

    [NeedsTheory(Tool.Flask)]
    [InlineData("expressions")]
    [InlineData("statements")]
    [InlineData("filters")]
    [InlineData("tests")]
    [InlineData("templates")]
    public async Task Written_templates_render_as_in_Jinja2(string file)
    {
        var cases = CaseFiles.Of(file).Where(item => !KnownDifferences.Contains((string?)item["source"])).ToList();

        var differences = await Comparison.Differences(cases);

        Findings.None(differences);
    }

    [NeedsTheory(Tool.Flask)]
    [InlineData("syntax")]
    [InlineData("scopes")]
    [InlineData("tags")]
    [InlineData("imports")]
    [InlineData("inheritance")]
    [InlineData("filters_of_values")]
    public async Task Templates_render_as_in_Jinja2_with_each_option(string file)
    {
        var cases = CaseFiles.OfLines(file);

        var differences = await Comparison.Differences(cases);

        Findings.None(differences);
    }

    [NeedsFact(Tool.Flask)]
    public async Task Random_templates_render_as_in_Jinja2()
    {
        var cases = Enumerable.Range(Seed, Count).Select(seed => new RandomTemplate(seed).Case()).ToList();

        var differences = await Comparison.Differences(cases);

        Assert.True(differences.Count == 0, $"{differences.Count} of {Count} templates differ:\n{string.Join('\n', differences.Take(20))}");
    }
}
