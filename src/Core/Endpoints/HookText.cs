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

    // What may stand on the left of an assignment.
    const string Target = """
        (?>(?:[\w@.\s]|!(?=[.\[])|\?(?=[.\[])|<[\w.,?\s<>\[\]]+>(?=\()
            |\[(?:[^\[\]"]|"(?:[^"\\]|\\.)*"|\[[^\[\]"]*\])*\]
            |\((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*\))+)
        """;

    // The lambda's head, then an assignment, or a ++ or -- that is all there is: "++hits > 2 ? …" is an answer. A "let x = y" of a query is no assignment.
    [GeneratedRegex($"""
        \A\s*(?:(?:static|async)\s+)*(?:@?\w+|\([^()]*(?:\([^()]*\)[^()]*)*\))\s*=>(?>\s*)(?!from\s+\w)
        (?:(?:\+\+|--){Target}\z|{Target}(?:(?:\+\+|--)\s*\z|(?:[-+*/%&|^]|\?\?|<<|>>>?)?=(?![=>])))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\A\s*(?:(?:static|async)\s+)*\(?\s*@?(?<name>\w+)\s*\)?\s*=>", RegexOptions.CultureInvariant)]
    private static partial Regex SingleParameter();
}
