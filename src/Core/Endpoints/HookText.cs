namespace Modular;

/// <summary>Reads the C# text of a lambda, as the compiler gives it, for what its type can't say.</summary>
static partial class HookText
{
    /// <summary>True for <c>() => Current.G["a"] = b</c> and <c>() => n++</c>, whose value is a by-product. In doubt false.</summary>
    internal static bool Assigns(string? text) => text is not null && Assignment().IsMatch(text);

    internal static string? ParameterOf(string? text) =>
        SingleParameter().Match(text ?? "") is { Success: true } match ? match.Groups["name"].Value : null;

    // What may stand on the left of an assignment.
    const string Target = """
        (?>(?:[\w@.\s]|!(?=[.\[])|\?(?=[.\[])|<[\w.,?\s<>\[\]]+>(?=\()
            |\[(?:[^\[\]"]|"(?:[^"\\]|\\.)*"|\[[^\[\]"]*\])*\]
            |\((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*\))+)
        """;

    // The lambda's head, then an assignment, or a ++ or -- that is all there is: "++hits > 2 ? …" is an answer, and so is "let x = y".
    [GeneratedRegex($"""
        \A\s*(?:(?:static|async)\s+)*(?:@?\w+|\([^()]*(?:\([^()]*\)[^()]*)*\))\s*=>(?>\s*)(?!from\s+\w)
        (?:(?:\+\+|--){Target}\z|{Target}(?:(?:\+\+|--)\s*\z|(?:[-+*/%&|^]|\?\?|<<|>>>?)?=(?![=>])))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\A\s*(?:(?:static|async)\s+)*\(?\s*@?(?<name>\w+)\s*\)?\s*=>", RegexOptions.CultureInvariant)]
    private static partial Regex SingleParameter();
}
