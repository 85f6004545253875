namespace Modular.Routing;

sealed record RuleToken(string? Fixed, int Variable = -1);

/// <summary>Cuts a rule such as <c>/user/&lt;int(min=1):id&gt;/edit</c> into tokens and parts.</summary>
sealed partial class RuleParser(string rule, ConverterTable converters)
{
    internal List<string> Variables { get; } = [];
    internal List<UrlConverter> Converters { get; } = [];

    internal List<RuleToken> Parse(string text)
    {
        List<RuleToken> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (Token.Match(text, at) is not { Success: true } token) throw new ModularException(
                $"The rule \"{text}\" has a \"<\" at position {at} that doesn't start a variable."
                + " Write <name>, <converter:name> or <converter(arguments):name>.");
            if (token.Groups["name"].Success) tokens.Add(new(null, AddVariable(token.Groups)));
            // It would be fixed text, and the rule would never match.
            else if (Foreign.Match(text, at) is { Success: true } found && found.Index < at + token.Length) throw new ModularException(
                $"The rule \"{text}\" has \"{found.Value}\", which is another framework's variable."
                + " Write <name>, <int:name> or <path:name>.");
            else tokens.Add(new(token.Value));
            at += token.Length;
        }
        return tokens;
    }

    int AddVariable(GroupCollection groups)
    {
        var name = groups["name"].Value;
        if (Variables.Contains(name)) throw new ModularException(
            $"The rule \"{rule}\" has the variable \"{name}\" twice. Give each variable a name of its own.");
        var converter = groups["converter"] is { Success: true } given ? given.Value : ConverterTable.Default;
        Converters.Add(converters.Create(converter, groups["arguments"].Value, rule));
        Variables.Add(name);
        return Variables.Count - 1;
    }

    /// <summary>One part for each segment; one for all that are left where a variable takes slashes.</summary>
    internal List<RoutePart> PartsOf(List<RuleToken> tokens)
    {
        List<RoutePart> parts = [];
        List<RuleToken> part = [];
        var isFinal = false;
        foreach (var token in tokens)
        {
            isFinal |= token.Fixed is null && !Converters[token.Variable].PartIsolating;
            if (token.Fixed != "/" || isFinal) part.Add(token);
            else Take(isSuffixed: false);
        }
        // The slash that ends a final part becomes a separate empty part, so that a missing one is found.
        var isSuffixed = isFinal && part[^1].Fixed == "/";
        if (isSuffixed) part.RemoveAt(part.Count - 1);
        Take(isSuffixed);
        isFinal = false;
        if (isSuffixed) Take(isSuffixed: false);
        return parts;

        void Take(bool isSuffixed)
        {
            parts.Add(new(part, Converters, isFinal, isSuffixed, rule));
            part.Clear();
        }
    }

    // Arguments may hold parentheses themselves: they end at the first one that a name follows.
    [GeneratedRegex(
        @"\G(/|[^</]+|<((?<converter>[A-Za-z_][A-Za-z0-9_]*)(\((?<arguments>.*?)\))?:)?(?<name>[A-Za-z_][A-Za-z0-9_]*)>)",
        RegexOptions.ExplicitCapture)]
    static partial Regex Token { get; }

    // {id}, {id:int}, {id?}, {*rest}, also without the closing brace; and where a part of the path starts: :id, *, *rest.
    [GeneratedRegex(@"\{\s*\*{0,2}[A-Za-z_][^{}/<]*\}?|(?<=\A|/)(:[A-Za-z_]\w*\??|\*\w*(?=/|\z))", RegexOptions.ExplicitCapture)]
    static partial Regex Foreign { get; }
}
