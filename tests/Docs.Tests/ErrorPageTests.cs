using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

[Trait("category", "docs")]
public sealed partial class ErrorPageTests
{
    const int Telling = 10;

    [Fact]
    public void Every_message_on_the_page_of_errors_is_in_the_source()
    {
        var source = string.Concat(Repository.Files("src", "*.cs").Select(file => Joined(Repository.Read(file))));

        var unknown = Messages().Where(message => !Pieces(message).All(piece => source.Contains(piece, StringComparison.Ordinal)));

        Findings.None(unknown);
    }

    public static TheoryData<string, string> Calls
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (var row in Rows().Where(row => row[0].StartsWith('`'))) calls.Add(row[0].Trim('`'), row[1]);
            return calls;
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public void A_call_that_the_page_says_does_not_compile_gives_the_error_of_the_page(string code, string error)
    {
        var problems = SnippetCompiler.Compile(new Snippet("docs/errors.md", 1, code, ""));

        Assert.Contains(problems, problem => problem.Contains($" {error} ", StringComparison.Ordinal));
    }

    static IEnumerable<string> Messages() => Rows().Select(row => row[0]).Where(cell => cell is not ("message" or "code") && !cell.StartsWith('`'));

    static IEnumerable<string[]> Rows() =>
        Repository.Read("docs/errors.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line[2..].Split(" | "));

    // The fixed text between the values, if it is long enough to be significant.
    static IEnumerable<string> Pieces(string message) => message.Split('…').Select(piece => piece.Trim(' ', '"', '.')).Where(piece => piece.Length >= Telling);

    // Strings that are put together with + are one text, and quotes in them are quotes.
    static string Joined(string code) => Plus().Replace(code.Replace("\\\"", "\u0001", StringComparison.Ordinal), "").Replace('\u0001', '"');

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Plus();
}
