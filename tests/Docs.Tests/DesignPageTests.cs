namespace Modular.Docs.Tests;

public sealed class DesignPageTests
{
    [Fact]
    public void The_pipeline_that_the_design_page_quotes_is_the_code()
    {
        var page = Repository.Read("docs/design.md").Split("```text", 2)[1].Split("```", 2)[0];
        var code = Repository.Read("src/Core/Pipeline/RequestPipeline.cs");

        var lines = page.Split('\n').Select(line => line.Split("//", 2)[0].Trim()).Where(line => line.Length > 0).ToList();

        Assert.True(lines.Count > 30);
        Assert.All(lines, line => Assert.Contains(line, code, StringComparison.Ordinal));
    }
}
