using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

public sealed partial class GuaranteeTests
{
    [Fact]
    public void Every_test_that_a_guarantee_names_exists()
    {
        var tests = Repository.Files("tests", "*.cs").SelectMany(file => TestMethod().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value)).ToHashSet();

        var unknown = TestName().Matches(Repository.Read("docs/guarantees.md")).Select(match => match.Groups[1].Value).Where(name => !tests.Contains(name));

        Findings.None(unknown);
    }

    [GeneratedRegex(@"\b(?:void|Task) (\w+)\(")]
    private static partial Regex TestMethod();

    // A sentence with underscores in backticks.
    [GeneratedRegex(@"`([A-Z0-9]\w*_\w+)`")]
    private static partial Regex TestName();
}
