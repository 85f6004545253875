using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

public sealed partial class ErrorPageTests
{
    const int Telling = 10;

    [Fact]
    public void Every_message_on_the_page_of_errors_is_in_the_source()
    {
        var source = string.Concat(Repository.Files("src", "*.cs").Select(file => Joined(Repository.Read(file))));

        var unknown = Messages().Where(message => !Pieces(message).All(piece => source.Contains(piece, StringComparison.Ordinal)));

        Assert.True(!unknown.Any(), string.Join('\n', unknown));
    }

    static IEnumerable<string> Messages() =>
        Repository.Read("docs/errors.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split(" | ")[0][2..]).Where(cell => cell != "message");

    // The fixed text between the values, if it is long enough to be significant.
    static IEnumerable<string> Pieces(string message) => message.Split('…').Select(piece => piece.Trim(' ', '"', '.')).Where(piece => piece.Length >= Telling);

    // Strings that are put together with + are one text, and quotes in them are quotes.
    static string Joined(string code) => Plus().Replace(code.Replace("\\\"", "\u0001", StringComparison.Ordinal), "").Replace('\u0001', '"');

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Plus();
}
