using System.Text.RegularExpressions;

namespace Modular;

/// <summary>Reads the C# text of a lambda for what its type can't say: whether its value is only that of an assignment, and what its parameter is called.</summary>
static partial class HookText
{
    /// <summary>
    /// True for <c>() => Current.G["user"] = user</c> and <c>() => count++</c>: their value is a by-product, not an answer. In doubt false, so that a value counts.
    /// </summary>
    /// <param name="text">The argument as it was written, filled in by the compiler.</param>
    internal static bool Assigns(string? text) => text is not null && Assignment().IsMatch(text);

    /// <summary>The name of a lambda's only parameter when it was written without a type: <c>id</c> of <c>id => …</c>. Else null.</summary>
    internal static string? ParameterOf(string? text) => text is not null && SingleParameter().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    // The lambda's head, then ++ or --, or what may stand on the left of an assignment and its operator.
    [GeneratedRegex("""
        \A\s*(?:(?:static|async)\s+)*(?:@?\w+|\([^()]*(?:\([^()]*\)[^()]*)*\))\s*=>\s*
        (?:\+\+|--|(?>(?:[\w@.\s]|!(?=[.\[])|\?(?=[.\[])|<[\w.,?\s<>\[\]]+>(?=\()
            |\[(?:[^\[\]"]|"(?:[^"\\]|\\.)*"|\[[^\[\]"]*\])*\]
            |\((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*\))+)
        (?:\+\+|--|(?:[-+*/%&|^]|\?\?|<<|>>>?)?=(?![=>])))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\A\s*(?:(?:static|async)\s+)*\(?\s*@?(?<name>\w+)\s*\)?\s*=>", RegexOptions.CultureInvariant)]
    private static partial Regex SingleParameter();
}
