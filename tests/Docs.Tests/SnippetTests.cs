namespace Modular.Docs.Tests;

[Trait("category", "docs")]
public sealed class SnippetTests
{
    static readonly IReadOnlyList<Snippet> All = [.. Repository.Pages.SelectMany(Snippet.Of)];

    public static TheoryData<string> Names => [.. All.Where(snippet => snippet.SkipReason is null).Select(snippet => snippet.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_snippet_of_the_docs_compiles_unchanged(string name)
    {
        var snippet = All.Single(snippet => snippet.ToString() == name);

        var problems = SnippetCompiler.Compile(snippet);

        Findings.None(problems);
    }

    [Fact]
    public void Every_page_of_the_docs_begins_with_code()
    {
        var others = Repository.Files("docs", "*.md").Where(page => !BeginsWithCode(Repository.Read(page)));

        Findings.None(others);
    }

    static bool BeginsWithCode(string text) =>
        text.Split('\n').SkipWhile(line => line.Length == 0 || line[0] is '#' || line.StartsWith("<!--", StringComparison.Ordinal))
            .FirstOrDefault("").StartsWith("```", StringComparison.Ordinal);
}
