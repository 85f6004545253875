using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

/// <summary>Keeps words out of the prose that a technical writer wouldn't print.</summary>
[Trait("category", "docs")]
public sealed class WordTests
{
    static readonly IReadOnlyList<string> Pages =
    [
        .. Repository.Pages, .. Repository.Files("src", "CHANGELOG.md"), .. Repository.Files("templates", "*.md"), .. Repository.Files("samples", "README.md"),
        "tests/Vectors/DEVIATIONS.md",
    ];

    // Their messages and help texts are read by users.
    static readonly IReadOnlyList<string> Programs =
        [.. Repository.Files("src", "*.cs"), .. Repository.Files("eng", "*.cs"), .. Repository.Files("samples", "*.cs"), .. Repository.Files("templates", "*.cs")];

    static readonly IReadOnlyList<string> Tests = [.. Repository.Files("tests", "*.cs")];

    static readonly (Regex Word, string Instead)[] Words =
    [
        (Word(@"nobody|no-one|anybody"), "\"no one\", or the noun: \"no middleware\", \"isn't read\""),
        (Word(@"somebody"), "the noun: \"a user\", \"other code\""),
        (Word(@"whoever|who do(es)? not|who (did|has|have) not"), "\"anyone who\", \"requests that don't\""),
        (Word(@"(?<!there )(is|are) none|that are no|that is no|what is no|what are no"), "\"isn't valid\", \"isn't a …\""),
        (Word(@"(?<!there )(?<!there's )is no (?!longer)"), "\"isn't a valid …\", \"has no …\""),
        (Word(@"anew"), "\"again\""),
        (Word(@"besides"), "\"also\""),
        (Word(@"dearer"), "\"more expensive\""),
        (Word(@"inmost"), "\"innermost\""),
        (Word(@"road|house|doorkeeper|command desk|walk(s|ed|ing)?"), "the field's word: \"pipeline\", \"path\", \"guard\""),
        (Word(@"told|tells? of"), "\"is reported\", \"gets\", \"describes\""),
        (Word(@"(lies?|lay|lying) (in|under|outside|inside|around|below|beside|behind|still|nowhere)"), "\"is in\", \"is under\""),
        (Word(@"stands? (in|on|at|under|beside|there|before|below|behind|indented)"), "\"is in\", \"is on\""),
        (Word(@"parts (names|values|blueprints|folders|segments)|always parts|which parts|parted by"), "\"separates\""),
        (Word(@"(?<=, )for (the \w+ (is|are|was|has|have|does|do|can|must)|it (is|has|was|can)|they|there|nothing|none|then|only then|no one)"), "\"because\""),
        (Word(@"hand(s|ed|ing)? (over|in|on|it|them|back)|(is|was|are|were|be) handed"), "\"pass\", \"return\""),
        (Word(@"mend(s|ed|ing)?"), "\"fix\""),
        (Word(@"shall"), "\"must\", or the present tense"),
        (Word(@"sees? to|looks? after"), "\"checks\", \"handles\""),
        (Word(@"broken off|breaks? (the connection )?off"), "\"aborted\""),
        (Word(@"round (the|its) (application|proxy|proxies|check)"), "\"around\", \"bypasses\""),
        (Word(@"without a sound|all went well|not there yet"), "the fact: \"is empty\", \"hasn't finished\""),
        (Word(@"not taken either|the road not taken"), "\"Rejected\""),
        (Word(@"ones own|one's own"), "\"custom\", or whose it is"),
        (Word(@"by themselves|by itself(?! \()"), "\"automatically\", or leave it out"),
    ];

    // Quotations that stay as they are, such as messages of other programs. The messages on the page of errors are left out by Prose.
    static readonly string[] Quoted = [];

    [Fact]
    public void The_docs_use_plain_technical_english() => AssertPlain(Pages, Prose);

    [Fact]
    public void Comments_messages_and_help_texts_use_plain_technical_english() => AssertPlain(Programs, file => new CodeProse(file).OfProgram());

    [Fact]
    public void Comments_and_names_of_tests_use_plain_technical_english() => AssertPlain(Tests, file => new CodeProse(file).OfTests());

    [Fact]
    public void Comments_strings_and_test_names_are_found_in_code()
    {
        var code = new CodeProse("tests/Docs.Tests/WordTests.cs");

        Assert.Contains(code.OfTests(), line => line.Text == "Comments strings and test names are found in code");
        Assert.Contains(code.OfProgram(), line => line.Text.Contains("Their messages and help texts", StringComparison.Ordinal));
        Assert.Contains(code.OfProgram(), line => line.Text.Contains("more expensive", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_quotation_that_is_allowed_is_still_there()
    {
        var all = string.Concat(Pages.Concat(Programs).Concat(Tests).Select(Repository.Read));

        Assert.All(Quoted, quotation => Assert.Contains(quotation, all, StringComparison.Ordinal));
    }

    static void AssertPlain(IEnumerable<string> files, Func<string, IEnumerable<(int Number, string Text)>> prose)
    {
        var found =
            from file in files
            from line in prose(file)
            from word in Words
            from Match match in word.Word.Matches(WithoutQuotations(line.Text))
            select $"{file}:{line.Number}: \"{match.Value}\". Write {word.Instead}.";

        Findings.None(found);
    }

    static IEnumerable<(int Number, string Text)> Prose(string file) =>
        Repository.Read(file).Split('\n').Select((line, index) => (index + 1, file == "docs/errors.md" ? WithoutMessage(line) : line));

    // A row of the page of errors: the message, and what to do.
    static string WithoutMessage(string line) => line.StartsWith("| ", StringComparison.Ordinal) && line.Split(" | ", 2) is [_, var rest] ? rest : line;

    static string WithoutQuotations(string line) => Quoted.Aggregate(line, (text, quotation) => text.Replace(quotation, "", StringComparison.Ordinal));

    // Underscores are letters of a word here, so the names of tests on a page aren't checked.
    static Regex Word(string pattern) => new($@"\b(?:{pattern})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled);
}
