using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

/// <summary>Keeps words out of the prose that a technical writer wouldn't print.</summary>
public sealed class WordTests
{
    // Lines are read as they are, so comments and messages of code can be checked too: add Repository.Files("src", "*.cs").
    static readonly IReadOnlyList<string> Checked =
    [
        .. Repository.Pages, .. Repository.Files("src", "CHANGELOG.md"), .. Repository.Files("templates", "*.md"), .. Repository.Files("samples", "README.md"),
    ];

    static readonly (Regex Word, string Instead)[] Words =
    [
        (Word(@"nobody|no-one"), "\"no one\", or the noun: \"no middleware\", \"isn't read\""),
        (Word(@"somebody"), "the noun: \"a user\", \"other code\""),
        (Word(@"whoever|who do(es)? not|who (did|has|have) not"), "\"anyone who\", \"requests that don't\""),
        (Word(@"is none|are none|that are no|that is no|what is no|what are no"), "\"isn't valid\", \"isn't a …\""),
        (Word(@"(?<!there )(?<!there's )is no (?!longer)"), "\"isn't a valid …\", \"has no …\""),
        (Word(@"anew"), "\"again\""),
        (Word(@"besides"), "\"also\""),
        (Word(@"dearer"), "\"more expensive\""),
        (Word(@"inmost"), "\"innermost\""),
        (Word(@"road|house|doorkeeper|command desk|walk(s|ed)?"), "the field's word: \"pipeline\", \"path\", \"guard\""),
        (Word(@"(is|are|was|were|be) told( of)?|tells? of|told of"), "\"is reported\", \"gets\", \"describes\""),
        (Word(@"(lies?|lay) (in|under|outside|inside|around|below|beside|behind|still)"), "\"is in\", \"is under\""),
        (Word(@"stands? (in|on|under|beside|there|below|behind|indented)"), "\"is in\", \"is on\""),
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
        (Word(@"by themselves|by itself(?! \()"), "\"automatically\", or leave it out"),
    ];

    // Quotations that stay as they are, such as messages of other programs. The messages on the page of errors are left out by Prose.
    static readonly string[] Quoted = [];

    [Fact]
    public void The_docs_use_plain_technical_english()
    {
        var found =
            from file in Checked
            from line in Prose(file)
            from word in Words
            from Match match in word.Word.Matches(line.Text)
            select $"{file}:{line.Number}: \"{match.Value}\". Write {word.Instead}.";

        Assert.True(!found.Any(), string.Join('\n', found));
    }

    [Fact]
    public void Every_quotation_that_is_allowed_is_still_there()
    {
        var pages = string.Concat(Checked.Select(Repository.Read));

        Assert.All(Quoted, quotation => Assert.Contains(quotation, pages, StringComparison.Ordinal));
    }

    static IEnumerable<(int Number, string Text)> Prose(string file) =>
        Repository.Read(file).Split('\n').Select((line, index) => (index + 1, WithoutQuotations(file == "docs/errors.md" ? WithoutMessage(line) : line)));

    // A row of the page of errors: the message, and what to do.
    static string WithoutMessage(string line) => line.StartsWith("| ", StringComparison.Ordinal) && line.Split(" | ", 2) is [_, var rest] ? rest : line;

    static string WithoutQuotations(string line) => Quoted.Aggregate(line, (text, quotation) => text.Replace(quotation, "", StringComparison.Ordinal));

    // Underscores are letters of a word here, so the names of tests are left out.
    static Regex Word(string pattern) => new($@"\b(?:{pattern})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
