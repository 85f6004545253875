namespace Modular;

/// <summary>One piece of a rule's text: a slash, fixed text, or a variable.</summary>
/// <param name="Kind">Which of the three it is.</param>
/// <param name="Text">The fixed text, or the variable's name.</param>
/// <param name="Converter">A variable's converter.</param>
/// <param name="Arguments">What stands between the converter's parentheses.</param>
readonly record struct RuleToken(RuleTokenKind Kind, string Text, string Converter = "", string Arguments = "");

enum RuleTokenKind { Slash, Fixed, Variable }

/// <summary>Cuts a rule such as <c>/user/&lt;int(min=1):id&gt;/edit</c> into its tokens.</summary>
static class RuleParser
{
    /// <param name="text">The rule's path, or its host or subdomain.</param>
    /// <exception cref="ModularException">A <c>&lt;</c> starts no variable, or a variable is written as in another framework.</exception>
    internal static List<RuleToken> Parse(string text)
    {
        List<RuleToken> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest[0] == '/')
            {
                tokens.Add(new(RuleTokenKind.Slash, "/"));
                at++;
            }
            else if (rest[0] == '<')
            {
                at += ParseVariable(rest, out var variable);
                if (variable.Text is null) throw Malformed(text, at);
                tokens.Add(variable);
            }
            else
            {
                var length = rest.IndexOfAny('<', '/');
                if (length < 0) length = rest.Length;
                ForeignSpelling.Check(text, at, length);
                tokens.Add(new(RuleTokenKind.Fixed, rest[..length].ToString()));
                at += length;
            }
        }
        return tokens;
    }

    /// <summary>How many chars at the start make a name: ASCII letters, digits and underscores, no digit first.</summary>
    internal static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && IsNameChar(text[length], isFirst: length == 0)) length++;
        return length;
    }

    static bool IsNameChar(char c, bool isFirst) => c == '_' || char.IsAsciiLetter(c) || (!isFirst && char.IsAsciiDigit(c));

    // <name>, <converter:name> or <converter(arguments):name>. Gives the length, or leaves the token empty.
    static int ParseVariable(ReadOnlySpan<char> text, out RuleToken variable)
    {
        variable = default;
        var name = NameLength(text[1..]);
        var after = 1 + name;
        if (name == 0 || after >= text.Length) return 0;
        if (text[after] == '>')
        {
            variable = new(RuleTokenKind.Variable, text[1..after].ToString(), ConverterTable.Default);
            return after + 1;
        }
        var converter = text[1..after].ToString();
        if (text[after] == ':') return ParseName(text, after, converter, "", out variable);
        if (text[after] != '(') return 0;
        // Arguments may hold parentheses themselves: they end at the first one that a name follows.
        for (var close = after + 1; close < text.Length && text[close] != '\n'; close++)
        {
            if (text[close] != ')' || !text[(close + 1)..].StartsWith(':')) continue;
            var length = ParseName(text, close + 1, converter, text[(after + 1)..close].ToString(), out variable);
            if (length > 0) return length;
        }
        return 0;
    }

    // The ":name>" that ends a variable.
    static int ParseName(ReadOnlySpan<char> text, int colon, string converter, string arguments, out RuleToken variable)
    {
        variable = default;
        var name = NameLength(text[(colon + 1)..]);
        var end = colon + 1 + name;
        if (name == 0 || end >= text.Length || text[end] != '>') return 0;
        variable = new(RuleTokenKind.Variable, text[(colon + 1)..end].ToString(), converter, arguments);
        return end + 1;
    }

    static ModularException Malformed(string text, int at) =>
        new($"The rule \"{text}\" has a \"<\" at position {at} that starts no variable."
            + " Write <name>, <converter:name> or <converter(arguments):name>.");
}
